// SPDX-License-Identifier: Apache-2.0
// Value: reading what is there, and saying what was expected instead.
#include "mizzen/json/value.hpp"

#include <algorithm>
#include <cmath>

#include "mizzen/base/error.hpp"

namespace mizzen::json {
namespace {

std::string_view with_article(Kind kind) {
    switch (kind) {
        case Kind::null:
            return "null";
        case Kind::boolean:
            return "a boolean";
        case Kind::integer:
            return "an integer";
        case Kind::number:
            return "a number";
        case Kind::string:
            return "a string";
        case Kind::array:
            return "an array";
        case Kind::object:
            return "an object";
    }
    return "nothing";
}

[[noreturn]] void expected(Kind wanted, Kind got) {
    throw Error(ErrorKind::invalid,
                std::string("expected ").append(with_article(wanted)).append(", got ").append(with_article(got)));
}

bool fits_int64(double d) { return d >= -0x1p63 && d < 0x1p63; }

bool equal_numbers(std::int64_t i, double d) {
    return fits_int64(d) && std::trunc(d) == d && static_cast<std::int64_t>(d) == i;
}

}  // namespace

std::string_view to_string(Kind kind) {
    constexpr std::string_view names[] = {"null", "boolean", "integer", "number", "string", "array", "object"};
    return names[static_cast<std::size_t>(kind)];
}

bool Value::as_bool() const {
    if (const bool* b = std::get_if<bool>(&data_)) return *b;
    expected(Kind::boolean, kind());
}

std::int64_t Value::as_integer() const {
    if (const auto* i = std::get_if<std::int64_t>(&data_)) return *i;
    if (const auto* d = std::get_if<double>(&data_))
        if (fits_int64(*d) && std::trunc(*d) == *d) return static_cast<std::int64_t>(*d);
    expected(Kind::integer, kind());
}

double Value::as_number() const {
    if (const auto* d = std::get_if<double>(&data_)) return *d;
    if (const auto* i = std::get_if<std::int64_t>(&data_)) return static_cast<double>(*i);
    expected(Kind::number, kind());
}

const std::string& Value::as_string() const& {
    if (const auto* s = std::get_if<std::string>(&data_)) return *s;
    expected(Kind::string, kind());
}
std::string& Value::as_string() & { return const_cast<std::string&>(std::as_const(*this).as_string()); }

const Array& Value::as_array() const& {
    if (const auto* a = std::get_if<Array>(&data_)) return *a;
    expected(Kind::array, kind());
}
Array& Value::as_array() & { return const_cast<Array&>(std::as_const(*this).as_array()); }

const Object& Value::as_object() const& {
    if (const auto* o = std::get_if<Object>(&data_)) return *o;
    expected(Kind::object, kind());
}
Object& Value::as_object() & { return const_cast<Object&>(std::as_const(*this).as_object()); }

const Value* Value::find(std::string_view key) const {
    const auto* o = std::get_if<Object>(&data_);
    return o ? o->find(key) : nullptr;
}
Value* Value::find(std::string_view key) { return const_cast<Value*>(std::as_const(*this).find(key)); }

const Value* Value::find_path(std::initializer_list<std::string_view> keys) const {
    const Value* v = this;
    for (const std::string_view key : keys)
        if (!(v = v->find(key))) return nullptr;
    return v;
}
Value* Value::find_path(std::initializer_list<std::string_view> keys) {
    return const_cast<Value*>(std::as_const(*this).find_path(keys));
}

std::string_view Value::text(std::initializer_list<std::string_view> keys) const {
    const Value* v = find_path(keys);
    const auto* s = v ? std::get_if<std::string>(&v->data_) : nullptr;
    return s ? std::string_view(*s) : std::string_view();
}
std::string_view Value::text(std::string_view key) const { return text({key}); }

std::int64_t Value::integer(std::initializer_list<std::string_view> keys, std::int64_t otherwise) const {
    const Value* v = find_path(keys);
    const auto* i = v ? std::get_if<std::int64_t>(&v->data_) : nullptr;
    return i ? *i : otherwise;
}

Value& Value::operator[](std::string_view key) {
    if (is_null()) data_ = Object();
    return as_object()[key];
}

Value& Value::at(std::initializer_list<std::string_view> keys) {
    Value* v = this;
    for (const std::string_view key : keys) v = &(*v)[key];
    return *v;
}

bool Value::erase(std::string_view key) {
    auto* o = std::get_if<Object>(&data_);
    return o && o->erase(key);
}

bool Value::operator==(const Value& other) const {
    const auto* i = std::get_if<std::int64_t>(&data_);
    const auto* d = std::get_if<double>(&data_);
    if (i && other.kind() == Kind::number) return equal_numbers(*i, std::get<double>(other.data_));
    if (d && other.kind() == Kind::integer) return equal_numbers(std::get<std::int64_t>(other.data_), *d);
    return data_ == other.data_;
}

}  // namespace mizzen::json
