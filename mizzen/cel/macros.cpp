// SPDX-License-Identifier: Apache-2.0
// Macros: the comprehensions they stand for.
#include "mizzen/cel/macros.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mizzen::cel {
namespace {

using Kind = Expression::Kind;

// Makes nodes that stand where the macro stands.
struct Builder {
    Expression& call;
    Numbering& ids;
    std::vector<Issue>& issues;

    Expression node(Kind kind, std::string_view name = "") const {
        Expression out;
        out.kind = kind;
        out.id = ids.take();
        out.position = call.position;
        out.name = name;
        return out;
    }
    Expression identifier(std::string_view name) const { return node(Kind::identifier, name); }
    Expression result() const { return identifier(result_name); }
    Expression literal(Literal value) const {
        auto out = node(Kind::literal);
        out.literal = std::move(value);
        return out;
    }
    template <class... Parts>
    Expression list(Parts... parts) const {
        auto out = node(Kind::list);
        (out.parts.push_back(std::move(parts)), ...);
        return out;
    }
    template <class... Parts>
    Expression invoke(std::string_view name, Parts... parts) const {
        auto out = node(Kind::call, name);
        (out.parts.push_back(std::move(parts)), ...);
        return out;
    }
    Expression member(std::string_view name, Expression target) const {
        auto out = invoke(name, std::move(target));
        out.is_member = true;
        return out;
    }
    Expression copy(const Expression& e) const {
        auto out = e;
        renumber(out);
        return out;
    }
    void renumber(Expression& e) const {
        e.id = ids.take();
        for (auto& part : e.parts) renumber(part);
    }
    void refuse(const Expression& at, std::string message) const {
        issues.push_back({at.position, std::move(message)});
    }

    std::size_t arguments() const { return call.parts.size() - 1; }
    Expression& argument(std::size_t i) const { return call.parts[i + 1]; }
    Expression take(std::size_t i) const { return std::move(call.parts[i + 1]); }
};

// The parts of a comprehension apart from range and variables.
struct Loop {
    Expression start, condition, step, result;
};

void replace(const Builder& b, Expression range, std::string first, std::string second, Loop loop,
             std::string_view accumulator = result_name) {
    auto out = b.node(Kind::comprehension, first);
    out.second = std::move(second);
    out.accumulator = accumulator;
    out.parts.push_back(std::move(range));
    for (auto* part : {&loop.start, &loop.condition, &loop.step, &loop.result}) out.parts.push_back(std::move(*part));
    b.call = std::move(out);
}

Loop all_loop(const Builder& b, Expression predicate) {
    return {b.literal(true), b.invoke(operators::not_strictly_false, b.result()),
            b.invoke(operators::logical_and, b.result(), std::move(predicate)), b.result()};
}

Loop exists_loop(const Builder& b, Expression predicate) {
    return {b.literal(false), b.invoke(operators::not_strictly_false, b.invoke(operators::logical_not, b.result())),
            b.invoke(operators::logical_or, b.result(), std::move(predicate)), b.result()};
}

Loop one_loop(const Builder& b, Expression predicate) {
    auto one = [&] { return b.literal(std::int64_t{1}); };
    return {
        b.literal(std::int64_t{0}), b.literal(true),
        b.invoke(operators::conditional, std::move(predicate), b.invoke(operators::add, b.result(), one()), b.result()),
        b.invoke(operators::equals, b.result(), one())};
}

Expression only_if(const Builder& b, Expression* filter, Expression step) {
    if (!filter) return step;
    return b.invoke(operators::conditional, std::move(*filter), std::move(step), b.result());
}

Loop list_loop(const Builder& b, Expression* filter, Expression element) {
    auto step = b.invoke(operators::add, b.result(), b.list(std::move(element)));
    return {b.list(), b.literal(true), only_if(b, filter, std::move(step)), b.result()};
}

Loop map_loop(const Builder& b, Expression* filter, Expression insert) {
    return {b.node(Kind::map), b.literal(true), only_if(b, filter, std::move(insert)), b.result()};
}

bool is_accumulator(std::string_view name) { return name == result_name || name == "__result__"; }

// The variable that argument `i` names.
bool variable(const Builder& b, std::size_t i, std::string_view complaint, std::string& name) {
    auto& argument = b.argument(i);
    if (!argument.is(Kind::identifier)) return b.refuse(argument, std::string(complaint)), false;
    name = argument.name;
    if (!is_accumulator(name)) return true;
    b.refuse(argument, "iteration variable overwrites accumulator variable");
    return false;
}

bool expand_one_variable(const Builder& b) {
    auto& name = b.call.name;
    auto count = b.arguments();
    bool is_map = name == "map" && (count == 2 || count == 3);
    bool is_quantifier =
        count == 2 && (name == "all" || name == "exists" || name == "exists_one" || name == "existsOne");
    bool is_filter = name == "filter" && count == 2;
    if (!is_map && !is_quantifier && !is_filter) return false;
    std::string v;
    if (!variable(b, 0, is_quantifier ? "argument must be a simple name" : "argument is not an identifier", v))
        return true;
    auto range = std::move(b.call.parts[0]);
    auto last = b.take(count - 1);
    Loop loop;
    if (name == "all") {
        loop = all_loop(b, std::move(last));
    } else if (name == "exists") {
        loop = exists_loop(b, std::move(last));
    } else if (is_quantifier) {
        loop = one_loop(b, std::move(last));
    } else if (is_filter) {
        loop = list_loop(b, &last, b.take(0));
    } else {
        auto filter = b.take(1);
        loop = list_loop(b, count == 3 ? &filter : nullptr, std::move(last));
    }
    replace(b, std::move(range), v, "", std::move(loop));
    return true;
}

bool is_two_variable(std::string_view name, std::size_t count) {
    if (name == "all" || name == "exists" || name == "exists_one" || name == "existsOne") return count == 3;
    bool transforms = name == "transformList" || name == "transformMap" || name == "transformMapEntry";
    return transforms && (count == 3 || count == 4);
}

bool expand_two_variables(const Builder& b) {
    auto name = b.call.name;
    auto count = b.arguments();
    if (!is_two_variable(name, count)) return false;
    std::string first, second;
    constexpr std::string_view complaint = "argument must be a simple name";
    for (std::size_t i = 0; i < 2; ++i) {
        if (!b.argument(i).is(Kind::identifier)) return b.refuse(b.argument(i), std::string(complaint)), true;
    }
    if (b.argument(0).name == b.argument(1).name)
        return b.refuse(b.argument(1), fmt::format("duplicate variable name: {}", b.argument(0).name)), true;
    if (!variable(b, 0, complaint, first) || !variable(b, 1, complaint, second)) return true;
    auto range = std::move(b.call.parts[0]);
    auto last = b.take(count - 1);
    auto given = b.take(2);
    auto* filter = count == 4 ? &given : nullptr;
    Loop loop;
    if (name == "all") {
        loop = all_loop(b, std::move(last));
    } else if (name == "exists") {
        loop = exists_loop(b, std::move(last));
    } else if (name.starts_with("exists")) {
        loop = one_loop(b, std::move(last));
    } else if (name == "transformList") {
        loop = list_loop(b, filter, std::move(last));
    } else if (name == "transformMap") {
        loop = map_loop(b, filter, b.invoke(operators::map_insert, b.result(), b.identifier(first), std::move(last)));
    } else {
        loop = map_loop(b, filter, b.invoke(operators::map_insert, b.result(), std::move(last)));
    }
    replace(b, std::move(range), first, second, std::move(loop));
    return true;
}

// A name for a value: a comprehension over nothing.
Expression let(const Builder& b, std::string_view name, Expression value, Expression body) {
    auto out = b.node(Kind::comprehension, "#unused");
    out.accumulator = name;
    out.parts.push_back(b.list());
    out.parts.push_back(std::move(value));
    out.parts.push_back(b.literal(false));
    out.parts.push_back(b.identifier(name));
    out.parts.push_back(std::move(body));
    return out;
}

bool expand_optional(const Builder& b) {
    auto name = b.call.name;
    bool flat = name == "optFlatMap";
    if ((!flat && name != "optMap") || b.arguments() != 2) return false;
    if (!b.argument(0).is(Kind::identifier)) {
        b.refuse(b.argument(0), fmt::format("{}() variable name must be a simple identifier", name));
        return true;
    }
    auto target = std::move(b.call.parts[0]);
    auto value = b.member("value", b.copy(target));
    auto body = let(b, b.argument(0).name, std::move(value), b.take(1));
    if (!flat) body = b.invoke("optional.of", std::move(body));
    auto out = b.invoke(operators::conditional, b.member("hasValue", std::move(target)), std::move(body),
                        b.invoke("optional.none"));
    b.call = std::move(out);
    return true;
}

bool expand_sort_by(const Builder& b) {
    if (b.call.name != "sortBy" || b.arguments() != 2) return false;
    auto& target = b.call.parts[0];
    if (target.is(Kind::literal) || target.is(Kind::map) || target.is(Kind::structure)) {
        b.refuse(target, "sortBy can only be applied to a list, identifier, comprehension, call or select expression");
        return true;
    }
    constexpr std::string_view input = "@__sortBy_input__";
    std::string v;
    if (!variable(b, 0, "argument is not an identifier", v)) return true;
    auto list = std::move(target);
    Expression keys;
    Builder inner{keys, b.ids, b.issues};
    keys.position = b.call.position;
    replace(inner, b.identifier(input), v, "", list_loop(b, nullptr, b.take(1)));
    auto sorted = b.member("@sortByAssociatedKeys", b.identifier(input));
    sorted.parts.push_back(std::move(keys));
    b.call = let(b, input, std::move(list), std::move(sorted));
    return true;
}

void expand_has(const Builder& b) {
    auto& argument = b.call.parts[0];
    if (!argument.is(Kind::select)) return b.refuse(argument, "invalid argument to has() macro");
    auto out = b.node(Kind::select, argument.name);
    out.is_test = true;
    out.parts.push_back(std::move(argument.parts[0]));
    b.call = std::move(out);
}

}  // namespace

void expand_macro(Expression& call, Numbering& ids, std::vector<Issue>& issues) {
    Builder b{call, ids, issues};
    if (!call.is_member) {
        if (call.name == "has" && call.parts.size() == 1) expand_has(b);
        return;
    }
    expand_one_variable(b) || expand_two_variables(b) || expand_optional(b) || expand_sort_by(b);
}

}  // namespace mizzen::cel
