// SPDX-License-Identifier: Apache-2.0
// UTF-8 checks, by the table of well-formed byte sequences in RFC 3629, section 4.
#include "mizzen/base/utf8.hpp"

namespace mizzen {
namespace {

struct Lead {
    std::size_t length;
    unsigned char second_min, second_max;
};

constexpr Lead lead(unsigned char c) {
    if (c < 0x80) return {1, 0, 0};
    if (c < 0xc2) return {0, 0, 0};
    if (c < 0xe0) return {2, 0x80, 0xbf};
    if (c == 0xe0) return {3, 0xa0, 0xbf};
    if (c == 0xed) return {3, 0x80, 0x9f};
    if (c < 0xf0) return {3, 0x80, 0xbf};
    if (c == 0xf0) return {4, 0x90, 0xbf};
    if (c < 0xf4) return {4, 0x80, 0xbf};
    if (c == 0xf4) return {4, 0x80, 0x8f};
    return {0, 0, 0};
}

}  // namespace

std::size_t utf8_length_at(std::string_view text, std::size_t pos) {
    if (pos >= text.size()) return 0;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[pos + i]); };
    const Lead l = lead(byte(0));
    if (l.length <= 1) return l.length;
    if (text.size() - pos < l.length || byte(1) < l.second_min || byte(1) > l.second_max) return 0;
    for (std::size_t i = 2; i < l.length; ++i)
        if ((byte(i) & 0xc0) != 0x80) return 0;
    return l.length;
}

char32_t utf8_character_at(std::string_view text, std::size_t pos) {
    const std::size_t n = utf8_length_at(text, pos);
    if (n == 0) return 0xfffd;
    const auto first = static_cast<unsigned char>(text[pos]);
    if (n == 1) return first;
    char32_t c = first & (0xffu >> (n + 1));
    for (std::size_t i = 1; i < n; ++i) c = (c << 6) | (static_cast<unsigned char>(text[pos + i]) & 0x3fu);
    return c;
}

bool is_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t n = utf8_length_at(text, i);
        if (n == 0) return false;
        i += n;
    }
    return true;
}

std::string to_valid_utf8(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t n = utf8_length_at(text, i);
        n == 0 ? out.append("\xef\xbf\xbd") : out.append(text.substr(i, n));
        i += n == 0 ? 1 : n;
    }
    return out;
}

}  // namespace mizzen
