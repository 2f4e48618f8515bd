// SPDX-License-Identifier: Apache-2.0
// JsonWire: messages in OTLP's JSON, straight into one text.
//
// Protobuf's JSON mapping with OTLP's exceptions: ids are hexadecimal, enumerations are numbers, names are
// lowerCamelCase. 64-bit integers are texts; numbers that are not finite are "NaN", "Infinity" and "-Infinity".
// Source: OTLP specification, JSON Protobuf Encoding.
#pragma once
#include <span>
#include <string>

#include "mizzen/telemetry/otlp/detail/wire.hpp"

namespace mizzen::telemetry::otlp {

class JsonWire : public WireFields<JsonWire> {
  public:
    explicit JsonWire(std::size_t expected) {
        out_.reserve(expected);
        out_ += '{';
    }

    void put_text(Field field, std::string_view value);
    void put_flag(Field field, bool value);
    void put_uint32(Field field, std::uint32_t value);
    void put_sint32(Field field, std::int32_t value);
    void put_int64(Field field, std::int64_t value);
    void put_fixed32(Field field, std::uint32_t value) { put_uint32(field, value); }
    void put_fixed64(Field field, std::uint64_t value);
    void put_sfixed64(Field field, std::int64_t value) { put_int64(field, value); }
    void put_double(Field field, double value);
    void put_id(Field field, const TraceId& id);
    void put_id(Field field, const SpanId& id);
    // All of them under one name, left out if there are none.
    void texts(Field field, std::span<const std::string> values);
    void packed_fixed64(Field field, std::span<const std::uint64_t> values);
    void packed_double(Field field, std::span<const double> values);
    void packed_uint64(Field field, std::span<const std::uint64_t> values) { packed_fixed64(field, values); }

    template <class Fn>
    void message(Field field, Fn&& write) {
        key(field);
        braced(write);
    }
    // Left out if `write_items` wrote none.
    template <class Fn>
    void list(Field field, Fn&& write_items) {
        const std::size_t before = out_.size();
        key(field);
        out_ += '[';
        write_items();
        if (out_.back() == '[')
            out_.resize(before);
        else
            out_ += ']';
    }
    template <class Fn>
    void item(Field, Fn&& write) {
        if (out_.back() != '[') out_ += ',';
        braced(write);
    }

    // What was written. Nothing can be added after it.
    std::string take();

  private:
    template <class Fn>
    void braced(Fn&& write) {
        out_ += '{';
        write();
        out_ += '}';
    }
    void key(Field field);
    void number(double value);

    std::string out_;
};

}  // namespace mizzen::telemetry::otlp
