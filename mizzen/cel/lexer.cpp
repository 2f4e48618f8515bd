// SPDX-License-Identifier: Apache-2.0
// tokens: the longest word at each place wins.
#include "mizzen/cel/lexer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mizzen/base/digits.hpp"
#include "mizzen/base/utf8.hpp"

namespace mizzen::cel {
namespace {

using Kind = Token::Kind;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_word(char c) { return is_letter(c) || is_digit(c) || c == '_'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f'; }
bool is_octal(char c) { return c >= '0' && c <= '7'; }

class Lexer {
  public:
    Lexer(const Source& source, std::vector<Issue>& issues) : text_(source.text()), issues_(issues) {}

    std::vector<Token> run() {
        for (skip(); at_ < text_.size(); skip()) {
            auto [kind, size] = longest();
            if (size == 0) {
                refuse();
                continue;
            }
            out_.push_back({kind, text_.substr(at_, size), position_});
            advance(size);
        }
        out_.push_back({Kind::end, "<EOF>", position_});
        return std::move(out_);
    }

  private:
    struct Match {
        Kind kind = Kind::end;
        std::size_t size = 0;
    };

    char peek(std::size_t at) const { return at < text_.size() ? text_[at] : '\0'; }

    void advance(std::size_t bytes) {
        auto end = at_ + bytes;
        for (; at_ < end; ++position_) at_ += std::max<std::size_t>(utf8_length_at(text_, at_), 1);
    }

    void skip() {
        while (at_ < text_.size()) {
            if (is_space(text_[at_])) {
                advance(1);
            } else if (text_.substr(at_).starts_with("//")) {
                advance(std::min(text_.find('\n', at_), text_.size()) - at_);
            } else {
                return;
            }
        }
    }

    // Text that begins like a string is refused as far as it could have been one.
    void refuse() {
        auto size = std::max<std::size_t>(utf8_length_at(text_, at_), 1);
        auto q = at_ + prefix_size(at_);
        if (peek(q) == '"' || peek(q) == '\'') size = partial_string(q) - at_;
        // What begins a longer operator is refused together with the character that ended it.
        if (std::string_view("&|=").find(peek(at_)) != std::string_view::npos && at_ + 1 < text_.size())
            size += std::max<std::size_t>(utf8_length_at(text_, at_ + 1), 1);
        if (peek(at_) == '`') size = partial_escaped() - at_;
        auto shown = std::string(text_.substr(at_, size));
        for (std::size_t i = 0; i < shown.size(); ++i) {
            auto code = shown[i] == '\n' ? 'n' : shown[i] == '\r' ? 'r' : shown[i] == '\t' ? 't' : '\0';
            if (code) shown.replace(i++, 1, {'\\', code});
        }
        issues_.push_back({position_, fmt::format("Syntax error: token recognition error at: '{}'", shown)});
        advance(size);
    }

    Match longest() const {
        Match best;
        auto consider = [&](Kind kind, std::size_t size) {
            if (size > best.size) best = {kind, size};
        };
        consider(Kind::symbol, symbol_size());
        auto number = number_match();
        consider(number.kind, number.size);
        auto quoted = string_match();
        consider(quoted.kind, quoted.size);
        if (is_letter(peek(at_)) || peek(at_) == '_') {
            auto end = at_;
            while (is_word(peek(end))) ++end;
            consider(Kind::identifier, end - at_);
        }
        if (peek(at_) == '`') {
            auto end = partial_escaped();
            if (end > at_ + 1 && peek(end) == '`') consider(Kind::escaped_identifier, end + 1 - at_);
        }
        return best;
    }

    // Where a `word` ends, without its last quote.
    std::size_t partial_escaped() const {
        auto end = at_ + 1;
        while (is_word(peek(end)) || peek(end) == '.' || peek(end) == '-' || peek(end) == '/' || peek(end) == ' ')
            ++end;
        return end;
    }

    std::size_t symbol_size() const {
        static constexpr std::string_view symbols[] = {"==", "!=", "<=", ">=", "&&", "||",   "<",     ">",   "[", "]",
                                                       "{",  "}",  "(",  ")",  ".",  ",",    "-",     "!",   "?", ":",
                                                       "+",  "*",  "/",  "%",  "in", "true", "false", "null"};
        auto rest = text_.substr(at_);
        for (auto s : symbols) {
            if (rest.starts_with(s) && !(is_letter(s[0]) && is_word(peek(at_ + s.size())))) return s.size();
        }
        return 0;
    }

    std::size_t digits(std::size_t at) const {
        while (is_digit(peek(at))) ++at;
        return at;
    }

    Match number_match() const {
        auto begin = at_;
        if (text_.substr(begin).starts_with("0x") && is_hex(peek(begin + 2))) {
            auto end = begin + 2;
            while (is_hex(peek(end))) ++end;
            return integer(end);
        }
        auto end = digits(begin);
        bool has_fraction = peek(end) == '.' && is_digit(peek(end + 1));
        if (end == begin && !has_fraction) return {};
        auto whole = end;
        if (has_fraction) end = digits(end + 1);
        auto exponent = end;
        if (peek(exponent) == 'e' || peek(exponent) == 'E') {
            ++exponent;
            if (peek(exponent) == '+' || peek(exponent) == '-') ++exponent;
            if (is_digit(peek(exponent))) end = digits(exponent);
        }
        return end == whole ? integer(whole) : Match{Kind::number, end - begin};
    }

    Match integer(std::size_t end) const {
        bool is_unsigned = peek(end) == 'u' || peek(end) == 'U';
        return is_unsigned ? Match{Kind::unsigned_integer, end + 1 - at_} : Match{Kind::integer, end - at_};
    }

    // r, b and br before a quote.
    std::size_t prefix_size(std::size_t at) const {
        std::size_t size = 0;
        if (peek(at) == 'b' || peek(at) == 'B') ++size;
        if (peek(at + size) == 'r' || peek(at + size) == 'R') ++size;
        return size;
    }

    Match string_match() const {
        auto prefix = prefix_size(at_);
        auto q = at_ + prefix;
        if (peek(q) != '"' && peek(q) != '\'') return {};
        bool is_bytes = prefix > 0 && (peek(at_) == 'b' || peek(at_) == 'B');
        bool is_raw = prefix > (is_bytes ? 1U : 0U);
        auto end = string_end(q, is_raw);
        return end == 0 ? Match{} : Match{is_bytes ? Kind::bytes : Kind::string, end - at_};
    }

    // Behind the string whose quote is at `q`; 0 if it does not end.
    std::size_t string_end(std::size_t q, bool is_raw) const {
        auto mark = text_.substr(q, 1);
        std::string triple(3, mark[0]);
        bool is_long = text_.substr(q).starts_with(triple);
        if (is_long) {
            if (auto end = scan(q + 3, triple, is_raw)) return end;
            return q + 2;  // an empty short string
        }
        return scan(q + 1, mark, is_raw);
    }

    std::size_t scan(std::size_t at, std::string_view mark, bool is_raw) const {
        while (at < text_.size()) {
            if (text_.substr(at).starts_with(mark)) return at + mark.size();
            if (mark.size() == 1 && (text_[at] == '\n' || text_[at] == '\r')) return 0;
            auto step = text_[at] == '\\' && !is_raw ? escape_size(at) : 1;
            if (step == 0) return 0;
            at += step;
        }
        return 0;
    }

    std::size_t escape_size(std::size_t at) const {
        auto all = [&](std::size_t n, bool (*wanted)(char)) {
            for (std::size_t i = 0; i < n; ++i) {
                if (!wanted(peek(at + 2 + i))) return std::size_t{0};
            }
            return n + 2;
        };
        switch (char c = peek(at + 1); c) {
            case 'x':
            case 'X':
                return all(2, is_hex);
            case 'u':
                return all(4, is_hex);
            case 'U':
                return all(8, is_hex);
            case '0':
            case '1':
            case '2':
            case '3':
                return all(2, is_octal);
            default:
                return c != '\0' && std::string_view("abfnrtv\"'\\?`").find(c) != std::string_view::npos ? 2 : 0;
        }
    }

    // How far a string that is none could be read.
    std::size_t partial_string(std::size_t q) const {
        char mark = text_[q];
        auto at = q + 1;
        bool is_raw = q > at_ && (text_[q - 1] == 'r' || text_[q - 1] == 'R');
        while (at < text_.size() && text_[at] != '\n' && text_[at] != '\r' && text_[at] != mark) {
            auto step = text_[at] == '\\' && !is_raw ? escape_size(at) : 1;
            if (step == 0) return std::min(at + 2, text_.size());
            at += step;
        }
        return std::min(at + (at < text_.size() ? 1 : 0), text_.size());
    }

    std::string_view text_;
    std::vector<Issue>& issues_;
    std::vector<Token> out_;
    std::size_t at_ = 0;
    Position position_ = 0;
};

}  // namespace

std::vector<Token> tokens(const Source& source, std::vector<Issue>& issues) { return Lexer(source, issues).run(); }

}  // namespace mizzen::cel
