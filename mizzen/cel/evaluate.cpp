// SPDX-License-Identifier: Apache-2.0
// evaluate: walks the steps and counts what they cost, by the rules by which kube-apiserver counts.
#include <fmt/format.h>

#include <cmath>

#include "mizzen/cel/equality.hpp"
#include "mizzen/cel/plan.hpp"

namespace mizzen::cel {
namespace {

using Kind = Value::Kind;
using Op = Node::Op;

constexpr std::uint64_t list_cost = 10, map_cost = 30;

// Thrown where the limit is reached; caught in evaluate.
struct LimitReached {};

Value missing_key(const Value& key) { return failure(fmt::format("no such key: {}", shown(key))); }
Value missing_index(const Value& key) { return failure(fmt::format("index out of bounds: {}", shown(key))); }

bool is_whole(const Value& v) {
    if (v.is(Kind::number)) return std::trunc(v.number()) == v.number() && std::fabs(v.number()) < 0x1p63;
    return v.is(Kind::unsigned_integer) && v.unsigned_integer() <= INT64_MAX;
}

// The element of a list or map; nothing if there is none.
std::optional<Value> element(const Value& container, const Value& key) {
    if (container.is(Kind::map)) return container.map().find(key);
    auto& list = container.list();
    std::int64_t i = 0;
    if (key.is(Kind::integer)) {
        i = key.integer();
    } else if (is_whole(key)) {
        i = key.is(Kind::number) ? static_cast<std::int64_t>(key.number())
                                 : static_cast<std::int64_t>(key.unsigned_integer());
    } else if (key.is(Kind::number) || key.is(Kind::unsigned_integer)) {
        return failure(fmt::format("unsupported index value {} in list", shown(key)));
    } else {
        return failure(fmt::format("unsupported index type '{}' in list", run_time_type(key).name()));
    }
    if (i < 0 || static_cast<std::uint64_t>(i) >= list.size()) return std::nullopt;
    return list.at(static_cast<std::size_t>(i));
}

class Evaluator {
  public:
    Evaluator(std::size_t locals, std::span<const Value> variables, std::uint64_t limit)
        : variables_(variables), locals_(locals), limit_(limit) {}

    std::uint64_t cost() const { return cost_; }

    // `counted`: an attribute costs one when it is looked at for itself, and nothing as a branch of ?: or in has().
    Value run(const Node& n, bool counted = true) {
        switch (n.op) {
            case Op::constant:
                return n.value;
            case Op::variable:
                charge(counted);
                return variables_[n.slot];
            case Op::local:
                charge(counted);
                return locals_[n.slot];
            case Op::select:
            case Op::optional_select:
                return select(n, counted);
            case Op::test:
                return test(n);
            case Op::index:
            case Op::optional_index:
                return index(n, counted);
            case Op::logical_and:
                return logical(n, false);
            case Op::logical_or:
                return logical(n, true);
            case Op::conditional:
                return conditional(n);
            case Op::not_strictly_false:
                return not_strictly_false(n);
            case Op::call:
                return call(n);
            case Op::optional_or:
            case Op::optional_or_value:
                return optional_or(n);
            case Op::member_of:
                return member_of(n);
            case Op::list:
                return list(n);
            case Op::map:
                return map(n);
            case Op::fold:
                return fold(n);
            case Op::append:
                return append(n);
            case Op::bind:
                locals_[n.slot] = run(n.parts[0]);
                return run(n.parts[1]);
        }
        return {};
    }

  private:
    void charge(std::uint64_t amount) {
        cost_ += amount;
        if (cost_ > limit_) throw LimitReached();
    }

    // What a selection is made on.
    Value operand(const Node& n, bool counted) {
        auto& of = n.parts[0];
        auto value = run(of, counted);
        if (!of.is_attribute) charge(counted);
        return value;
    }

    // Goes on with what is in an optional; then the result is one, too.
    static bool unwrap(Value& v) {
        if (!v.is(Kind::optional) || !v.optional()) return v.is(Kind::optional);
        v = Value(*v.optional());
        return true;
    }

    static std::optional<Value> member(const Node& n, const Value& of) {
        if (of.is(Kind::map)) return of.map().find_member(n.name, &n.plain);
        if (of.is(Kind::list)) return failure("unsupported index type 'string' in list");
        return std::nullopt;
    }

    Value select(const Node& n, bool counted) {
        auto of = operand(n, counted);
        if (of.failed()) return of;
        bool is_optional = unwrap(of) || n.op == Op::optional_select;
        if (of.is(Kind::optional)) return of;
        auto found = member(n, of);
        if (found && found->failed()) return *found;
        if (found || !is_optional) charge(1);
        if (is_optional) return found ? some(std::move(*found)) : none();
        return found ? *found : failure("no such key: " + n.name);
    }

    Value test(const Node& n) {
        auto of = operand(n, false);
        if (of.failed()) return of;
        charge(1);
        unwrap(of);
        if (of.is(Kind::optional)) return false;
        auto found = member(n, of);
        return found && found->failed() ? *found : Value(found.has_value());
    }

    Value index(const Node& n, bool counted) {
        auto of = operand(n, counted);
        if (of.failed()) return of;
        bool is_optional = unwrap(of) || n.op == Op::optional_index;
        if (of.is(Kind::optional)) return of;
        auto key = run(n.parts[1], false);
        if (key.failed()) return key;
        charge(1);
        if (!of.is(Kind::list) && !of.is(Kind::map)) return is_optional ? none() : missing_key(key);
        auto found = element(of, key);
        if (found && found->failed()) return *found;
        if (is_optional) return found ? some(std::move(*found)) : none();
        return found ? *found : of.is(Kind::list) ? missing_index(key) : missing_key(key);
    }

    // One side that decides is enough; failures and other values of the other side do not matter then.
    Value logical(const Node& n, bool decisive) {
        Value failed;
        bool has_failed = false;
        for (auto& part : n.parts) {
            auto v = run(part);
            if (v.is(Kind::boolean)) {
                if (v.boolean() == decisive) return v;
            } else if (!has_failed) {
                failed = v.failed() ? std::move(v) : no_such_overload();
                has_failed = true;
            }
        }
        return has_failed ? failed : Value(!decisive);
    }

    Value conditional(const Node& n) {
        auto v = run(n.parts[0]);
        if (!v.is(Kind::boolean)) return v.failed() ? v : no_such_overload();
        return run(n.parts[v.boolean() ? 1 : 2], false);
    }

    Value not_strictly_false(const Node& n) {
        auto v = run(n.parts[0]);
        charge(1);
        return !v.is_false();
    }

    Value call(const Node& n) {
        std::array<Value, 4> few;
        std::vector<Value> many;
        if (n.parts.size() > few.size()) many.resize(n.parts.size());
        auto args = many.empty() ? std::span<Value>(few).first(n.parts.size()) : std::span<Value>(many);
        for (std::size_t i = 0; i < args.size(); ++i) {
            args[i] = run(n.parts[i]);
            if (args[i].failed() && args.size() > 2) return args[i];
        }
        auto result = apply(n, args);
        charge(call_cost(n.overloads.size() == 1 ? n.overloads[0] : nullptr, n.name, args, result));
        return result;
    }

    static Value apply(const Node& n, Arguments args) {
        for (auto& a : args) {
            if (a.failed()) return a;
        }
        auto& first = *n.overloads[0];
        if (n.regex) return first.match(args, *n.regex);
        if (first.takes_any) return first.call(args);
        if (n.overloads.size() == 1) return accepts(first, args) ? first.call(args) : mismatch(n, args);
        for (auto* overload : *n.all) {
            if (overload->call && accepts(*overload, args)) return overload->call(args);
        }
        return mismatch(n, args);
    }
    static bool accepts(const Overload& overload, Arguments args) {
        if (overload.parameters.size() != args.size()) return false;
        for (std::size_t i = 0; i < args.size(); ++i) {
            if (!fits(args[i], overload.parameters[i])) return false;
        }
        return true;
    }
    static Value mismatch(const Node& n, Arguments args) {
        std::string types;
        for (auto& a : args) types += (types.empty() ? "" : ", ") + run_time_type(a).name();
        return failure(fmt::format("no such overload: {}({})", n.name, types));
    }

    Value optional_or(const Node& n) {
        auto v = run(n.parts[0]);
        if (v.failed()) return v;
        if (!v.is(Kind::optional)) return no_such_overload();
        if (!v.optional()) return run(n.parts[1]);
        return n.op == Op::optional_or ? v : Value(*v.optional());
    }

    Value member_of(const Node& n) {
        auto v = run(n.parts[0]);
        return v.failed() ? v : Value(n.members.contains(v));
    }

    Value list(const Node& n) {
        std::vector<Value> items;
        for (std::size_t i = 0; i < n.parts.size(); ++i) {
            auto v = run(n.parts[i]);
            if (v.failed()) return v;
            if (i < n.optionals.size() && n.optionals[i]) {
                if (!v.is(Kind::optional)) {
                    return failure(
                        fmt::format("cannot initialize optional list element from non-optional value {}", shown(v)));
                }
                if (!v.optional()) continue;
                v = Value(*v.optional());
            }
            items.push_back(std::move(v));
        }
        charge(list_cost);
        return ListValue(std::move(items));
    }

    Value map(const Node& n) {
        Entries entries;
        for (std::size_t i = 0; i + 1 < n.parts.size(); i += 2) {
            auto key = run(n.parts[i]);
            if (key.failed()) return key;
            auto v = run(n.parts[i + 1]);
            if (v.failed()) return v;
            if (i / 2 < n.optionals.size() && n.optionals[i / 2]) {
                if (!v.is(Kind::optional)) {
                    return failure(fmt::format("cannot initialize optional entry '{}' from non-optional value {}",
                                               shown(key), shown(v)));
                }
                if (!v.optional()) {
                    entries.erase(key);
                    continue;
                }
                v = Value(*v.optional());
            }
            entries.insert_or_assign(std::move(key), std::move(v));
        }
        charge(map_cost);
        return MapValue(std::move(entries));
    }

    // The literal after the sign, without a list of its own.
    Value append(const Node& n) {
        charge(1);
        auto sum = std::move(locals_[n.slot]);
        Value failed;
        for (auto& part : n.parts) {
            auto v = run(part);
            if (v.failed()) return sum.failed() ? sum : v;
            if (sum.is(Kind::list)) sum.list().append(std::move(v));
        }
        charge(n.parts.size() == 1 && n.parts[0].op == Op::constant ? 0 : list_cost);
        charge(1);
        return sum;
    }

    Value fold(const Node& n) {
        auto range = run(n.parts[0]);
        if (range.failed()) return range;
        if (!range.is(Kind::list) && !range.is(Kind::map)) {
            return failure(fmt::format("got '{}', expected iterable type", run_time_type(range).name()));
        }
        locals_[n.slot] = run(n.parts[1]);
        if (range.is(Kind::list))
            fold_list(n, range.list());
        else
            fold_map(n, range.map());
        auto result = run(n.parts[4]);
        locals_[n.slot] = {};
        return result;
    }
    void fold_list(const Node& n, const ListValue& range) {
        for (std::size_t i = 0; i < range.size(); ++i) {
            if (n.has_second) locals_[n.slot + 1] = static_cast<std::int64_t>(i);
            locals_[n.slot + (n.has_second ? 2 : 1)] = range.at(i);
            if (!step(n)) return;
        }
    }
    void fold_map(const Node& n, const MapValue& range) {
        for (auto& key : range.keys()) {
            locals_[n.slot + 1] = key;
            if (n.has_second) locals_[n.slot + 2] = range.find(key).value_or(Value());
            if (!step(n)) return;
        }
    }
    bool step(const Node& n) {
        if (run(n.parts[2]).is_false()) return false;
        auto next = run(n.parts[3]);
        locals_[n.slot] = std::move(next);
        return true;
    }

    std::span<const Value> variables_;
    std::vector<Value> locals_;
    std::uint64_t cost_ = 0;
    std::uint64_t limit_;
};

}  // namespace

Spent evaluate(const Node& root, std::size_t locals, std::span<const Value> variables, std::uint64_t limit) {
    Evaluator evaluator(locals, variables, limit);
    try {
        auto value = evaluator.run(root);
        return {std::move(value), evaluator.cost()};
    } catch (const LimitReached&) {
        return {failure("operation cancelled: actual cost limit exceeded"), evaluator.cost(), true};
    }
}

}  // namespace mizzen::cel
