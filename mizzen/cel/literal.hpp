// SPDX-License-Identifier: Apache-2.0
// The values of literals as they are written.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace mizzen::cel {

// What a quoted text stands for, or why it stands for nothing. `quoted` has its prefix r and its quotes, but no b.
struct Unescaped {
    std::string text;
    std::string_view problem;  // "" if there is none
};
Unescaped unescape(std::string_view quoted, bool is_bytes);

// "12", "-0x1f"; nothing where it does not fit 64 bits.
std::optional<std::int64_t> integer_literal(std::string_view text);
std::optional<std::uint64_t> unsigned_literal(std::string_view text);
// Nothing where it is too large for a double.
std::optional<double> number_literal(std::string_view text);

// Adds the UTF-8 of a code point.
void append_utf8(std::string& out, char32_t code);

}  // namespace mizzen::cel
