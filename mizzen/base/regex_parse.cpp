// SPDX-License-Identifier: Apache-2.0
// Reads RE2's syntax by recursive descent.
#include "mizzen/base/regex_parse.hpp"

#include <algorithm>

#include "mizzen/base/digits.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/base/utf8.hpp"

namespace mizzen::regex {
namespace {

using Set = std::vector<Regex::Range>;
using Op = Regex::Step::Op;

constexpr char32_t last_character = 0x10ffff;
constexpr int most_repeats = 1000, most_nesting = 100;

Set merged(Set s) {
    std::sort(s.begin(), s.end());
    Set out;
    for (const auto& r : s) {
        if (!out.empty() && r.first <= out.back().second + 1)
            out.back().second = std::max(out.back().second, r.second);
        else
            out.push_back(r);
    }
    return out;
}

Set negated(const Set& s) {
    Set out;
    char32_t from = 0;
    for (const auto& [first, last] : s) {
        if (first > from) out.push_back({from, first - 1});
        from = last + 1;
    }
    if (from <= last_character) out.push_back({from, last_character});
    return out;
}

void fold_case(Set& s) {
    for (std::size_t i = 0, n = s.size(); i < n; ++i) {
        const auto [first, last] = s[i];
        const char32_t lower_first = std::max(first, U'a'), lower_last = std::min(last, U'z');
        const char32_t upper_first = std::max(first, U'A'), upper_last = std::min(last, U'Z');
        if (lower_first <= lower_last) s.push_back({lower_first - 32, lower_last - 32});
        if (upper_first <= upper_last) s.push_back({upper_first + 32, upper_last + 32});
    }
    s = merged(std::move(s));
}

// \d \w \s and their opposites; empty for another letter.
Set perl_class(char c) {
    Set s;
    switch (c) {
        case 'd':
        case 'D':
            s = {{'0', '9'}};
            break;
        case 'w':
        case 'W':
            s = {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}};
            break;
        case 's':
        case 'S':
            s = {{'\t', '\n'}, {'\f', '\r'}, {' ', ' '}};
            break;
        default:
            return s;
    }
    return c < 'a' ? negated(s) : s;
}

struct NamedClass {
    std::string_view name;
    Set set;
};

Set posix_class(std::string_view name) {
    const NamedClass classes[] = {
        {"alnum", {{'0', '9'}, {'A', 'Z'}, {'a', 'z'}}},
        {"alpha", {{'A', 'Z'}, {'a', 'z'}}},
        {"ascii", {{0, 0x7f}}},
        {"blank", {{'\t', '\t'}, {' ', ' '}}},
        {"cntrl", {{0, 0x1f}, {0x7f, 0x7f}}},
        {"digit", {{'0', '9'}}},
        {"graph", {{'!', '~'}}},
        {"lower", {{'a', 'z'}}},
        {"print", {{' ', '~'}}},
        {"punct", {{'!', '/'}, {':', '@'}, {'[', '`'}, {'{', '~'}}},
        {"space", {{'\t', '\r'}, {' ', ' '}}},
        {"upper", {{'A', 'Z'}}},
        {"word", {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}}},
        {"xdigit", {{'0', '9'}, {'A', 'F'}, {'a', 'f'}}},
    };
    for (const NamedClass& c : classes)
        if (c.name == name) return c.set;
    return {};
}

struct Flags {
    bool fold = false, lines = false, dot_all = false;
};

class Parser {
  public:
    explicit Parser(std::string_view pattern) : pattern_(pattern) {}

    Node whole() {
        Node n = choice(0);
        if (!at_end()) fail("unmatched )");
        return n;
    }

  private:
    [[noreturn]] void fail(std::string_view why) const {
        throw Error(ErrorKind::invalid, "the pattern \"" + std::string(pattern_.substr(0, 100)) +
                                            "\" is wrong at character " + std::to_string(pos_ + 1) + ": " +
                                            std::string(why));
    }

    bool at_end() const { return pos_ == pattern_.size(); }
    char peek() const { return at_end() ? '\0' : pattern_[pos_]; }
    bool take(std::string_view s) {
        if (!pattern_.substr(pos_).starts_with(s)) return false;
        pos_ += s.size();
        return true;
    }

    char32_t character() {
        const std::size_t n = utf8_length_at(pattern_, pos_);
        if (n == 0) fail(at_end() ? "it ends too early" : "not UTF-8");
        const char32_t c = utf8_character_at(pattern_, pos_);
        pos_ += n;
        return c;
    }

    Node choice(int depth) {
        if (depth > most_nesting) fail("groups are nested too deep");
        const Flags outer = flags_;
        Node out{.kind = Node::Kind::choice};
        do out.children.push_back(sequence(depth));
        while (take("|"));
        flags_ = outer;
        return out.children.size() == 1 ? std::move(out.children[0]) : std::move(out);
    }

    Node sequence(int depth) {
        Node out{.kind = Node::Kind::sequence};
        while (!at_end() && peek() != '|' && peek() != ')') {
            Node n = atom(depth);
            if (repeats(n)) {
                n.lazy = take("?");  // the same texts match, but not the same parts are found
                if (!at_end() && (peek() == '*' || peek() == '+' || peek() == '?'))
                    fail("a repetition of a repetition");
            }
            out.children.push_back(std::move(n));
        }
        return out;
    }

    // Wraps `n` in the repetition that follows it, if one does.
    bool repeats(Node& n) {
        int least = 0, most = -1;
        const std::size_t start = pos_;
        if (take("*"))
            least = 0;
        else if (take("+"))
            least = 1;
        else if (take("?"))
            most = 1;
        else if (!counts(least, most)) {
            pos_ = start;  // a brace that is no repetition stands for itself
            return false;
        }
        Node inner = std::move(n);
        n = Node{.kind = Node::Kind::repeat, .least = least, .most = most};
        n.children.push_back(std::move(inner));
        return true;
    }

    bool counts(int& least, int& most) {
        if (!take("{") || !count(least)) return false;
        most = least;
        if (take(",")) {
            most = -1;
            if (peek() != '}' && !count(most)) return false;
        }
        if (!take("}")) return false;
        if (least > most_repeats || most > most_repeats) fail("more than 1000 repetitions");
        if (most >= 0 && most < least) fail("the repetition ends before it begins");
        return true;
    }

    bool count(int& n) {
        if (!is_digit(peek())) return false;
        for (n = 0; is_digit(peek()); ++pos_) n = std::min(n * 10 + (peek() - '0'), most_repeats + 1);
        return true;
    }

    Node assertion(Op op) { return Node{.kind = Node::Kind::assertion, .assertion = op}; }
    Node set(Set s) {
        s = merged(std::move(s));
        if (flags_.fold) fold_case(s);
        return Node{.kind = Node::Kind::set, .set = std::move(s)};
    }

    Node atom(int depth) {
        switch (peek()) {
            case '(':
                return group(depth);
            case '[':
                ++pos_;
                return bracket();
            case '\\':
                return escape();
            case '.':
                ++pos_;
                return set(flags_.dot_all ? negated({}) : negated({{'\n', '\n'}}));
            case '^':
                ++pos_;
                return assertion(flags_.lines ? Op::line_begin : Op::text_begin);
            case '$':
                ++pos_;
                return assertion(flags_.lines ? Op::line_end : Op::text_end);
            case '*':
            case '+':
            case '?':
                fail("nothing to repeat");
            default:
                break;
        }
        const char32_t c = character();
        return set({{c, c}});
    }

    Node group(int depth) {
        take("(");
        const Flags outer = flags_;
        if (take("?P<") || take("?<")) {
            const std::size_t end = pattern_.find('>', pos_);
            if (end == std::string_view::npos || end == pos_) fail("a group name that is empty or has no end");
            pos_ = end + 1;
        } else if (take("?") && !flag_group()) {
            return Node{};  // "(?i)": holds for the rest of the enclosing group
        }
        Node n = choice(depth + 1);
        if (!take(")")) fail("a group is not closed");
        flags_ = outer;
        return n;
    }

    // After "(?": true for "i:" and the like, which begin a group; false once "i)" has been taken.
    bool flag_group() {
        for (bool on = true;; ++pos_) {
            switch (peek()) {
                case 'i':
                    flags_.fold = on;
                    break;
                case 'm':
                    flags_.lines = on;
                    break;
                case 's':
                    flags_.dot_all = on;
                    break;
                case '-':
                    on = false;
                    break;
                case ':':
                    ++pos_;
                    return true;
                case ')':
                    ++pos_;
                    return false;
                default:
                    fail("an unknown kind of group");
            }
        }
    }

    Node escape() {
        if (take("\\b")) return assertion(Op::word_edge);
        if (take("\\B")) return assertion(Op::no_word_edge);
        if (take("\\A")) return assertion(Op::text_begin);
        if (take("\\z")) return assertion(Op::text_end);
        ++pos_;
        Set s = perl_class(peek());
        if (!s.empty())
            ++pos_;
        else
            s = {{escaped(), 0}}, s[0].second = s[0].first;
        return set(std::move(s));
    }

    // What follows a backslash and is one character.
    char32_t escaped() {
        if (at_end()) fail("it ends with a backslash");
        const char32_t c = character();
        switch (c) {
            case 'n':
                return '\n';
            case 't':
                return '\t';
            case 'r':
                return '\r';
            case 'f':
                return '\f';
            case 'v':
                return '\v';
            case 'a':
                return '\a';
            case 'x':
                return hexadecimal();
            default:
                break;
        }
        const bool word =
            c < 0x80 && (is_digit(static_cast<char>(c)) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
        if (word) --pos_, fail("an unknown escape");
        return c;
    }

    char32_t hexadecimal() {
        const bool braces = take("{");
        char32_t value = 0;
        for (int n = 0; braces ? peek() != '}' : n < 2; ++n) {
            const char c = at_end() ? '\0' : pattern_[pos_];
            const bool letter = (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
            if (!is_digit(c) && !letter) fail("expected a hexadecimal digit");
            value = value * 16 + static_cast<char32_t>(is_digit(c) ? c - '0' : (c & 0x1f) + 9);
            if (value > last_character) fail("no such character");
            ++pos_;
        }
        if (braces) take("}");
        return value;
    }

    Node bracket() {
        const bool negate = take("^");
        Set s;
        for (bool first = true; first || peek() != ']'; first = false) {
            if (at_end()) fail("a class is not closed");
            if (take("[:"))
                named(s);
            else
                range(s);
        }
        ++pos_;
        s = merged(std::move(s));
        if (flags_.fold) fold_case(s);
        return Node{.kind = Node::Kind::set, .set = negate ? negated(s) : s};
    }

    void named(Set& s) {
        const bool negate = take("^");
        const std::size_t end = pattern_.find(":]", pos_);
        const Set c = posix_class(pattern_.substr(pos_, end == std::string_view::npos ? 0 : end - pos_));
        if (c.empty()) fail("an unknown named class");
        for (const auto& r : negate ? negated(c) : c) s.push_back(r);
        pos_ = end + 2;
    }

    void range(Set& s) {
        if (peek() == '\\' && pos_ + 1 < pattern_.size()) {
            const Set c = perl_class(pattern_[pos_ + 1]);
            s.insert(s.end(), c.begin(), c.end());
            if (!c.empty()) {
                pos_ += 2;
                return;
            }
        }
        const auto one = [&] { return take("\\") ? escaped() : character(); };
        const char32_t from = one();
        char32_t to = from;
        if (peek() == '-' && pos_ + 1 < pattern_.size() && pattern_[pos_ + 1] != ']') {
            ++pos_;
            to = one();
            if (to < from) fail("a range that ends before it begins");
        }
        s.push_back({from, to});
    }

    std::string_view pattern_;
    std::size_t pos_ = 0;
    Flags flags_;
};

}  // namespace

Node parse(std::string_view pattern) { return Parser(pattern).whole(); }

}  // namespace mizzen::regex
