// SPDX-License-Identifier: Apache-2.0
// Scalars in memory, and emptiness.
#include "mizzen/json/tables.hpp"

#include <limits>

#include "mizzen/base/error.hpp"

namespace mizzen::json {
namespace {

bool is_empty(const TypeInfo& t, const void* p) {
    switch (t.shape) {
        case Shape::boolean:
        case Shape::integer:
            return load_integer(t, p) == 0;
        case Shape::number:
            return load_number(t, p) == 0;
        case Shape::string:
            return static_cast<const std::string*>(p)->empty();
        case Shape::list:
        case Shape::map:
        case Shape::optional:
            return t.count(p) == 0;
        case Shape::value:
            return static_cast<const Value*>(p)->is_null();
        case Shape::int_or_string:
        case Shape::custom:
            return t.is_empty && t.is_empty(p);
        case Shape::enumeration:
        case Shape::object:
            return false;
    }
    return false;
}

}  // namespace

std::int64_t load_integer(const TypeInfo& t, const void* p) {
    switch (t.size) {
        case 1:
            return t.is_signed ? load<std::int8_t>(p) : load<std::uint8_t>(p);
        case 2:
            return t.is_signed ? load<std::int16_t>(p) : load<std::uint16_t>(p);
        case 4:
            return t.is_signed ? std::int64_t{load<std::int32_t>(p)} : std::int64_t{load<std::uint32_t>(p)};
        default:
            return load<std::int64_t>(p);
    }
}

void store_integer(const TypeInfo& t, void* p, std::int64_t value) {
    switch (t.size) {
        case 1:
            *static_cast<std::uint8_t*>(p) = static_cast<std::uint8_t>(value);
            return;
        case 2:
            *static_cast<std::uint16_t*>(p) = static_cast<std::uint16_t>(value);
            return;
        case 4:
            *static_cast<std::uint32_t*>(p) = static_cast<std::uint32_t>(value);
            return;
        default:
            *static_cast<std::uint64_t*>(p) = static_cast<std::uint64_t>(value);
            return;
    }
}

bool fits_integer(const TypeInfo& t, std::int64_t value) {
    if (!t.is_signed && value < 0) return false;
    if (t.size == 8) return true;
    const int bits = t.size * 8 - (t.is_signed ? 1 : 0);
    const std::int64_t most = (std::int64_t{1} << bits) - 1;
    return value <= most && value >= -most - 1;
}

double load_number(const TypeInfo& t, const void* p) {
    return t.size == sizeof(float) ? load<float>(p) : load<double>(p);
}

std::string_view load_name(const TypeInfo& t, const void* p) {
    const std::int64_t value = load_integer(t, p);
    if (value < 0 || static_cast<std::size_t>(value) >= t.names.size() ||
        t.names[static_cast<std::size_t>(value)].empty())
        throw Error(ErrorKind::bug, std::string(t.name) + " has no name for the value " + std::to_string(value));
    return t.names[static_cast<std::size_t>(value)];
}

bool is_left_out(const FieldInfo& field, const TypeInfo& type, const void* value, const void* default_value) {
    if (field.always || (field.note && field.note->required)) return false;
    const bool scalar = type.shape == Shape::boolean || type.shape == Shape::integer || type.shape == Shape::number;
    if (scalar && field.note) return false;
    return is_empty(type, value) && (!default_value || is_empty(type, default_value));
}

}  // namespace mizzen::json
