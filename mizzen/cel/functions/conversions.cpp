// SPDX-License-Identifier: Apache-2.0
// Conversions between types: bool, bytes, double, duration, dyn, int, string, timestamp, uint, type.
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

#include "mizzen/base/time.hpp"
#include "mizzen/base/utf8.hpp"
#include "mizzen/cel/function.hpp"
#include "mizzen/cel/go_text.hpp"
#include "mizzen/cel/times.hpp"

namespace mizzen::cel {
namespace {

using Kind = Value::Kind;
using namespace types;

Value no_conversion(const Value& from, const Type& to) {
    return failure(fmt::format("type conversion error from '{}' to '{}'", run_time_type(from).name(), to.name()));
}
Value itself(Arguments args) { return args[0]; }
Value type_of_value(Arguments args) { return run_time_type(args[0]); }

template <class T>
std::optional<T> whole_number(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    T n{};
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    bool well = error == std::errc() && end == text.data() + text.size() && !text.starts_with("+");
    return well ? std::optional(n) : std::nullopt;
}

Value to_boolean(Arguments args) {
    for (auto t : {"1", "t", "T", "true", "TRUE", "True"}) {
        if (args[0].string() == t) return true;
    }
    for (auto t : {"0", "f", "F", "false", "FALSE", "False"}) {
        if (args[0].string() == t) return false;
    }
    return no_conversion(args[0], boolean());
}

Value to_bytes(Arguments args) { return Blob{args[0].text()}; }

Value to_number(Arguments args) {
    auto& v = args[0];
    if (v.is(Kind::integer)) return static_cast<double>(v.integer());
    if (v.is(Kind::unsigned_integer)) return static_cast<double>(v.unsigned_integer());
    auto n = parse_go_float(v.string());
    return n ? Value(*n) : no_conversion(v, number());
}

Value to_duration(Arguments args) {
    auto span = parse_duration(args[0].string());
    return span ? Value(*span) : no_conversion(args[0], duration());
}

Value to_integer(Arguments args) {
    auto& v = args[0];
    switch (v.kind()) {
        case Kind::number: {
            auto n = v.number();
            bool fits = std::isfinite(n) && n > -0x1p63 && n < 0x1p63;
            return fits ? Value(static_cast<std::int64_t>(n)) : failure("integer overflow");
        }
        case Kind::unsigned_integer:
            if (v.unsigned_integer() > INT64_MAX) return failure("integer overflow");
            return static_cast<std::int64_t>(v.unsigned_integer());
        case Kind::duration:
            return v.duration().count();
        case Kind::timestamp:
            return v.timestamp().seconds;
        default:
            break;
    }
    auto n = whole_number<std::int64_t>(v.string());
    return n ? Value(*n) : no_conversion(v, integer());
}

Value to_unsigned(Arguments args) {
    auto& v = args[0];
    if (v.is(Kind::number)) {
        auto n = v.number();
        bool fits = std::isfinite(n) && n >= 0 && n < 0x1p64;
        return fits ? Value(static_cast<std::uint64_t>(n)) : failure("unsigned integer overflow");
    }
    if (v.is(Kind::integer)) {
        return v.integer() < 0 ? failure("unsigned integer overflow") : static_cast<std::uint64_t>(v.integer());
    }
    auto n = whole_number<std::uint64_t>(v.string());
    return n && !v.string().starts_with('+') ? Value(*n) : no_conversion(v, unsigned_integer());
}

Value to_text(Arguments args) {
    auto& v = args[0];
    switch (v.kind()) {
        case Kind::boolean:
            return std::string(v.boolean() ? "true" : "false");
        case Kind::bytes:
            if (!is_utf8(v.bytes())) return failure("invalid UTF-8 in bytes, cannot convert to string");
            return std::string(v.bytes());
        case Kind::number:
            return go_float(v.number());
        case Kind::duration:
            return seconds_text(v.duration());
        case Kind::timestamp:
            return to_string(v.timestamp());
        case Kind::integer:
            return std::to_string(v.integer());
        default:
            return std::to_string(v.unsigned_integer());
    }
}

Value to_timestamp(Arguments args) {
    auto& v = args[0];
    std::optional<Timestamp> time;
    if (v.is(Kind::integer)) {
        time = Timestamp{v.integer(), 0};
    } else {
        time = parse_date_time(v.string());
        if (!time) return no_conversion(v, timestamp());
    }
    bool fits = time->seconds >= earliest_second && time->seconds <= latest_second;
    return fits ? Value(*time) : failure("timestamp overflow");
}

}  // namespace

void add_conversions(Overloads& out) {
    auto add = [&](const char* name, const char* id, Type from, Type to, Value (*fn)(Arguments)) {
        out.push_back({name, id, false, {std::move(from)}, std::move(to), fn});
    };
    out.push_back({"type", "type", false, {types::a()}, Type::type_of(types::a()), type_of_value, true});
    out.push_back({"dyn", "to_dyn", false, {types::a()}, dynamic(), itself, true});
    add("bool", "bool_to_bool", boolean(), boolean(), itself);
    add("bool", "string_to_bool", string(), boolean(), to_boolean);
    add("bytes", "bytes_to_bytes", bytes(), bytes(), itself);
    add("bytes", "string_to_bytes", string(), bytes(), to_bytes);
    add("double", "double_to_double", number(), number(), itself);
    add("double", "int64_to_double", integer(), number(), to_number);
    add("double", "string_to_double", string(), number(), to_number);
    add("double", "uint64_to_double", unsigned_integer(), number(), to_number);
    add("duration", "duration_to_duration", duration(), duration(), itself);
    add("duration", "string_to_duration", string(), duration(), to_duration);
    add("int", "int64_to_int64", integer(), integer(), itself);
    add("int", "double_to_int64", number(), integer(), to_integer);
    add("int", "duration_to_int64", duration(), integer(), to_integer);
    add("int", "string_to_int64", string(), integer(), to_integer);
    add("int", "timestamp_to_int64", timestamp(), integer(), to_integer);
    add("int", "uint64_to_int64", unsigned_integer(), integer(), to_integer);
    add("string", "string_to_string", string(), string(), itself);
    add("string", "bool_to_string", boolean(), string(), to_text);
    add("string", "bytes_to_string", bytes(), string(), to_text);
    add("string", "double_to_string", number(), string(), to_text);
    add("string", "duration_to_string", duration(), string(), to_text);
    add("string", "int64_to_string", integer(), string(), to_text);
    add("string", "timestamp_to_string", timestamp(), string(), to_text);
    add("string", "uint64_to_string", unsigned_integer(), string(), to_text);
    add("timestamp", "timestamp_to_timestamp", timestamp(), timestamp(), itself);
    add("timestamp", "int64_to_timestamp", integer(), timestamp(), to_timestamp);
    add("timestamp", "string_to_timestamp", string(), timestamp(), to_timestamp);
    add("uint", "uint64_to_uint64", unsigned_integer(), unsigned_integer(), itself);
    add("uint", "double_to_uint64", number(), unsigned_integer(), to_unsigned);
    add("uint", "int64_to_uint64", integer(), unsigned_integer(), to_unsigned);
    add("uint", "string_to_uint64", string(), unsigned_integer(), to_unsigned);
}

}  // namespace mizzen::cel
