// SPDX-License-Identifier: Apache-2.0
// Identifiers are drawn, read and written.
#include "mizzen/telemetry/trace/ids.hpp"

namespace mizzen::telemetry {

std::optional<TraceId> TraceId::parse(std::string_view hex) {
    if (hex.size() != 32) return std::nullopt;
    const auto high = parse_hex(hex.substr(0, 16)), low = parse_hex(hex.substr(16));
    if (!high || !low || (*high | *low) == 0) return std::nullopt;
    return TraceId{*high, *low};
}

std::string TraceId::to_hex() const {
    std::string out;
    append_hex(out, high, 16);
    append_hex(out, low, 16);
    return out;
}

std::optional<SpanId> SpanId::parse(std::string_view hex) {
    if (hex.size() != 16) return std::nullopt;
    const auto value = parse_hex(hex);
    if (!value || *value == 0) return std::nullopt;
    return SpanId{*value};
}

std::string SpanId::to_hex() const {
    std::string out;
    append_hex(out, value, 16);
    return out;
}

std::optional<std::uint64_t> parse_hex(std::string_view digits, bool any_case) {
    if (digits.empty() || digits.size() > 16) return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : digits) {
        unsigned digit = 0;
        if (c >= '0' && c <= '9') {
            digit = static_cast<unsigned>(c - '0');
        } else if (c >= 'a' && c <= 'f') {
            digit = static_cast<unsigned>(c - 'a') + 10;
        } else if (any_case && c >= 'A' && c <= 'F') {
            digit = static_cast<unsigned>(c - 'A') + 10;
        } else {
            return std::nullopt;
        }
        value = value << 4 | digit;
    }
    return value;
}

void append_hex(std::string& out, std::uint64_t value, int digits) {
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) out += "0123456789abcdef"[value >> shift & 0xf];
}

}  // namespace mizzen::telemetry
