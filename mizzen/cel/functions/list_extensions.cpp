// SPDX-License-Identifier: Apache-2.0
// CEL's extended lists and sets: slice, flatten, sort, sortBy, distinct, reverse, lists.range, sets.*.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "mizzen/cel/equality.hpp"
#include "mizzen/cel/function.hpp"

namespace mizzen::cel {
namespace {

using Kind = Value::Kind;
using namespace types;

std::vector<Value> items(const ListValue& list) {
    std::vector<Value> out;
    for (std::size_t i = 0; i < list.size(); ++i) out.push_back(list.at(i));
    return out;
}

Value slice(Arguments args) {
    auto begin = args[1].integer(), end = args[2].integer();
    auto& list = args[0].list();
    auto refuse = [&](std::string_view why) {
        return failure(fmt::format("cannot slice({}, {}), {}", begin, end, why));
    };
    if (begin < 0 || end < 0) return refuse("negative indexes not supported");
    if (begin > end) return refuse("start index must be less than or equal to end index");
    if (static_cast<std::uint64_t>(end) > list.size()) return refuse(fmt::format("list is length {}", list.size()));
    std::vector<Value> out;
    for (auto i = begin; i < end; ++i) out.push_back(list.at(static_cast<std::size_t>(i)));
    return ListValue(std::move(out));
}

void flatten_into(std::vector<Value>& out, const ListValue& list, std::int64_t depth) {
    for (std::size_t i = 0; i < list.size(); ++i) {
        auto item = list.at(i);
        if (item.is(Kind::list) && depth > 0)
            flatten_into(out, item.list(), depth - 1);
        else
            out.push_back(std::move(item));
    }
}

Value flatten(Arguments args) {
    if (!args[0].is(Kind::list)) return no_such_overload();
    if (args.size() > 1 && !args[1].is(Kind::integer)) return no_such_overload();
    auto depth = args.size() > 1 ? args[1].integer() : 1;
    if (depth < 0) return failure("level must be non-negative");
    std::vector<Value> out;
    flatten_into(out, args[0].list(), depth);
    return ListValue(std::move(out));
}

Value sort_by(const ListValue& list, const ListValue& by) {
    if (list.size() != by.size()) {
        return failure(
            fmt::format("@sortByAssociatedKeys() expected a list of the same size as the associated keys "
                        "list, but got {} and {} elements respectively",
                        list.size(), by.size()));
    }
    auto keys = items(by);
    for (auto& key : keys) {
        if (key.failed()) return key;
        if (key.kind() != keys[0].kind()) return failure("list elements must have the same type");
    }
    std::vector<std::size_t> order(keys.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](auto a, auto b) {
        auto o = compare(keys[a], keys[b]);
        auto sign = o.is(Kind::integer) ? o.integer() : 0;
        return sign != 0 ? sign < 0 : a < b;
    });
    std::vector<Value> out;
    for (auto i : order) out.push_back(list.at(i));
    return ListValue(std::move(out));
}
Value sort(Arguments args) { return sort_by(args[0].list(), args[0].list()); }
Value sort_by_keys(Arguments args) { return sort_by(args[0].list(), args[1].list()); }

Value range(Arguments args) {
    auto n = args[0].integer();
    if (n < 0) return failure(fmt::format("lists.range: size must be non-negative, got {}", n));
    if (static_cast<std::uint64_t>(n) > longest_list) return list_too_long();
    std::vector<Value> out;
    for (std::int64_t i = 0; i < n; ++i) out.emplace_back(i);
    return ListValue(std::move(out));
}

Value reverse(Arguments args) {
    auto out = items(args[0].list());
    std::reverse(out.begin(), out.end());
    return ListValue(std::move(out));
}

Value distinct(Arguments args) {
    std::vector<Value> out;
    for (auto& item : items(args[0].list())) {
        bool is_new = std::none_of(out.begin(), out.end(), [&](auto& o) { return is_equal(o, item); });
        if (is_new) out.push_back(item);
    }
    return ListValue(std::move(out));
}

Value sets_contains(Arguments args) {
    for (auto& item : items(args[1].list())) {
        auto found = contains(args[0], item);
        if (!found.is_true()) return found;
    }
    return true;
}
Value sets_equivalent(Arguments args) {
    auto one = sets_contains(args);
    if (!one.is_true()) return one;
    std::array<Value, 2> swapped{args[1], args[0]};
    return sets_contains(swapped);
}
Value sets_intersects(Arguments args) {
    for (auto& item : items(args[0].list())) {
        if (contains(args[1], item).is_true()) return true;
    }
    return false;
}

}  // namespace

void add_list_extensions(Overloads& out) {
    auto list = Type::list(types::a());
    auto n = integer();
    out.push_back({"slice", "list_slice", true, {list, n, n}, list, slice});
    out.push_back({"flatten", "list_flatten", true, {Type::list(list)}, list, flatten, true});
    out.push_back(
        {"flatten", "list_flatten_int", true, {Type::list(dynamic()), n}, Type::list(dynamic()), flatten, true});
    out.push_back({"lists.range", "lists_range", false, {n}, Type::list(n), range});
    out.push_back({"reverse", "list_reverse", true, {list}, list, reverse});
    out.push_back({"distinct", "list_distinct", true, {list}, list, distinct});
    for (auto& key : {n, unsigned_integer(), number(), boolean(), duration(), timestamp(), string(), bytes()}) {
        auto id = fmt::format("list_{}_sort", key.name());
        out.push_back({"sort", id, true, {Type::list(key)}, Type::list(key), sort});
        out.push_back(
            {"@sortByAssociatedKeys", id + "ByAssociatedKeys", true, {list, Type::list(key)}, list, sort_by_keys});
    }
}

void add_sets(Overloads& out) {
    auto list = Type::list(types::a());
    out.push_back({"sets.contains", "list_sets_contains_list", false, {list, list}, boolean(), sets_contains});
    out.push_back({"sets.equivalent", "list_sets_equivalent_list", false, {list, list}, boolean(), sets_equivalent});
    out.push_back({"sets.intersects", "list_sets_intersects_list", false, {list, list}, boolean(), sets_intersects});
}

}  // namespace mizzen::cel
