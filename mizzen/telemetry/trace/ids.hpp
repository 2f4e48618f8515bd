// SPDX-License-Identifier: Apache-2.0
// TraceId, SpanId, TraceFlags: what names a trace and a span on the wire (W3C Trace Context, section 3.2).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mizzen/base/random.hpp"

namespace mizzen::telemetry {

// 16 bytes, big-endian in two halves; all zero names nothing.
struct TraceId {
    std::uint64_t high = 0;
    std::uint64_t low = 0;

    static TraceId draw(Random& random) {
        TraceId id{random(), random()};
        while (!id.is_valid()) id = {random(), random()};
        return id;
    }
    // 32 lowercase hexadecimal digits that are not all zero, or nothing.
    static std::optional<TraceId> parse(std::string_view hex);
    bool is_valid() const { return (high | low) != 0; }
    std::string to_hex() const;
    friend bool operator==(const TraceId&, const TraceId&) = default;
};

// 8 bytes, big-endian; zero names nothing.
struct SpanId {
    std::uint64_t value = 0;

    static SpanId draw(Random& random) {
        SpanId id{random()};
        while (!id.is_valid()) id = {random()};
        return id;
    }
    // 16 lowercase hexadecimal digits that are not all zero, or nothing.
    static std::optional<SpanId> parse(std::string_view hex);
    bool is_valid() const { return value != 0; }
    std::string to_hex() const;
    friend bool operator==(const SpanId&, const SpanId&) = default;
};

// The two bits that level 2 of W3C Trace Context defines; the others travel no further.
struct TraceFlags {
    static constexpr std::uint8_t sampled_bit = 0x01, random_bit = 0x02, known = sampled_bit | random_bit;

    std::uint8_t bits = 0;
    bool is_sampled() const { return (bits & sampled_bit) != 0; }
    // The last 7 bytes of the trace id are random.
    bool is_random() const { return (bits & random_bit) != 0; }
    TraceFlags with_sampled(bool sampled) const {
        return {static_cast<std::uint8_t>(sampled ? bits | sampled_bit : bits & ~sampled_bit)};
    }
    friend bool operator==(const TraceFlags&, const TraceFlags&) = default;
};

// 1 to 16 hexadecimal digits as a number, lowercase only unless `any_case`; nothing if there are others, none or more.
std::optional<std::uint64_t> parse_hex(std::string_view digits, bool any_case = false);
// Appends `value` as so many lowercase digits.
void append_hex(std::string& out, std::uint64_t value, int digits);

}  // namespace mizzen::telemetry
