// SPDX-License-Identifier: Apache-2.0
// ProtobufWire: messages as protocol buffers (protobuf.dev/programming-guides/encoding), in one pass and one buffer.
//
// The length of a message stands before it and is known after it. Room for the usual length is left, so that hardly
// ever something is moved; lengths are always as short as they can be.
#pragma once
#include <bit>
#include <cstring>
#include <span>
#include <string>

#include "mizzen/telemetry/otlp/detail/wire.hpp"

namespace mizzen::telemetry::otlp {

// Copies `from` to `to`. True if all of it is ASCII.
inline bool copy_ascii(char* to, std::string_view from) {
    constexpr std::uint64_t high_bits = 0x8080808080808080;
    const std::size_t n = from.size();
    const auto move = [&](std::size_t at, auto word) {
        std::memcpy(&word, from.data() + at, sizeof(word));
        std::memcpy(to + at, &word, sizeof(word));
        return std::uint64_t{word};
    };
    std::uint64_t seen = 0;
    if (n >= 8) {
        for (std::size_t i = 0; i + 8 < n; i += 8) seen |= move(i, std::uint64_t{});
        seen |= move(n - 8, std::uint64_t{});  // laps over the one before
    } else if (n >= 4) {
        seen = move(0, std::uint32_t{}) | move(n - 4, std::uint32_t{});
    } else {
        for (std::size_t i = 0; i < n; ++i) seen |= move(i, std::uint8_t{});
    }
    return (seen & high_bits) == 0;
}

class ProtobufWire : public WireFields<ProtobufWire> {
  public:
    // `expected` bytes, so that the buffer seldom grows.
    explicit ProtobufWire(std::size_t expected);
    ProtobufWire(const ProtobufWire&) = delete;
    ProtobufWire& operator=(const ProtobufWire&) = delete;

    // Text that is no UTF-8 is mended: each byte of no character becomes U+FFFD.
    void put_text(Field field, std::string_view value) { put_tagged_text(tag(field, delimited), value); }
    void texts(Field field, std::span<const std::string> values) {
        for (const std::string& value : values) put_text(field, value);
    }
    void put_flag(Field field, bool value) { put_uint64(field, value); }
    void put_uint32(Field field, std::uint32_t value) { put_uint64(field, value); }
    void put_sint32(Field field, std::int32_t value) {
        put_uint32(field, static_cast<std::uint32_t>(value) << 1 ^ static_cast<std::uint32_t>(value >> 31));
    }
    void put_int64(Field field, std::int64_t value) { put_uint64(field, static_cast<std::uint64_t>(value)); }
    void put_fixed32(Field field, std::uint32_t value) { end_ = put_fixed(begin(tag(field, four_bytes), 4), value); }
    void put_fixed64(Field field, std::uint64_t value) { end_ = put_fixed(begin(tag(field, eight_bytes), 8), value); }
    void put_sfixed64(Field field, std::int64_t value) { put_fixed64(field, static_cast<std::uint64_t>(value)); }
    void put_double(Field field, double value) { put_fixed64(field, std::bit_cast<std::uint64_t>(value)); }
    void put_id(Field field, const TraceId& id) {
        char* at = put_varint(begin(tag(field, delimited), 17), 16);
        end_ = put_big_endian(put_big_endian(at, id.high), id.low);
    }
    void put_id(Field field, const SpanId& id) {
        end_ = put_big_endian(put_varint(begin(tag(field, delimited), 9), 8), id.value);
    }
    // Numbers without a tag each, left out if there are none.
    void packed_fixed64(Field field, std::span<const std::uint64_t> values);
    void packed_double(Field field, std::span<const double> values);
    void packed_uint64(Field field, std::span<const std::uint64_t> values);

    // `write` tells the fields. Inline, so that the tags of small messages are constants.
    template <class Fn>
    [[gnu::always_inline]] void message(Field field, Fn&& write) {
        end_ = begin(tag(field, delimited), field.length_bytes) + field.length_bytes;
        const auto start = static_cast<std::size_t>(end_ - data_);
        write();
        set_length(start, field.length_bytes);
    }
    template <class Fn>
    void list(Field, Fn&& write_items) {
        write_items();
    }
    template <class Fn>
    [[gnu::always_inline]] void item(Field field, Fn&& write) {
        message(field, write);
    }

    // What was written. Nothing can be added after it.
    std::string take();

  private:
    enum WireType : std::uint8_t { varint = 0, eight_bytes = 1, delimited = 2, four_bytes = 5 };
    static constexpr std::size_t most_tag = 2, most_varint = 10;

    static constexpr unsigned tag(Field field, WireType type) { return field.number << 3 | type; }
    // Room for the tag and so many bytes; writes the tag. The place after it.
    char* begin(unsigned tag, std::size_t room) {
        reserve(most_tag + room);
        return put_varint(end_, tag);
    }
    void put_uint64(Field field, std::uint64_t value) {
        end_ = put_varint(begin(tag(field, varint), most_varint), value);
    }
    void put_tagged_text(unsigned tag, std::string_view value) {
        char* at = put_varint(begin(tag, most_varint + value.size()), value.size());
        if (!copy_ascii(at, value)) [[unlikely]]
            return put_other_text(tag, value);
        end_ = at + value.size();
    }
    void reserve(std::size_t room) {
        if (static_cast<std::size_t>(limit_ - end_) < room) [[unlikely]]
            grow(room);
    }
    static char* put_varint(char* at, std::uint64_t value) {
        for (; value >= 0x80; value >>= 7) *at++ = static_cast<char>(value | 0x80);
        *at++ = static_cast<char>(value);
        return at;
    }
    static std::size_t varint_size(std::uint64_t value) {
        return (static_cast<std::size_t>(std::bit_width(value | 1)) + 6) / 7;
    }
    template <class T>
    static char* put_fixed(char* at, T value) {
        for (std::size_t i = 0; i < sizeof(T); ++i, value >>= 8) at[i] = static_cast<char>(value & 0xff);
        return at + sizeof(T);
    }
    static char* put_big_endian(char* at, std::uint64_t value) { return put_fixed(at, __builtin_bswap64(value)); }
    void set_length(std::size_t start, std::size_t length_bytes) {
        const std::size_t length = static_cast<std::size_t>(end_ - data_) - start, needed = varint_size(length);
        if (needed != length_bytes) [[unlikely]]
            move_message(start, length, needed, length_bytes);
        put_varint(data_ + start - length_bytes, length);
    }
    void put_other_text(unsigned tag, std::string_view value);
    void put_bytes(unsigned tag, std::string_view value);
    void grow(std::size_t room);
    void move_message(std::size_t start, std::size_t length, std::size_t needed, std::size_t length_bytes);

    std::string out_;
    char* data_;   // where out_ begins
    char* end_;    // of what was written
    char* limit_;  // where out_ ends
};

}  // namespace mizzen::telemetry::otlp
