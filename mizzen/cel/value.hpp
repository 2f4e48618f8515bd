// SPDX-License-Identifier: Apache-2.0
// Value: what an expression works with and results in. Data that comes from JSON is read in place, never copied.
#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "mizzen/cel/shape.hpp"
#include "mizzen/cel/type.hpp"
#include "mizzen/json/value.hpp"

namespace mizzen::cel {

class Value;

// Characters or bytes, owned or somewhere in the data or the program.
struct Text {
    std::string_view view;
    std::shared_ptr<const std::string> owner;

    static Text of(std::string text);
    static Text borrowed(std::string_view text) { return {text, nullptr}; }
    // A part of this one, which shares its memory.
    Text part(std::string_view inside) const { return {inside, owner}; }
};
struct Blob {
    Text text;
};

// A point in time from year 1 to 9999.
struct Timestamp {
    std::int64_t seconds = 0;  // since 1970
    std::int32_t nanos = 0;
    std::int32_t offset = 0;  // seconds east of UTC, as it was written; no part of its value
    bool operator==(const Timestamp& o) const { return seconds == o.seconds && nanos == o.nanos; }
    auto operator<=>(const Timestamp& o) const {
        return seconds != o.seconds ? seconds <=> o.seconds : std::int64_t{nanos} <=> std::int64_t{o.nanos};
    }
};
using Span = std::chrono::nanoseconds;  // CEL's duration

// Elements made by an expression, or a JSON array.
class ListValue {
  public:
    ListValue();
    explicit ListValue(std::vector<Value> items);
    ListValue(const json::Array& array, const Shape& shape) : array_(&array), shape_(&shape) {}

    std::size_t size() const;
    Value at(std::size_t i) const;
    Shape::ListKind kind() const { return shape_ ? shape_->list_kind : Shape::ListKind::atomic; }
    const Shape* shape() const { return shape_; }
    const json::Array* array() const { return array_; }
    // Adds an element; copies first if anyone else has this list.
    void append(Value value);

  private:
    const json::Array* array_ = nullptr;
    const Shape* shape_ = nullptr;
    std::shared_ptr<std::vector<Value>> items_;
};

// Orders the keys of maps: booleans, numbers, strings. 1, 1u and 1.0 are one key.
struct KeyOrder {
    bool operator()(const Value& a, const Value& b) const;
};
using Entries = std::map<Value, Value, KeyOrder>;

// Entries made by an expression, or a JSON object: with fields or as a map.
class MapValue {
  public:
    MapValue();
    explicit MapValue(Entries entries);
    MapValue(const json::Object& object, const Shape& shape) : object_(&object), shape_(&shape) {}

    std::size_t size() const;
    // Nothing if there is no such key; a failure where the key cannot be one.
    std::optional<Value> find(const Value& key) const;
    // As find, by a member's name in the expression and in JSON.
    std::optional<Value> find_member(std::string_view escaped, const std::string* plain = nullptr) const;
    std::vector<Value> keys() const;
    const json::Object* object() const { return object_; }
    const Shape* shape() const { return shape_; }
    // False if the key is there already.
    bool insert(const Value& key, Value value);

  private:
    std::optional<Value> read_member(std::string_view name) const;
    const json::Object* object_ = nullptr;
    const Shape* shape_ = nullptr;
    std::shared_ptr<Entries> entries_;
};

// A value of a named type of a library: a URL, a quantity.
class Named {
  public:
    virtual ~Named() = default;
    virtual const Type& type() const = 0;
    // `other` is of the same type.
    virtual bool equals(const Named& other) const = 0;
    // What size() is for the cost of calls; 1 for what has none.
    virtual std::uint64_t size() const { return 1; }
};

// Data that a schema keeps but says nothing about; can only be compared.
struct Hidden {
    const json::Value* value;
};

// Why there is no value. Operators pass it on; && and || may do without.
struct Failure {
    std::shared_ptr<const std::string> message;
};

struct OptionalValue {
    std::shared_ptr<const Value> value;  // null: none
};

class Value {
  public:
    enum class Kind : std::uint8_t {
        null,
        boolean,
        integer,
        unsigned_integer,
        number,
        string,
        bytes,
        timestamp,
        duration,
        list,
        map,
        type,
        optional,
        named,
        hidden,
        failure
    };

    Value() = default;
    Value(bool b) : data_(b) {}
    Value(std::int64_t n) : data_(n) {}
    Value(std::uint64_t n) : data_(n) {}
    Value(double n) : data_(n) {}
    Value(Text t) : data_(std::move(t)) {}
    Value(std::string t) : data_(Text::of(std::move(t))) {}
    Value(Blob b) : data_(std::move(b)) {}
    Value(Timestamp t) : data_(t) {}
    Value(Span d) : data_(d) {}
    Value(ListValue l) : data_(std::move(l)) {}
    Value(MapValue m) : data_(std::move(m)) {}
    Value(Type t) : data_(std::move(t)) {}
    Value(OptionalValue o) : data_(std::move(o)) {}
    Value(std::shared_ptr<const Named> n) : data_(std::move(n)) {}
    Value(Hidden h) : data_(h) {}
    Value(Failure f) : data_(std::move(f)) {}
    Value(const char*) = delete;

    Kind kind() const { return static_cast<Kind>(data_.index()); }
    bool is(Kind k) const { return kind() == k; }
    bool failed() const { return kind() == Kind::failure; }

    // Each only for a value of that kind.
    bool boolean() const { return std::get<bool>(data_); }
    std::int64_t integer() const { return std::get<std::int64_t>(data_); }
    std::uint64_t unsigned_integer() const { return std::get<std::uint64_t>(data_); }
    double number() const { return std::get<double>(data_); }
    std::string_view string() const { return std::get<Text>(data_).view; }
    const Text& text() const { return std::get<Text>(data_); }
    std::string_view bytes() const { return std::get<Blob>(data_).text.view; }
    Timestamp timestamp() const { return std::get<Timestamp>(data_); }
    Span duration() const { return std::get<Span>(data_); }
    const ListValue& list() const { return std::get<ListValue>(data_); }
    ListValue& list() { return std::get<ListValue>(data_); }
    const MapValue& map() const { return std::get<MapValue>(data_); }
    MapValue& map() { return std::get<MapValue>(data_); }
    const Type& type() const { return std::get<Type>(data_); }
    const Value* optional() const { return std::get<OptionalValue>(data_).value.get(); }
    const Named& named() const { return *std::get<std::shared_ptr<const Named>>(data_); }
    const json::Value& hidden() const { return *std::get<Hidden>(data_).value; }
    const std::string& message() const { return *std::get<Failure>(data_).message; }

    bool is_true() const { return kind() == Kind::boolean && boolean(); }
    bool is_false() const { return kind() == Kind::boolean && !boolean(); }

  private:
    std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, Text, Blob, Timestamp, Span, ListValue,
                 MapValue, Type, OptionalValue, std::shared_ptr<const Named>, Hidden, Failure>
        data_;
};

// What an expression can make at most, whatever its cost: nobody's data is larger, and memory is not counted as cost.
inline constexpr std::size_t largest_text = 64 * 1024 * 1024;
inline constexpr std::size_t longest_list = 2'000'000;
Value text_too_large();
Value list_too_long();

Value failure(std::string message);
Value no_such_overload();
Value some(Value value);
Value none();

// `data` as `shape` says. It must outlive the value. A failure where the data does not fit.
Value read(const json::Value& data, const Shape& shape);

// The type of a value at run time: list(dyn), map(dyn, dyn), int.
Type run_time_type(const Value& value);
// Characters, bytes, elements or entries; 1 of all others. What costs are counted in.
std::uint64_t size_of(const Value& value);
// As messages show a value: text as it is, lists and maps by their elements.
std::string shown(const Value& value);

}  // namespace mizzen::cel
