// SPDX-License-Identifier: Apache-2.0
// Numbers and texts: the few places where Go differs from to_chars.
#include "mizzen/cel/go_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "mizzen/base/text.hpp"
#include "mizzen/base/utf8.hpp"

namespace mizzen::cel {

std::string go_float(double n) {
    if (std::isnan(n)) return "NaN";
    if (std::isinf(n)) return n > 0 ? "+Inf" : "-Inf";
    double size = std::fabs(n);
    auto style = size != 0 && (size < 1e-4 || size >= 1e6) ? std::chars_format::scientific : std::chars_format::fixed;
    std::array<char, 400> buffer{};
    return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), n, style).ptr};
}

std::optional<double> parse_go_float(std::string_view text) {
    bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) text.remove_prefix(1);
    auto lower = to_lower(text);
    if (lower == "inf" || lower == "infinity") return negative ? -HUGE_VAL : HUGE_VAL;
    if (lower == "nan") return std::nan("");
    if (text.empty() || text[0] == '-' || text[0] == '+') return std::nullopt;
    double n = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (end != text.data() + text.size()) return std::nullopt;
    if (error != std::errc()) {
        bool is_small = lower.find("e-") != std::string::npos;
        return is_small ? std::optional(negative ? -0.0 : 0.0) : std::nullopt;
    }
    return negative ? -n : n;
}

std::string go_quote(std::string_view text) {
    std::string out = "\"";
    for (std::size_t at = 0; at < text.size();) {
        auto size = utf8_length_at(text, at);
        auto c = size == 0 ? static_cast<char32_t>(static_cast<unsigned char>(text[at])) : utf8_character_at(text, at);
        constexpr std::string_view plain = "\a\b\f\n\r\t\v\\\"", codes = "abfnrtv\\\"";
        auto code = c < 0x80 && c != 0 ? plain.find(static_cast<char>(c)) : std::string_view::npos;
        if (code != std::string_view::npos)
            out.append("\\").append(1, codes[code]);
        else if (size == 0 || c < ' ' || c == 0x7f)
            out += fmt::format("\\x{:02x}", static_cast<unsigned>(c));
        else if ((c >= 0x80 && c <= 0xa0) || c == 0xad || c == 0x2028 || c == 0x2029 || c == 0xfeff)
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        else
            out += text.substr(at, size);
        at += std::max<std::size_t>(size, 1);
    }
    return out + '"';
}

}  // namespace mizzen::cel
