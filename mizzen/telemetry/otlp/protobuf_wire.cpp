// SPDX-License-Identifier: Apache-2.0
// Protocol buffers: what happens seldom.
#include "mizzen/telemetry/otlp/detail/protobuf_wire.hpp"

#include <algorithm>
#include <utility>

#include "mizzen/base/utf8.hpp"

namespace mizzen::telemetry::otlp {

ProtobufWire::ProtobufWire(std::size_t expected)
    : out_(expected, '\0'), data_(out_.data()), end_(data_), limit_(data_ + out_.size()) {}

std::string ProtobufWire::take() {
    out_.resize(static_cast<std::size_t>(end_ - data_));
    return std::move(out_);
}

void ProtobufWire::put_other_text(unsigned tag, std::string_view value) {
    if (is_utf8(value)) return put_bytes(tag, value);
    put_bytes(tag, to_valid_utf8(value));
}

void ProtobufWire::put_bytes(unsigned tag, std::string_view value) {
    char* at = put_varint(begin(tag, most_varint + value.size()), value.size());
    std::memcpy(at, value.data(), value.size());
    end_ = at + value.size();
}

void ProtobufWire::packed_fixed64(Field field, std::span<const std::uint64_t> values) {
    if (values.empty()) return;
    char* at = put_varint(begin(tag(field, delimited), most_varint + 8 * values.size()), 8 * values.size());
    for (const std::uint64_t value : values) at = put_fixed(at, value);
    end_ = at;
}

void ProtobufWire::packed_double(Field field, std::span<const double> values) {
    if (values.empty()) return;
    char* at = put_varint(begin(tag(field, delimited), most_varint + 8 * values.size()), 8 * values.size());
    for (const double value : values) at = put_fixed(at, std::bit_cast<std::uint64_t>(value));
    end_ = at;
}

void ProtobufWire::packed_uint64(Field field, std::span<const std::uint64_t> values) {
    if (values.empty()) return;
    std::size_t length = 0;
    for (const std::uint64_t value : values) length += varint_size(value);
    char* at = put_varint(begin(tag(field, delimited), most_varint + length), length);
    for (const std::uint64_t value : values) at = put_varint(at, value);
    end_ = at;
}

void ProtobufWire::grow(std::size_t room) {
    const auto used = static_cast<std::size_t>(end_ - data_);
    out_.resize(std::max(2 * out_.size(), used + room + 64));
    data_ = out_.data();
    end_ = data_ + used;
    limit_ = data_ + out_.size();
}

void ProtobufWire::move_message(std::size_t start, std::size_t length, std::size_t needed, std::size_t length_bytes) {
    if (needed > length_bytes) reserve(needed - length_bytes);
    char* const to = data_ + start - length_bytes + needed;
    std::memmove(to, data_ + start, length);
    end_ = to + length;
}

}  // namespace mizzen::telemetry::otlp
