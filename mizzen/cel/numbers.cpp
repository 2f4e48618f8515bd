// SPDX-License-Identifier: Apache-2.0
// Numbers: the few places where Go differs from to_chars.
#include "mizzen/cel/numbers.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "mizzen/base/text.hpp"

namespace mizzen::cel {

std::string go_float(double n) {
    if (std::isnan(n)) return "NaN";
    if (std::isinf(n)) return n > 0 ? "+Inf" : "-Inf";
    double size = std::fabs(n);
    auto style = size != 0 && (size < 1e-4 || size >= 1e21) ? std::chars_format::scientific : std::chars_format::fixed;
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

}  // namespace mizzen::cel
