// SPDX-License-Identifier: Apache-2.0
// Regex: regular expressions in RE2's syntax whose running time is bounded, for patterns and texts that strangers
// wrote.
#pragma once
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace mizzen {

// Matches in time proportional to the text times the pattern, never more: there is no backtracking.
//
// Understands what OpenAPI patterns and Prometheus matchers use of https://github.com/google/re2/wiki/Syntax: literals,
// ., classes with ranges, negation and [:alpha:] names, \d \w \s \D \W \S, \b \B, ^ $ \A \z, groups (capturing or not,
// the flags i m s),
// |, * + ? {n} {n,} {n,m} and their lazy forms (which match the same texts). Not: back references, look-around, \p, \C,
// \Q. Characters are Unicode code points; a byte that is not UTF-8 counts as U+FFFD. Without the flag i, letters match
// as written; with it, only ASCII letters fold.
class Regex {
  public:
    // Throws Error(invalid) that names the pattern, the position and what is wrong; also where it repeats more than
    // 1000 times or would need more than 20'000 steps.
    explicit Regex(std::string_view pattern);

    // Whether the pattern matches somewhere in `text`.
    bool search(std::string_view text) const;
    // Whether it matches all of `text`, as if it were written ^(?:pattern)$.
    bool matches(std::string_view text) const;

    using Range = std::pair<char32_t, char32_t>;
    struct Step {
        enum class Op : std::uint8_t {
            set,
            split,
            jump,
            text_begin,
            text_end,
            line_begin,
            line_end,
            word_edge,
            no_word_edge,
            match
        };
        Op op;
        std::uint32_t x = 0, y = 0;  // set: its index; split: both ways; jump: where to
    };

  private:
    bool run(std::string_view text, bool whole) const;

    std::vector<std::vector<Range>> sets_;  // sorted, without overlaps
    std::vector<Step> steps_;
};

}  // namespace mizzen
