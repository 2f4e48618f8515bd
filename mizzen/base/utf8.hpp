// SPDX-License-Identifier: Apache-2.0
// UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF.
#pragma once
#include <string>
#include <string_view>

namespace mizzen {

// The length in bytes, 1 to 4, of the character at `pos`; 0 if there is none or it is not well-formed.
std::size_t utf8_length_at(std::string_view text, std::size_t pos);
// That character's code point; U+FFFD where utf8_length_at says 0.
char32_t utf8_character_at(std::string_view text, std::size_t pos);
bool is_utf8(std::string_view text);
// `text` with each byte that belongs to no well-formed character replaced by U+FFFD.
std::string to_valid_utf8(std::string_view text);

}  // namespace mizzen
