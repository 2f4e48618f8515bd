// SPDX-License-Identifier: Apache-2.0
// A plain recursive-descent check of the JSON grammar, for the sake of its messages.
#include "mizzen/json/problem.hpp"

#include <charconv>
#include <cmath>
#include <cstdlib>

#include "mizzen/base/digits.hpp"
#include "mizzen/base/utf8.hpp"

namespace mizzen::json {
namespace {

bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// Each function reads one thing of the grammar from pos_ and returns false once there is a problem.
class Check {
  public:
    Check(std::string_view text, std::vector<std::size_t>& large_integers)
        : text_(text), large_integers_(large_integers) {}

    std::optional<Problem> document() {
        if (value(0) && !at_end()) fail("expected the end of the document");
        return problem_;
    }

  private:
    bool fail(std::string expected) { return fail(pos_, std::move(expected) + ", got " + here()); }
    bool fail(std::size_t offset, std::string message) {
        problem_ = Problem{offset, std::move(message)};
        return false;
    }

    std::string here() const {
        if (pos_ >= text_.size()) return "the end of the text";
        const std::size_t n = utf8_length_at(text_, pos_);
        if (n == 0) return "a byte that is not UTF-8";
        const auto c = static_cast<unsigned char>(text_[pos_]);
        return c < ' ' || c == 0x7f ? "a control character" : "'" + std::string(text_.substr(pos_, n)) + "'";
    }

    char peek() const { return pos_ < text_.size() ? text_[pos_] : '\0'; }
    void skip_space() { pos_ = std::min(text_.find_first_not_of(" \t\r\n", pos_), text_.size()); }
    bool at_end() {
        skip_space();
        return pos_ == text_.size();
    }
    bool take(char c) {
        skip_space();
        if (pos_ >= text_.size() || text_[pos_] != c) return false;
        ++pos_;
        return true;
    }

    bool value(int depth) {
        skip_space();
        const char c = peek();
        if ((c == '{' || c == '[') && depth == max_depth)
            return fail(pos_, "nested more than " + std::to_string(max_depth) + " levels deep");
        if (c == '{') return object(depth + 1);
        if (c == '[') return array(depth + 1);
        if (c == '"') return string();
        if (c == '-' || is_digit(c)) return number();
        return word("true") || word("false") || word("null") || fail("expected a value");
    }

    bool word(std::string_view w) {
        if (!text_.substr(pos_).starts_with(w)) return false;
        pos_ += w.size();
        return true;
    }

    bool object(int depth) {
        ++pos_;
        if (take('}')) return true;
        do {
            skip_space();
            if (peek() != '"') return fail("expected a member name in quotes");
            if (!string()) return false;
            if (!take(':')) return fail("expected ':' after the member name");
            if (!value(depth)) return false;
        } while (take(','));
        return take('}') || fail("expected ',' or '}'");
    }

    bool array(int depth) {
        ++pos_;
        if (take(']')) return true;
        do
            if (!value(depth)) return false;
        while (take(','));
        return take(']') || fail("expected ',' or ']'");
    }

    bool string() {
        const std::size_t start = pos_++;
        while (pos_ < text_.size()) {
            const char c = text_[pos_];
            const std::size_t n = utf8_length_at(text_, pos_);
            if (n == 0) return fail(pos_, "a string has a byte that is not UTF-8");
            if (static_cast<unsigned char>(c) < ' ')
                return fail(pos_, "a string has a control character; write it as an escape such as \\n");
            if (c == '\\' && !escape()) return false;
            if (c != '\\') pos_ += n;
            if (c == '"') return true;
        }
        return fail(start, "a string is not closed");
    }

    bool escape() {
        const std::size_t start = pos_++;
        const char c = peek();
        if (c != 'u') {
            if (pos_ >= text_.size() || std::string_view("\"\\/bfnrt").find(c) == std::string_view::npos)
                return fail(start, "a string has an unknown escape");
            ++pos_;
            return true;
        }
        const int unit = code_unit();
        if (unit < 0) return fail(start, "expected four hexadecimal digits after \\u");
        if (unit >= 0xdc00 && unit < 0xe000) return fail(start, "half of a surrogate pair");
        if (unit < 0xd800 || unit >= 0xdc00) return true;
        if (peek() == '\\') ++pos_;
        const int low = peek() == 'u' ? code_unit() : -1;
        return (low >= 0xdc00 && low < 0xe000) || fail(start, "half of a surrogate pair");
    }

    // "uXXXX" at pos_, or -1.
    int code_unit() {
        const std::string_view digits = text_.substr(std::min(pos_ + 1, text_.size())).substr(0, 4);
        if (digits.size() != 4) return -1;
        for (const char c : digits)
            if (!is_hex(c)) return -1;
        int unit = 0;
        std::from_chars(digits.data(), digits.data() + 4, unit, 16);
        pos_ += 5;
        return unit;
    }

    bool digits() {
        if (!is_digit(peek())) return fail("expected a digit");
        while (is_digit(peek())) ++pos_;
        return true;
    }

    bool number() {
        const std::size_t start = pos_;
        if (peek() == '-') ++pos_;
        if (peek() == '0' && pos_ + 1 < text_.size() && is_digit(text_[pos_ + 1]))
            return fail(start, "a number must not begin with 0");
        if (!digits()) return false;
        bool integer = true;
        if (peek() == '.') {
            integer = false;
            ++pos_;
            if (!digits()) return false;
        }
        if (peek() == 'e' || peek() == 'E') {
            integer = false;
            ++pos_;
            if (peek() == '+' || peek() == '-') ++pos_;
            if (!digits()) return false;
        }
        return range(text_.substr(start, pos_ - start), start, integer);
    }

    bool range(std::string_view literal, std::size_t start, bool integer) {
        if (std::isinf(std::strtod(std::string(literal).c_str(), nullptr)))
            return fail(start, "the number is too large");
        std::int64_t ignored;
        if (integer && std::from_chars(literal.begin(), literal.end(), ignored).ec != std::errc())
            large_integers_.push_back(pos_);
        return true;
    }

    std::string_view text_;
    std::size_t pos_ = 0;
    std::vector<std::size_t>& large_integers_;
    std::optional<Problem> problem_;
};

}  // namespace

std::optional<Problem> find_problem(std::string_view text, std::vector<std::size_t>& large_integers) {
    return Check(text, large_integers).document();
}

TextPosition position_of(std::string_view text, std::size_t offset) {
    TextPosition p{1, 1};
    for (const char c : text.substr(0, offset)) {
        if (c == '\n')
            ++p.line, p.column = 1;
        else if ((static_cast<unsigned char>(c) & 0xc0) != 0x80)
            ++p.column;
    }
    return p;
}

std::size_t offset_of(std::string_view text, TextPosition p) {
    std::size_t i = 0;
    for (; p.line > 1 && i < text.size(); ++i) p.line -= text[i] == '\n';
    for (; p.column > 1 && i < text.size(); --p.column) i += std::max<std::size_t>(utf8_length_at(text, i), 1);
    return i;
}

}  // namespace mizzen::json
