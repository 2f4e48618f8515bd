// SPDX-License-Identifier: Apache-2.0
// Addresses and prefixes: read by hand, because rules about leading zeros and IPv4 in IPv6 differ from what inet_pton
// accepts.
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

#include "mizzen/apiserver/kinds/text_rules.hpp"

namespace mizzen::apiserver {
namespace {

struct Address {
    std::array<std::uint8_t, 16> bytes{};
    int size = 0;  // 4 or 16
    bool leading_zeros = false;
    bool mapped = false;  // ::ffff:1.2.3.4 written with dots or not
};

std::optional<unsigned> number(std::string_view text, int base, unsigned most) {
    unsigned value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || value > most) return std::nullopt;
    return value;
}

bool read_v4(std::string_view text, std::uint8_t* out, bool& leading_zeros) {
    for (int i = 0; i < 4; ++i) {
        auto dot = i < 3 ? text.find('.') : text.size();
        if (dot == std::string_view::npos) return false;
        auto part = text.substr(0, dot);
        auto value = number(part, 10, 255);
        if (!value) return false;
        if (part.size() > 1 && part[0] == '0') leading_zeros = true;
        out[i] = static_cast<std::uint8_t>(*value);
        text.remove_prefix(std::min(text.size(), dot + 1));
    }
    return true;
}

// The 16-bit groups of one side of "::".
bool read_groups(std::string_view text, std::array<std::uint8_t, 16>& out, int& n, bool& leading_zeros) {
    while (!text.empty()) {
        auto colon = text.find(':');
        auto part = text.substr(0, colon);
        if (part.find('.') != std::string_view::npos) {
            if (colon != std::string_view::npos || n > 12 || !read_v4(part, out.data() + n, leading_zeros))
                return false;
            n += 4;
            return true;
        }
        auto value = part.size() <= 4 ? number(part, 16, 0xffff) : std::nullopt;
        if (!value || n > 14) return false;
        out[n++] = static_cast<std::uint8_t>(*value >> 8);
        out[n++] = static_cast<std::uint8_t>(*value & 0xff);
        if (colon == std::string_view::npos) return true;
        text.remove_prefix(colon + 1);
        if (text.empty()) return false;
    }
    return true;
}

std::optional<Address> read_v6(std::string_view text) {
    Address a{.size = 16};
    auto gap = text.find("::");
    int n = 0;
    if (gap == std::string_view::npos) {
        if (!read_groups(text, a.bytes, n, a.leading_zeros) || n != 16) return std::nullopt;
    } else {
        std::array<std::uint8_t, 16> tail{};
        int m = 0;
        if (!read_groups(text.substr(0, gap), a.bytes, n, a.leading_zeros)) return std::nullopt;
        if (!read_groups(text.substr(gap + 2), tail, m, a.leading_zeros) || n + m > 14) return std::nullopt;
        for (int i = 0; i < m; ++i) a.bytes[16 - m + i] = tail[i];
    }
    a.mapped = a.bytes[10] == 0xff && a.bytes[11] == 0xff;
    for (int i = 0; i < 10; ++i) a.mapped = a.mapped && a.bytes[i] == 0;
    return a;
}

std::optional<Address> read_address(std::string_view text) {
    if (text.find(':') != std::string_view::npos) return read_v6(text);
    Address a{.size = 4};
    if (!read_v4(text, a.bytes.data(), a.leading_zeros)) return std::nullopt;
    return a;
}

bool has_bits_beyond(const Address& a, unsigned prefix) {
    for (unsigned bit = prefix; bit < static_cast<unsigned>(a.size) * 8; ++bit) {
        if (a.bytes[bit / 8] >> (7 - bit % 8) & 1) return true;
    }
    return false;
}

}  // namespace

bool is_ipv4(std::string_view text) {
    auto a = read_address(text);
    return a && (a->size == 4 || a->mapped);
}

bool is_ipv6(std::string_view text) {
    auto a = read_address(text);
    return a && a->size == 16 && !a->mapped;
}

Complaints ip_address(std::string_view text, bool strict) {
    auto a = read_address(text);
    if (!a) return {"must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"};
    Complaints out;
    if (strict && a->leading_zeros) out.emplace_back("must not have leading 0s");
    if (strict && a->mapped) out.emplace_back("must not be an IPv4-mapped IPv6 address");
    return out;
}

Complaints cidr(std::string_view text, bool strict) {
    auto slash = text.find('/');
    auto a = read_address(text.substr(0, slash));
    auto bits = slash == std::string_view::npos ? std::string_view() : text.substr(slash + 1);
    auto prefix = a ? number(bits, 10, static_cast<unsigned>(a->size) * 8) : std::nullopt;
    if (!prefix) return {"must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"};
    if (!strict) return {};
    if (a->leading_zeros || (bits.size() > 1 && bits[0] == '0')) {
        return {"must not have leading 0s in IP or prefix length"};
    }
    if (a->mapped) return {"must not have an IPv4-mapped IPv6 address"};
    if (has_bits_beyond(*a, *prefix)) return {"must not have bits set beyond the prefix length"};
    return {};
}

}  // namespace mizzen::apiserver
