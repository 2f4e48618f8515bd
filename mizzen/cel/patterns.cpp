// SPDX-License-Identifier: Apache-2.0
// Patterns: what is wrong with one is a value, not an exception.
#include "mizzen/cel/patterns.hpp"

#include <fmt/format.h>

#include "mizzen/base/error.hpp"

namespace mizzen::cel {
namespace {

bool repeats(char c) { return c == '*' || c == '+' || c == '?'; }

// Where the class that begins at `at` ends; npos if it does not.
std::size_t class_end(std::string_view text, std::size_t at) {
    auto i = at + 1;
    if (i < text.size() && text[i] == '^') ++i;
    for (bool first = true; i < text.size(); first = false, ++i) {
        if (text[i] == ']' && !first) return i;
        if (text[i] == '\\') ++i;
        if (text.substr(i).starts_with("[:")) i = std::min(text.find(":]", i), text.size() - 1) + 1;
    }
    return std::string_view::npos;
}

// The most frequent mistakes in the words of Go's regexp; "" for others.
std::string known_mistake(std::string_view text) {
    int open = 0;
    bool has_operand = false, has_repeat = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (repeats(c)) {
            bool is_lazy = c == '?' && has_repeat && i > 0 && repeats(text[i - 1]);
            if (!has_operand) return fmt::format("missing argument to repetition operator: `{}`", c);
            if (has_repeat && !is_lazy)
                return fmt::format("invalid nested repetition operator: `{}`", text.substr(i - 1, 2));
            has_repeat = true;
            continue;
        }
        has_repeat = false;
        has_operand = c != '(' && c != '|';
        if (c == '\\' && i + 1 == text.size()) return "trailing backslash at end of expression: ``";
        if (c == '\\') {
            ++i;
            bool is_letter = (text[i] >= 'a' && text[i] <= 'z') || (text[i] >= 'A' && text[i] <= 'Z');
            if (is_letter && std::string_view("AzBbdDsSwWpPQEafnrtvxC").find(text[i]) == std::string_view::npos)
                return fmt::format("invalid escape sequence: `{}`", text.substr(i - 1, 2));
        } else if (c == '[') {
            auto end = class_end(text, i);
            if (end == std::string_view::npos) return fmt::format("missing closing ]: `{}`", text.substr(i));
            i = end;
        } else if (c == '(') {
            ++open;
            if (text.substr(i).starts_with("(?")) ++i;
        } else if (c == ')' && --open < 0) {
            return fmt::format("unexpected ): `{}`", text);
        }
    }
    return open > 0 ? fmt::format("missing closing ): `{}`", text) : "";
}

}  // namespace

Pattern compiled_pattern(std::string_view text) {
    try {
        return {std::make_shared<const Regex>(text), ""};
    } catch (const Error& e) {
        auto known = known_mistake(text);
        return {nullptr, "error parsing regexp: " + (known.empty() ? e.message() : known)};
    }
}

}  // namespace mizzen::cel
