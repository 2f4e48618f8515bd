// SPDX-License-Identifier: Apache-2.0
// Optional values. or() and orValue() are left to the evaluator, because they may not need their argument.
#include <fmt/format.h>

#include "mizzen/cel/expression.hpp"
#include "mizzen/cel/function.hpp"

namespace mizzen::cel {
namespace {

using Kind = Value::Kind;
using namespace types;

bool is_zero(const Value& v) {
    switch (v.kind()) {
        case Kind::null:
            return true;
        case Kind::boolean:
            return !v.boolean();
        case Kind::integer:
            return v.integer() == 0;
        case Kind::unsigned_integer:
            return v.unsigned_integer() == 0;
        case Kind::number:
            return v.number() == 0;
        case Kind::string:
            return v.string().empty();
        case Kind::bytes:
            return v.bytes().empty();
        case Kind::duration:
            return v.duration() == Span(0);
        case Kind::list:
            return v.list().size() == 0;
        case Kind::map:
            return v.map().size() == 0;
        default:
            return false;
    }
}

Value optional_of(Arguments args) { return some(args[0]); }
Value of_non_zero(Arguments args) { return is_zero(args[0]) ? none() : some(args[0]); }
Value optional_none(Arguments) { return none(); }
Value has_value(Arguments args) { return args[0].optional() != nullptr; }
Value value_of(Arguments args) {
    return args[0].optional() ? *args[0].optional() : failure("optional.none() dereference");
}

Value unwrap(Arguments args) {
    std::vector<Value> out;
    auto& list = args[0].list();
    for (std::size_t i = 0; i < list.size(); ++i) {
        auto item = list.at(i);
        if (!item.is(Kind::optional)) return failure(fmt::format("value {} is not optional", shown(item)));
        if (item.optional()) out.push_back(*item.optional());
    }
    return ListValue(std::move(out));
}

Value first(Arguments args) { return args[0].list().size() == 0 ? none() : some(args[0].list().at(0)); }
Value last(Arguments args) {
    auto& list = args[0].list();
    return list.size() == 0 ? none() : some(list.at(list.size() - 1));
}

}  // namespace

void add_optionals(Overloads& out) {
    auto v = types::b(), k = types::a();
    auto maybe = Type::optional(v);
    auto list = Type::list(v), map = Type::map(k, v), maybes = Type::list(maybe);
    auto index = [&](const char* name, const char* id, Type of, Type key) {
        out.push_back({name, id, false, {std::move(of), std::move(key)}, maybe, nullptr, true});
    };
    out.push_back({"optional.of", "optional_of", false, {v}, maybe, optional_of});
    out.push_back({"optional.ofNonZeroValue", "optional_ofNonZeroValue", false, {v}, maybe, of_non_zero});
    out.push_back({"optional.none", "optional_none", false, {}, maybe, optional_none});
    out.push_back({"value", "optional_value", true, {maybe}, v, value_of});
    out.push_back({"hasValue", "optional_hasValue", true, {maybe}, boolean(), has_value});
    out.push_back({"or", "optional_or_optional", true, {maybe, maybe}, maybe});
    out.push_back({"orValue", "optional_orValue_value", true, {maybe, v}, v});
    index(operators::optional_index, "list_optindex_optional_int", list, integer());
    index(operators::optional_index, "optional_list_optindex_optional_int", Type::optional(list), integer());
    index(operators::optional_index, "map_optindex_optional_value", map, k);
    index(operators::optional_index, "optional_map_optindex_optional_value", Type::optional(map), k);
    index(operators::index, "optional_list_index_int", Type::optional(list), integer());
    index(operators::index, "optional_map_index_value", Type::optional(map), k);
    out.push_back({"first", "list_first", true, {list}, maybe, first});
    out.push_back({"last", "list_last", true, {list}, maybe, last});
    out.push_back({"optional.unwrap", "optional_unwrap", false, {maybes}, list, unwrap});
    out.push_back({"unwrapOpt", "optional_unwrapOpt", true, {maybes}, list, unwrap});
}

}  // namespace mizzen::cel
