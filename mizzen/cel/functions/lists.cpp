// SPDX-License-Identifier: Apache-2.0
// Kubernetes' functions on lists: isSorted, sum, min, max, indexOf, lastIndexOf.
#include <fmt/format.h>

#include "mizzen/cel/equality.hpp"
#include "mizzen/cel/expression.hpp"
#include "mizzen/cel/function.hpp"

namespace mizzen::cel {
namespace {

using Kind = Value::Kind;
using namespace types;

Value is_sorted(Arguments args) {
    auto& list = args[0].list();
    Value before;
    for (std::size_t i = 0; i < list.size(); ++i) {
        auto item = list.at(i);
        if (item.failed()) return item;
        if (i > 0) {
            auto order = compare(before, item);
            if (order.is(Kind::integer) && order.integer() > 0) return false;
        }
        before = std::move(item);
    }
    return true;
}

template <int preferred>
Value extreme(Arguments args) {
    auto& list = args[0].list();
    if (list.size() == 0) return failure(fmt::format("{} called on empty list", preferred < 0 ? "min" : "max"));
    auto best = list.at(0);
    for (std::size_t i = 1; i < list.size() && !best.failed(); ++i) {
        auto item = list.at(i);
        auto order = compare(item, best);
        if (item.failed() || (order.is(Kind::integer) && order.integer() == preferred)) best = std::move(item);
    }
    return best;
}

template <class Zero>
Value sum_from(Arguments args, Zero zero) {
    static const auto add = [] {
        Overloads all;
        add_operators(all);
        for (auto& o : all) {
            if (o.id == "add_int64") return o.call;
        }
        return all[0].call;
    }();
    Value sum = zero;
    auto& list = args[0].list();
    for (std::size_t i = 0; i < list.size(); ++i) {
        std::array<Value, 2> terms{sum, list.at(i)};
        if (terms[1].failed()) return terms[1];
        sum = add(terms);
        if (sum.failed()) return sum;
    }
    return sum;
}
Value sum_integers(Arguments args) { return sum_from(args, std::int64_t{0}); }
Value sum_unsigned(Arguments args) { return sum_from(args, std::uint64_t{0}); }
Value sum_numbers(Arguments args) { return sum_from(args, 0.0); }
Value sum_durations(Arguments args) { return sum_from(args, Span(0)); }

Value index_in_list(Arguments args) {
    auto& list = args[0].list();
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (is_equal(list.at(i), args[1])) return static_cast<std::int64_t>(i);
    }
    return std::int64_t{-1};
}

Value last_index_in_list(Arguments args) {
    auto& list = args[0].list();
    for (auto i = list.size(); i > 0; --i) {
        if (is_equal(list.at(i - 1), args[1])) return static_cast<std::int64_t>(i - 1);
    }
    return std::int64_t{-1};
}

}  // namespace

void add_lists(Overloads& out) {
    struct Element {
        const char* name;
        Type type;
    };
    const std::vector<Element> comparable{
        {"int", integer()},       {"uint", unsigned_integer()}, {"double", number()}, {"bool", boolean()},
        {"duration", duration()}, {"timestamp", timestamp()},   {"string", string()}, {"bytes", bytes()}};
    auto member = [&](const char* function, std::string id, std::vector<Type> parameters, Type result,
                      Value (*fn)(Arguments)) {
        out.push_back({function, std::move(id), true, std::move(parameters), std::move(result), fn});
    };
    for (auto& e : comparable) {
        auto list = Type::list(e.type);
        member("isSorted", fmt::format("list_{}_is_sorted_bool", e.name), {list}, boolean(), is_sorted);
        member("max", fmt::format("list_{0}_max_{0}", e.name), {list}, e.type, extreme<1>);
        member("min", fmt::format("list_{0}_min_{0}", e.name), {list}, e.type, extreme<-1>);
    }
    member("sum", "list_int_sum_int", {Type::list(integer())}, integer(), sum_integers);
    member("sum", "list_uint_sum_uint", {Type::list(unsigned_integer())}, unsigned_integer(), sum_unsigned);
    member("sum", "list_double_sum_double", {Type::list(number())}, number(), sum_numbers);
    member("sum", "list_duration_sum_duration", {Type::list(duration())}, duration(), sum_durations);
    auto any_list = Type::list(types::a());
    member("indexOf", "list_a_index_of_int", {any_list, types::a()}, integer(), index_in_list);
    member("lastIndexOf", "list_a_last_index_of_int", {any_list, types::a()}, integer(), last_index_in_list);
}

}  // namespace mizzen::cel
