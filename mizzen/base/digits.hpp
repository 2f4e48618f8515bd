// SPDX-License-Identifier: Apache-2.0
// The steps of small hand-written parsers: each takes something from the front of `text`, or says that it is not there.
#pragma once
#include <optional>
#include <string_view>

namespace mizzen {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr bool take_char(std::string_view& text, char c) {
    if (text.empty() || text[0] != c) return false;
    text.remove_prefix(1);
    return true;
}

// Exactly `n` decimal digits (n <= 9).
constexpr std::optional<int> take_digits(std::string_view& text, std::size_t n) {
    if (text.size() < n) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < n; ++i) {
        if (!is_digit(text[i])) return std::nullopt;
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(n);
    return value;
}

}  // namespace mizzen
