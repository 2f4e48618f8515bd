// SPDX-License-Identifier: Apache-2.0
// Protocol buffers, written by field number (protobuf.dev/programming-guides/encoding).
#pragma once
#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

namespace mizzen::telemetry {

// The fields of one message, in the order they are added.
class ProtobufWriter {
  public:
    void varint(unsigned field, std::uint64_t value) {
        tag(field, 0);
        append_varint(value);
    }
    // sint32, sint64: small negative numbers stay short.
    void zigzag(unsigned field, std::int64_t value) {
        varint(field, (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
    }
    void float64(unsigned field, double value) {
        tag(field, 1);
        auto bits = std::bit_cast<std::uint64_t>(value);
        for (int i = 0; i < 8; ++i, bits >>= 8) bytes_ += static_cast<char>(bits & 0xff);
    }
    void bytes(unsigned field, std::string_view value) {
        tag(field, 2);
        delimited(value);
    }
    void message(unsigned field, const ProtobufWriter& message) { bytes(field, message.bytes_); }
    // Without a tag: the length, then the bytes.
    void delimited(std::string_view value) {
        append_varint(value.size());
        bytes_ += value;
    }
    void clear() { bytes_.clear(); }
    const std::string& str() const { return bytes_; }
    std::string take() { return std::move(bytes_); }

  private:
    void tag(unsigned field, unsigned wire_type) { append_varint(std::uint64_t{field} << 3 | wire_type); }
    void append_varint(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7) bytes_ += static_cast<char>(value | 0x80);
        bytes_ += static_cast<char>(value);
    }
    std::string bytes_;
};

}  // namespace mizzen::telemetry
