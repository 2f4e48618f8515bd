// SPDX-License-Identifier: Apache-2.0
// Value: any JSON document. Objects are kept sorted by key, so equal documents are equal values and have equal bytes.
#pragma once
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace mizzen::json {

class Value;
struct Member;
using Array = std::vector<Value>;

enum class Kind : std::uint8_t { null, boolean, integer, number, string, array, object };
std::string_view to_string(Kind);  // "null", "boolean", "integer", "number", "string", "array", "object"

// Members sorted by key (bytewise), each key once. Lookup is a binary search; iteration is in key order.
class Object {
  public:
    Object();
    // Later members win over earlier ones of the same key.
    Object(std::initializer_list<Member>);
    // Takes members in any order, sorts them once; later ones win.
    explicit Object(std::vector<Member>);
    Object(const Object&);
    Object(Object&&) noexcept;
    Object& operator=(const Object&);
    Object& operator=(Object&&) noexcept;
    ~Object();

    std::size_t size() const;
    bool empty() const;
    const Value* find(std::string_view key) const;
    Value* find(std::string_view key);
    bool contains(std::string_view key) const { return find(key) != nullptr; }
    // The member's value; inserts null if it is not there.
    Value& operator[](std::string_view key);
    void set(std::string_view key, Value);
    bool erase(std::string_view key);

    std::vector<Member>::iterator begin();
    std::vector<Member>::iterator end();
    std::vector<Member>::const_iterator begin() const;
    std::vector<Member>::const_iterator end() const;
    bool operator==(const Object&) const;

  private:
    std::vector<Member> members_;
};

// A JSON value. Integers that fit 64 bits stay integers; 1 and 1.0 compare equal.
//
// The as_ functions throw Error(invalid) "expected a string, got a number" on another kind; find is for what may be
// absent.
class Value {
  public:
    Value() = default;
    Value(std::nullptr_t) {}
    Value(bool b) : data_(b) {}
    template <std::integral T>
        requires(!std::same_as<T, bool>)
    Value(T n) : data_(static_cast<std::int64_t>(n)) {}
    Value(double n) : data_(n) {}
    Value(std::string s) : data_(std::move(s)) {}
    Value(std::string_view s) : data_(std::string(s)) {}
    Value(const char* s) : data_(std::string(s)) {}
    Value(Array a) : data_(std::move(a)) {}
    Value(Object o) : data_(std::move(o)) {}

    Kind kind() const { return static_cast<Kind>(data_.index()); }
    bool is_null() const { return kind() == Kind::null; }
    bool is_bool() const { return kind() == Kind::boolean; }
    bool is_integer() const { return kind() == Kind::integer; }
    bool is_number() const { return kind() == Kind::integer || kind() == Kind::number; }
    bool is_string() const { return kind() == Kind::string; }
    bool is_array() const { return kind() == Kind::array; }
    bool is_object() const { return kind() == Kind::object; }

    bool as_bool() const;
    std::int64_t as_integer() const;  // also a number without fraction
    double as_number() const;
    const std::string& as_string() const&;
    std::string& as_string() &;
    std::string as_string() && { return std::move(as_string()); }
    const Array& as_array() const&;
    Array& as_array() &;
    Array as_array() && { return std::move(as_array()); }  // by value: parse(text).as_array() does not dangle
    const Object& as_object() const&;
    Object& as_object() &;
    Object as_object() && { return std::move(as_object()); }

    // The member, or nullptr if this is no object or has no such member.
    const Value* find(std::string_view key) const;
    Value* find(std::string_view key);
    // Follows members by name: find_path({"metadata", "labels"}); nullptr as soon as one is missing.
    const Value* find_path(std::initializer_list<std::string_view> keys) const;
    Value* find_path(std::initializer_list<std::string_view> keys);
    // The text at the path, or "" if there is none or it is no string.
    std::string_view text(std::initializer_list<std::string_view> keys) const;
    std::string_view text(std::string_view key) const;
    // The integer at the path, or `otherwise`.
    std::int64_t integer(std::initializer_list<std::string_view> keys, std::int64_t otherwise = 0) const;

    // Makes this an object if it is null, and the member if it is missing.
    Value& operator[](std::string_view key);
    // operator[] along a path: at({"metadata", "labels"}) = ….
    Value& at(std::initializer_list<std::string_view> keys);
    // Erases a member; false if there is none.
    bool erase(std::string_view key);

    bool operator==(const Value&) const;

  private:
    std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> data_;
};

struct Member {
    std::string key;
    Value value;
    bool operator==(const Member&) const = default;
};

}  // namespace mizzen::json
