// SPDX-License-Identifier: Apache-2.0
// OTLP's JSON, value by value.
#include "mizzen/telemetry/otlp/detail/json_wire.hpp"

#include <charconv>
#include <cmath>
#include <concepts>
#include <iterator>
#include <utility>

#include "mizzen/json/json.hpp"

namespace mizzen::telemetry::otlp {
namespace {

void append_integer(std::string& out, std::integral auto value) {
    char digits[24];
    out.append(digits, std::to_chars(std::begin(digits), std::end(digits), value).ptr);
}

void append_quoted(std::string& out, std::integral auto value) {
    out += '"';
    append_integer(out, value);
    out += '"';
}

}  // namespace

std::string JsonWire::take() {
    out_ += '}';
    return std::move(out_);
}

void JsonWire::key(Field field) {
    if (out_.back() != '{') out_ += ',';
    out_ += '"';
    out_ += field.name;
    out_ += "\":";
}

void JsonWire::number(double value) {
    if (std::isfinite(value)) {
        json::write(out_, value);
    } else {
        out_ += std::isnan(value) ? "\"NaN\"" : value > 0 ? "\"Infinity\"" : "\"-Infinity\"";
    }
}

void JsonWire::put_text(Field field, std::string_view value) {
    key(field);
    json::write_string(out_, value);
}

void JsonWire::put_flag(Field field, bool value) {
    key(field);
    out_ += value ? "true" : "false";
}

void JsonWire::put_uint32(Field field, std::uint32_t value) {
    key(field);
    append_integer(out_, value);
}

void JsonWire::put_sint32(Field field, std::int32_t value) {
    key(field);
    append_integer(out_, value);
}

void JsonWire::put_int64(Field field, std::int64_t value) {
    key(field);
    append_quoted(out_, value);
}

void JsonWire::put_fixed64(Field field, std::uint64_t value) {
    key(field);
    append_quoted(out_, value);
}

void JsonWire::put_double(Field field, double value) {
    key(field);
    number(value);
}

void JsonWire::put_id(Field field, const TraceId& id) {
    key(field);
    out_ += '"';
    append_hex(out_, id.high, 16);
    append_hex(out_, id.low, 16);
    out_ += '"';
}

void JsonWire::put_id(Field field, const SpanId& id) {
    key(field);
    out_ += '"';
    append_hex(out_, id.value, 16);
    out_ += '"';
}

void JsonWire::texts(Field field, std::span<const std::string> values) {
    if (values.empty()) return;
    key(field);
    for (std::size_t i = 0; i < values.size(); ++i) {
        out_ += i == 0 ? '[' : ',';
        json::write_string(out_, values[i]);
    }
    out_ += ']';
}

void JsonWire::packed_fixed64(Field field, std::span<const std::uint64_t> values) {
    if (values.empty()) return;
    key(field);
    for (std::size_t i = 0; i < values.size(); ++i) {
        out_ += i == 0 ? '[' : ',';
        append_quoted(out_, values[i]);
    }
    out_ += ']';
}

void JsonWire::packed_double(Field field, std::span<const double> values) {
    if (values.empty()) return;
    key(field);
    for (std::size_t i = 0; i < values.size(); ++i) {
        out_ += i == 0 ? '[' : ',';
        number(values[i]);
    }
    out_ += ']';
}

}  // namespace mizzen::telemetry::otlp
