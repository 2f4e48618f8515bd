// SPDX-License-Identifier: Apache-2.0
// Arithmetic: 64 bits with every overflow noticed; times; texts and lists end to end.
#include <fmt/format.h>

#include <unordered_map>

#include "mizzen/cel/equality.hpp"
#include "mizzen/cel/expression.hpp"
#include "mizzen/cel/function.hpp"
#include "mizzen/cel/times.hpp"

namespace mizzen::cel {
namespace {

using Kind = Value::Kind;
using namespace types;
using Checked = bool (*)(std::int64_t, std::int64_t, std::int64_t*);

Value integer_overflow() { return failure("integer overflow"); }
Value unsigned_overflow() { return failure("unsigned integer overflow"); }
Value duration_overflow() { return failure("integer overflow"); }
Value timestamp_overflow() { return failure("timestamp overflow"); }

Value shift(Timestamp time, Span span) {
    auto sum = cel::add(time, span);
    return sum ? Value(*sum) : timestamp_overflow();
}

// What the right list has of the same keys takes the place of the left one's; the rest is appended.
Value merge_lists(const ListValue& a, const ListValue& b) {
    std::vector<Value> out;
    std::unordered_map<std::string, std::size_t> places;
    for (auto* list : {&a, &b}) {
        for (std::size_t i = 0; i < list->size(); ++i) {
            auto item = list->at(i);
            auto [at, is_new] = places.emplace(element_key(item, a), out.size());
            if (is_new || list == &a)
                out.push_back(std::move(item));
            else
                out[at->second] = std::move(item);
        }
    }
    return ListValue(std::move(out));
}

Value add_values(Arguments args) {
    auto &a = args[0], &b = args[1];
    if (a.is(Kind::duration) && b.is(Kind::timestamp)) return shift(b.timestamp(), a.duration());
    if (a.is(Kind::timestamp) && b.is(Kind::duration)) return shift(a.timestamp(), b.duration());
    bool addable = a.kind() >= Kind::integer && a.kind() <= Kind::list && !a.is(Kind::timestamp);
    if (!addable && !a.is(Kind::timestamp)) return failure("no such overload: _+_");
    if (a.kind() != b.kind()) return no_such_overload();
    std::int64_t n = 0;
    std::uint64_t u = 0;
    switch (a.kind()) {
        case Kind::integer:
            return __builtin_add_overflow(a.integer(), b.integer(), &n) ? integer_overflow() : Value(n);
        case Kind::unsigned_integer:
            return __builtin_add_overflow(a.unsigned_integer(), b.unsigned_integer(), &u) ? unsigned_overflow()
                                                                                          : Value(u);
        case Kind::number:
            return a.number() + b.number();
        case Kind::string:
            if (a.string().size() + b.string().size() > largest_text) return text_too_large();
            return std::string(a.string()).append(b.string());
        case Kind::bytes:
            return Blob{Text::of(std::string(a.bytes()).append(b.bytes()))};
        case Kind::duration:
            return __builtin_add_overflow(a.duration().count(), b.duration().count(), &n) ? duration_overflow()
                                                                                          : Value(Span(n));
        case Kind::list: {
            if (a.list().kind() != Shape::ListKind::atomic) return merge_lists(a.list(), b.list());
            if (a.list().size() + b.list().size() > longest_list) return list_too_long();
            ListValue sum = a.list();
            for (std::size_t i = 0; i < b.list().size(); ++i) sum.append(b.list().at(i));
            return sum;
        }
        default:
            return no_such_overload();
    }
}

Value subtract_values(Arguments args) {
    auto &a = args[0], &b = args[1];
    std::int64_t n = 0;
    std::uint64_t u = 0;
    if (a.is(Kind::timestamp) && b.is(Kind::duration)) {
        if (b.duration() == Span::min()) return timestamp_overflow();
        return shift(a.timestamp(), -b.duration());
    }
    if (a.kind() != b.kind()) return no_such_overload();
    switch (a.kind()) {
        case Kind::integer:
            return __builtin_sub_overflow(a.integer(), b.integer(), &n) ? integer_overflow() : Value(n);
        case Kind::unsigned_integer:
            return __builtin_sub_overflow(a.unsigned_integer(), b.unsigned_integer(), &u) ? unsigned_overflow()
                                                                                          : Value(u);
        case Kind::number:
            return a.number() - b.number();
        case Kind::duration:
            return __builtin_sub_overflow(a.duration().count(), b.duration().count(), &n) ? duration_overflow()
                                                                                          : Value(Span(n));
        case Kind::timestamp: {
            auto span = difference(a.timestamp(), b.timestamp());
            return span ? Value(*span) : duration_overflow();
        }
        default:
            return failure("no such overload: _-_");
    }
}

Value multiply_values(Arguments args) {
    auto &a = args[0], &b = args[1];
    if (a.kind() != b.kind()) return no_such_overload();
    std::int64_t n = 0;
    std::uint64_t u = 0;
    if (a.is(Kind::integer))
        return __builtin_mul_overflow(a.integer(), b.integer(), &n) ? integer_overflow() : Value(n);
    if (a.is(Kind::unsigned_integer)) {
        return __builtin_mul_overflow(a.unsigned_integer(), b.unsigned_integer(), &u) ? unsigned_overflow() : Value(u);
    }
    if (a.is(Kind::number)) return a.number() * b.number();
    return failure("no such overload: _*_");
}

Value divide_values(Arguments args) {
    auto &a = args[0], &b = args[1];
    if (a.kind() != b.kind()) return no_such_overload();
    if (a.is(Kind::integer)) {
        if (b.integer() == 0) return failure("division by zero");
        if (a.integer() == INT64_MIN && b.integer() == -1) return integer_overflow();
        return a.integer() / b.integer();
    }
    if (a.is(Kind::unsigned_integer)) {
        return b.unsigned_integer() == 0 ? failure("division by zero") : a.unsigned_integer() / b.unsigned_integer();
    }
    if (a.is(Kind::number)) return a.number() / b.number();
    return failure("no such overload: _/_");
}

Value modulo_values(Arguments args) {
    auto &a = args[0], &b = args[1];
    if (a.kind() != b.kind()) return no_such_overload();
    if (a.is(Kind::integer)) {
        if (b.integer() == 0) return failure("modulus by zero");
        if (a.integer() == INT64_MIN && b.integer() == -1) return integer_overflow();
        return a.integer() % b.integer();
    }
    if (a.is(Kind::unsigned_integer)) {
        return b.unsigned_integer() == 0 ? failure("modulus by zero") : a.unsigned_integer() % b.unsigned_integer();
    }
    return failure("no such overload: _%_");
}

Value negate_value(Arguments args) {
    auto& a = args[0];
    if (a.is(Kind::integer)) return a.integer() == INT64_MIN ? integer_overflow() : Value(-a.integer());
    if (a.is(Kind::number)) return -a.number();
    if (a.is(Kind::duration)) return a.duration() == Span::min() ? duration_overflow() : Value(-a.duration());
    return no_such_overload();
}

Value not_value(Arguments args) { return args[0].is(Kind::boolean) ? Value(!args[0].boolean()) : no_such_overload(); }
Value in_container(Arguments args) { return contains(args[1], args[0]); }

Value insert_entry(Arguments args) {
    auto map = args[0].map();
    auto insert = [&](const Value& key, const Value& value) { return map.insert(key, value); };
    auto refused = [](const Value& key) {
        return failure(fmt::format("insert failed: key {} already exists", shown(key)));
    };
    if (args.size() == 3) return insert(args[1], args[2]) ? Value(map) : refused(args[1]);
    for (auto& key : args[1].map().keys()) {
        if (!insert(key, *args[1].map().find(key))) return refused(key);
    }
    return map;
}

}  // namespace

void add_operators(Overloads& out) {
    using namespace operators;
    auto list = Type::list(types::a());
    auto map = Type::map(types::a(), types::b());
    auto binary = [&](const char* name, const char* id, Type x, Type y, Type result, Value (*fn)(Arguments)) {
        out.push_back({name, id, false, {std::move(x), std::move(y)}, std::move(result), fn, true});
    };
    auto same = [&](const char* name, const char* id, const Type& t, Value (*fn)(Arguments)) {
        binary(name, id, t, t, t, fn);
    };
    out.push_back({conditional, "conditional", false, {boolean(), types::a(), types::a()}, types::a()});
    out.push_back({logical_and, "logical_and", false, {boolean(), boolean()}, boolean()});
    out.push_back({logical_or, "logical_or", false, {boolean(), boolean()}, boolean()});
    out.push_back({logical_not, "logical_not", false, {boolean()}, boolean(), not_value, true});
    out.push_back({not_strictly_false, "not_strictly_false", false, {boolean()}, boolean()});
    same(operators::add, "add_bytes", bytes(), add_values);
    same(operators::add, "add_double", number(), add_values);
    same(operators::add, "add_duration_duration", duration(), add_values);
    binary(operators::add, "add_duration_timestamp", duration(), timestamp(), timestamp(), add_values);
    binary(operators::add, "add_timestamp_duration", timestamp(), duration(), timestamp(), add_values);
    same(operators::add, "add_int64", integer(), add_values);
    same(operators::add, "add_list", list, add_values);
    same(operators::add, "add_string", string(), add_values);
    same(operators::add, "add_uint64", unsigned_integer(), add_values);
    same(divide, "divide_double", number(), divide_values);
    same(divide, "divide_int64", integer(), divide_values);
    same(divide, "divide_uint64", unsigned_integer(), divide_values);
    same(modulo, "modulo_int64", integer(), modulo_values);
    same(modulo, "modulo_uint64", unsigned_integer(), modulo_values);
    same(multiply, "multiply_double", number(), multiply_values);
    same(multiply, "multiply_int64", integer(), multiply_values);
    same(multiply, "multiply_uint64", unsigned_integer(), multiply_values);
    out.push_back({negate, "negate_double", false, {number()}, number(), negate_value, true});
    out.push_back({negate, "negate_int64", false, {integer()}, integer(), negate_value, true});
    same(subtract, "subtract_double", number(), subtract_values);
    same(subtract, "subtract_duration_duration", duration(), subtract_values);
    same(subtract, "subtract_int64", integer(), subtract_values);
    binary(subtract, "subtract_timestamp_duration", timestamp(), duration(), timestamp(), subtract_values);
    binary(subtract, "subtract_timestamp_timestamp", timestamp(), timestamp(), duration(), subtract_values);
    same(subtract, "subtract_uint64", unsigned_integer(), subtract_values);
    binary(index, "index_list", list, integer(), types::a(), nullptr);
    binary(index, "index_map", map, types::a(), types::b(), nullptr);
    binary(in, "in_list", types::a(), list, boolean(), in_container);
    binary(in, "in_map", types::a(), map, boolean(), in_container);
    out.push_back(
        {map_insert, "@mapInsert_map_key_value", false, {map, types::a(), types::b()}, map, insert_entry, true});
    out.push_back({map_insert, "@mapInsert_map_map", false, {map, map}, map, insert_entry, true});
}

}  // namespace mizzen::cel
