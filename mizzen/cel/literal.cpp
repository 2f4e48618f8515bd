// SPDX-License-Identifier: Apache-2.0
// Literals: escapes and numbers.
#include "mizzen/cel/literal.hpp"

#include <charconv>
#include <cmath>

namespace mizzen::cel {
namespace {

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    return (c | 0x20) - 'a' + 10;
}

bool is_scalar(char32_t c) { return c <= 0x10ffff && (c < 0xd800 || c >= 0xe000); }

char plain_escape(char c) {
    switch (c) {
        case 'a':
            return '\a';
        case 'b':
            return '\b';
        case 'f':
            return '\f';
        case 'n':
            return '\n';
        case 'r':
            return '\r';
        case 't':
            return '\t';
        case 'v':
            return '\v';
        default:
            return c;
    }
}

std::string with_plain_breaks(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
        out += text[i] == '\r' ? '\n' : text[i];
    }
    return out;
}

// Replaces the escape at `at` and moves behind it; the lexer has seen that it is well-formed.
bool replace_escape(std::string_view text, std::size_t& at, std::string& out, bool is_bytes) {
    char c = text[at + 1];
    bool is_octal = c >= '0' && c <= '3';
    std::size_t digits = c == 'x' || c == 'X' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    if (!is_octal && digits == 0) {
        out += plain_escape(c);
        at += 2;
        return true;
    }
    if (is_bytes && digits > 2) return false;
    char32_t code = 0;
    auto begin = is_octal ? at + 1 : at + 2;
    auto count = is_octal ? 3 : digits;
    for (std::size_t i = 0; i < count; ++i)
        code = code * (is_octal ? 8 : 16) + static_cast<char32_t>(hex_value(text[begin + i]));
    at = begin + count;
    if (is_bytes) {
        out += static_cast<char>(code);
        return true;
    }
    if (!is_scalar(code)) return false;
    append_utf8(out, code);
    return true;
}

template <class T>
std::optional<T> whole(std::string_view text) {
    bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    int base = text.starts_with("0x") ? 16 : 10;
    std::string digits(base == 16 ? text.substr(2) : text);
    if (negative) digits.insert(0, "-");
    T value{};
    auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    bool well = error == std::errc() && end == digits.data() + digits.size();
    return well ? std::optional(value) : std::nullopt;
}

}  // namespace

void append_utf8(std::string& out, char32_t code) {
    auto put = [&](char32_t byte) { out += static_cast<char>(byte); };
    if (code < 0x80) return put(code);
    if (code < 0x800) {
        put(0xc0 | code >> 6);
    } else if (code < 0x10000) {
        put(0xe0 | code >> 12);
        put(0x80 | (code >> 6 & 0x3f));
    } else {
        put(0xf0 | code >> 18);
        put(0x80 | (code >> 12 & 0x3f));
        put(0x80 | (code >> 6 & 0x3f));
    }
    put(0x80 | (code & 0x3f));
}

Unescaped unescape(std::string_view quoted, bool is_bytes) {
    auto normal = with_plain_breaks(quoted);
    std::string_view text = normal;
    bool is_raw = text[0] == 'r' || text[0] == 'R';
    if (is_raw) text.remove_prefix(1);
    bool is_long = text.size() >= 6 && (text.starts_with("\"\"\"") || text.starts_with("'''"));
    std::size_t quotes = is_long ? 3 : 1;
    text = text.substr(quotes, text.size() - 2 * quotes);
    if (is_raw) return {std::string(text), ""};
    Unescaped out;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] != '\\') {
            out.text += text[at++];
        } else if (!replace_escape(text, at, out.text, is_bytes)) {
            out.problem = is_bytes ? "unable to unescape string" : "invalid unicode code point";
            return out;
        }
    }
    return out;
}

std::optional<std::int64_t> integer_literal(std::string_view text) { return whole<std::int64_t>(text); }
std::optional<std::uint64_t> unsigned_literal(std::string_view text) { return whole<std::uint64_t>(text); }

std::optional<double> number_literal(std::string_view text) {
    double value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc()) return value;
    // Too small is zero, too large is nothing; from_chars does not tell them apart.
    auto exponent = text.find_first_of("eE");
    bool is_small = exponent != std::string_view::npos && text.substr(exponent).find('-') != std::string_view::npos;
    return is_small ? std::optional(0.0) : std::nullopt;
}

}  // namespace mizzen::cel
