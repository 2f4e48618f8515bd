// SPDX-License-Identifier: Apache-2.0
// find_problem: says where and why a text is not JSON. Slower than the parser and only run after it has refused.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mizzen::json {

constexpr int max_depth = 512;  // levels of arrays and objects

struct Problem {
    std::size_t offset = 0;  // in bytes
    std::string message;     // "expected a value, got '}'"
};

// The first problem of `text` as JSON (RFC 8259), if it has one. `large_integers` receives the end offset of each
// integer that fits no 64 bits: grammatical, but not what the parser takes.
std::optional<Problem> find_problem(std::string_view text, std::vector<std::size_t>& large_integers);

// Both from 1; columns count characters.
struct TextPosition {
    int line, column;
};
TextPosition position_of(std::string_view text, std::size_t offset);
// The byte offset of a position; the end of the text where there is none.
std::size_t offset_of(std::string_view text, TextPosition);

}  // namespace mizzen::json
