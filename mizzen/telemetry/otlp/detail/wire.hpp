// SPDX-License-Identifier: Apache-2.0
// Field: what a member of an OTLP message is called in each encoding; what the writers of both encodings share.
//
// A message is described once, as a function template that tells its fields to a writer, in the order of their numbers.
// ProtobufWire and JsonWire turn the same calls into bytes.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "mizzen/telemetry/trace/ids.hpp"

namespace mizzen::telemetry::otlp {

struct Field {
    unsigned number;        // protobuf: 1 to 2047
    std::string_view name;  // JSON: lowerCamelCase, nothing to escape
    // Of a message: how many bytes its length usually takes. Another length costs a move of the message.
    std::size_t length_bytes = 1;
};

// The calls for fields without presence, which proto3 leaves out when they are zero or empty, in terms of `Wire`'s own
// calls put_…, which write whatever the value is: those are for members of a oneof and for optional fields.
template <class Wire>
class WireFields {
  public:
    void text(Field field, std::string_view value) {
        if (!value.empty()) wire().put_text(field, value);
    }
    void flag(Field field, bool value) {
        if (value) wire().put_flag(field, value);
    }
    void uint32(Field field, std::uint32_t value) {
        if (value != 0) wire().put_uint32(field, value);
    }
    void sint32(Field field, std::int32_t value) {
        if (value != 0) wire().put_sint32(field, value);
    }
    void fixed32(Field field, std::uint32_t value) {
        if (value != 0) wire().put_fixed32(field, value);
    }
    void fixed64(Field field, std::uint64_t value) {
        if (value != 0) wire().put_fixed64(field, value);
    }
    void id(Field field, const TraceId& value) {
        if (value.is_valid()) wire().put_id(field, value);
    }
    void id(Field field, const SpanId& value) {
        if (value.is_valid()) wire().put_id(field, value);
    }
    // A message for each of `all`; `write_item` tells its fields.
    template <class Range, class Fn>
    void each(Field field, const Range& all, Fn&& write_item) {
        wire().list(field, [&] {
            for (const auto& one : all) wire().item(field, [&] { write_item(one); });
        });
    }

  private:
    Wire& wire() { return static_cast<Wire&>(*this); }
};

}  // namespace mizzen::telemetry::otlp
