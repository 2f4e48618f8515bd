// SPDX-License-Identifier: Apache-2.0
// Equality: elementwise for lists and maps; sets and keyed lists do not mind the order of their elements, as the
// Kubernetes API defines them.
#include "mizzen/cel/equality.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>

namespace mizzen::cel {
namespace {

using Kind = Value::Kind;

bool is_number(const Value& v) { return v.is(Kind::integer) || v.is(Kind::unsigned_integer) || v.is(Kind::number); }

std::partial_ordering order(double a, std::int64_t b) {
    if (std::isnan(a)) return std::partial_ordering::unordered;
    if (a < -0x1p63) return std::partial_ordering::less;
    if (a >= 0x1p63) return std::partial_ordering::greater;
    return a <=> static_cast<double>(b);
}

std::partial_ordering order(double a, std::uint64_t b) {
    if (std::isnan(a)) return std::partial_ordering::unordered;
    if (a < 0) return std::partial_ordering::less;
    if (a >= 0x1p64) return std::partial_ordering::greater;
    return a <=> static_cast<double>(b);
}

std::partial_ordering order(std::int64_t a, std::uint64_t b) {
    if (a < 0) return std::partial_ordering::less;
    return static_cast<std::uint64_t>(a) <=> b;
}

std::partial_ordering reversed(std::partial_ordering o) { return 0 <=> o; }

Value equal_lists_in_order(const ListValue& a, const ListValue& b) {
    for (std::size_t i = 0; i < a.size(); ++i) {
        auto e = equal(a.at(i), b.at(i));
        if (!e.is_true()) return e;
    }
    return true;
}

Value key_of(const Value& element, const ListValue& list) {
    ListValue key;
    for (auto& k : list.shape()->keys) {
        auto member = element.is(Kind::map) ? element.map().find_member(escape_name(k).value_or(k)) : std::nullopt;
        key.append(member ? *member : Value());
    }
    return key;
}

// A text that two elements share exactly if they are the same key.
std::string identity(const Value& v) {
    if (is_number(v)) {
        bool is_whole = !v.is(Kind::number) || std::trunc(v.number()) == v.number();
        return (is_whole ? "n" : "f") + shown(v);
    }
    if (!v.is(Kind::list)) return static_cast<char>('A' + static_cast<int>(v.kind())) + shown(v);
    std::string out = "[";
    for (std::size_t i = 0; i < v.list().size(); ++i) {
        auto each = identity(v.list().at(i));
        out += std::to_string(each.size()) + ':' + each;
    }
    return out + ']';
}

// Each element of `b` must have its like in `a`, by key or by value, and all of `a` must be met.
Value equal_unordered(const ListValue& a, const ListValue& b) {
    bool is_keyed = a.kind() == Shape::ListKind::keyed;
    auto key = [&](const Value& item) { return element_key(item, a); };
    std::unordered_map<std::string, Value> items;
    for (std::size_t i = 0; i < a.size(); ++i) items.insert_or_assign(key(a.at(i)), a.at(i));
    std::set<std::string> met;
    for (std::size_t i = 0; i < b.size(); ++i) {
        auto item = b.at(i);
        auto at = items.find(key(item));
        if (at == items.end()) return false;
        if (auto e = equal(at->second, item); is_keyed && !e.is_true()) return e;
        met.insert(at->first);
    }
    return met.size() == items.size();
}

Value equal_lists(const ListValue& a, const ListValue& b) {
    if (a.size() != b.size()) return false;
    return a.kind() == Shape::ListKind::atomic ? equal_lists_in_order(a, b) : equal_unordered(a, b);
}

// Members that the schema does not name are compared as JSON.
Value equal_objects(const MapValue& a, const MapValue& b) {
    for (auto& m : *a.object()) {
        auto* field = a.shape()->element ? nullptr : a.shape()->find(m.key);
        bool is_known = a.shape()->element || field;
        if (!is_known) {
            if (!b.object()) return no_such_overload();
            auto* other = b.object()->find(m.key);
            if (other && !(*other == m.value)) return false;
            continue;
        }
        auto find = [&](const MapValue& map) { return map.find_member(m.key, &m.key); };
        auto mine = find(a), theirs = find(b);
        if (mine.has_value() != theirs.has_value()) return false;
        if (!mine) continue;
        if (auto e = equal(*mine, *theirs); !e.is_true()) return e;
    }
    return true;
}

Value equal_maps(const MapValue& a, const MapValue& b) {
    if (a.size() != b.size()) return false;
    if (a.object()) return equal_objects(a, b);
    for (auto& key : a.keys()) {
        auto theirs = b.find(key);
        if (!theirs) return false;
        if (auto e = equal(*a.find(key), *theirs); !e.is_true()) return e;
    }
    return true;
}

Value equal_optionals(const Value& a, const Value& b) {
    if (!a.optional() || !b.optional()) return a.optional() == b.optional();
    return equal(*a.optional(), *b.optional());
}

Value ordering(std::partial_ordering o) {
    if (o == std::partial_ordering::unordered) return failure("NaN values cannot be ordered");
    return std::int64_t{o < 0 ? -1 : o > 0 ? 1 : 0};
}

int key_group(const Value& v) { return v.is(Kind::boolean) ? 0 : is_number(v) ? 1 : v.is(Kind::string) ? 2 : 3; }

}  // namespace

std::partial_ordering compare_numbers(const Value& a, const Value& b) {
    if (a.is(Kind::integer)) {
        if (b.is(Kind::integer)) return a.integer() <=> b.integer();
        if (b.is(Kind::unsigned_integer)) return order(a.integer(), b.unsigned_integer());
        return reversed(order(b.number(), a.integer()));
    }
    if (a.is(Kind::unsigned_integer)) {
        if (b.is(Kind::unsigned_integer)) return a.unsigned_integer() <=> b.unsigned_integer();
        if (b.is(Kind::integer)) return reversed(order(b.integer(), a.unsigned_integer()));
        return reversed(order(b.number(), a.unsigned_integer()));
    }
    if (b.is(Kind::integer)) return order(a.number(), b.integer());
    if (b.is(Kind::unsigned_integer)) return order(a.number(), b.unsigned_integer());
    return a.number() <=> b.number();
}

std::string element_key(const Value& element, const ListValue& list) {
    return identity(list.kind() == Shape::ListKind::keyed ? key_of(element, list) : element);
}

Value equal(const Value& a, const Value& b) {
    if (a.failed()) return a;
    if (b.failed()) return b;
    if (is_number(a) && is_number(b)) return compare_numbers(a, b) == 0;
    if (a.is(Kind::null) || b.is(Kind::null)) return a.kind() == b.kind();
    if (a.kind() != b.kind()) {
        bool is_data = (a.is(Kind::map) && a.map().object()) || (a.is(Kind::list) && a.list().array());
        return is_data ? no_such_overload() : Value(false);
    }
    switch (a.kind()) {
        case Kind::boolean:
            return a.boolean() == b.boolean();
        case Kind::string:
            return a.string() == b.string();
        case Kind::bytes:
            return a.bytes() == b.bytes();
        case Kind::timestamp:
            return a.timestamp() == b.timestamp();
        case Kind::duration:
            return a.duration() == b.duration();
        case Kind::list:
            return equal_lists(a.list(), b.list());
        case Kind::map:
            return equal_maps(a.map(), b.map());
        case Kind::type:
            return a.type().name() == b.type().name();
        case Kind::optional:
            return equal_optionals(a, b);
        case Kind::named:
            return a.named().type() == b.named().type() ? Value(a.named().equals(b.named())) : no_such_overload();
        case Kind::hidden:
            return a.hidden() == b.hidden();
        default:
            return no_such_overload();
    }
}

bool is_equal(const Value& a, const Value& b) { return equal(a, b).is_true(); }

Value compare(const Value& a, const Value& b) {
    if (is_number(a) && is_number(b)) return ordering(compare_numbers(a, b));
    if (a.kind() != b.kind()) return no_such_overload();
    switch (a.kind()) {
        case Kind::boolean:
            return ordering(static_cast<int>(a.boolean()) <=> static_cast<int>(b.boolean()));
        case Kind::string:
            return ordering(a.string() <=> b.string());
        case Kind::bytes:
            return ordering(a.bytes() <=> b.bytes());
        case Kind::timestamp:
            return ordering(a.timestamp() <=> b.timestamp());
        case Kind::duration:
            return ordering(a.duration() <=> b.duration());
        default:
            return no_such_overload();
    }
}

Value contains(const Value& container, const Value& element) {
    if (container.is(Kind::map)) {
        auto found = container.map().find(element);
        return found && found->failed() ? *found : Value(found.has_value());
    }
    if (!container.is(Kind::list)) return no_such_overload();
    std::optional<Value> failed;
    for (std::size_t i = 0; i < container.list().size(); ++i) {
        auto e = equal(container.list().at(i), element);
        if (e.is_true()) return e;
        if (e.failed() && !failed) failed = e;
    }
    return failed ? *failed : Value(false);
}

bool KeyOrder::operator()(const Value& a, const Value& b) const {
    auto x = key_group(a), y = key_group(b);
    if (x != y) return x < y;
    if (x == 0) return a.boolean() < b.boolean();
    if (x == 1) return compare_numbers(a, b) < 0;
    if (x == 2) return a.string() < b.string();
    return a.kind() < b.kind();
}

}  // namespace mizzen::cel
