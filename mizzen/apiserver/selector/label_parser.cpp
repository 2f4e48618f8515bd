// SPDX-License-Identifier: Apache-2.0
// Reads the text form of a label selector. The grammar has odd corners ("a in (,)" is two empty words, "in=in" is a
// label named in), and each of them is kept, because selectors that one server takes the other must take too.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "mizzen/apiserver/selector/names.hpp"
#include "mizzen/apiserver/selector/requirement.hpp"
#include "mizzen/apiserver/selector/selector.hpp"

namespace mizzen::apiserver {
namespace {

constexpr std::string_view special = "=!(),><", blank = " \t\r\n";

struct Token {
    enum Kind { end, word, symbol } kind = end;
    std::string_view text;

    bool is(std::string_view s) const { return kind == symbol && text == s; }
};

// A NUL ends the text, as it does in kube-apiserver.
std::vector<Token> tokens_of(std::string_view text) {
    text = text.substr(0, text.find('\0'));
    std::vector<Token> out;
    for (;;) {
        text.remove_prefix(std::min(text.find_first_not_of(blank), text.size()));
        if (text.empty()) break;
        bool is_symbol = special.find(text[0]) != std::string_view::npos;
        bool is_double = text.starts_with("==") || text.starts_with("!=");
        std::size_t length = is_double   ? 2
                             : is_symbol ? 1
                                         : std::min(text.find_first_of("=!(),>< \t\r\n"), text.size());
        out.push_back({is_symbol ? Token::symbol : Token::word, text.substr(0, length)});
        text.remove_prefix(length);
    }
    out.push_back({});
    return out;
}

[[noreturn]] void refuse(std::string_view found, std::string_view expected) {
    throw bad_request(fmt::format("found '{}', expected: {}", found, expected));
}

// Every complaint about a requirement, unlike those about what stands between two, carries this prefix.
[[noreturn]] void refuse_requirement(std::string_view why) {
    throw bad_request(fmt::format("unable to parse requirement: {}", why));
}

[[noreturn]] void refuse_in_requirement(std::string_view found, std::string_view expected) {
    refuse_requirement(fmt::format("found '{}', expected: {}", found, expected));
}

class Parser {
  public:
    explicit Parser(std::string_view text) : tokens_(tokens_of(text)) {}

    std::vector<LabelRequirement> parse() {
        std::vector<LabelRequirement> out;
        for (;;) {
            if (next().kind == Token::end) return out;
            if (!starts_requirement()) refuse(next().text, "!, identifier, or 'end of string'");
            out.push_back(requirement());
            Token after = take();
            if (after.kind == Token::end) return out;
            if (!after.is(",")) refuse(after.text, "',' or 'end of string'");
            if (!starts_requirement()) refuse(next().text, "identifier after ','");
        }
    }

  private:
    const Token& next() const { return tokens_[at_]; }
    Token take() {
        Token t = tokens_[at_];
        if (t.kind != Token::end) ++at_;
        return t;
    }
    bool starts_requirement() const { return next().kind == Token::word || next().is("!"); }
    bool at_end_of_requirement() const { return next().kind == Token::end || next().is(","); }

    LabelRequirement requirement() {
        LabelRequirement r;
        bool is_negated = next().is("!");
        if (is_negated) take();
        Token key = take();
        if (key.kind != Token::word) refuse_in_requirement(key.text, "identifier");
        r.key = key.text;
        if (auto problems = label_key_problems(r.key); !problems.empty()) {
            refuse_requirement(joined({invalid_value("<nil>", r.key, fmt::format("{}", fmt::join(problems, "; ")))}));
        }
        if (is_negated)
            r.op = LabelOperator::absent;
        else if (!at_end_of_requirement())
            condition(r);
        if (auto errors = requirement_errors(r); !errors.empty()) refuse_requirement(joined(errors));
        return r;
    }

    void condition(LabelRequirement& r) {
        Token op = take();
        bool is_equality = op.is("=") || op.is("==");
        if (is_equality || op.text == "in")
            r.op = LabelOperator::in;
        else if (op.is("!=") || op.text == "notin")
            r.op = LabelOperator::not_in;
        else if (op.is(">"))
            r.op = LabelOperator::greater;
        else if (op.is("<"))
            r.op = LabelOperator::less;
        else
            refuse_in_requirement(op.text, "in, notin, =, ==, !=, gt, lt");
        auto values = op.kind == Token::word ? set() : std::set<std::string>{one_value()};
        r.values.assign(values.begin(), values.end());
    }

    std::string one_value() {
        if (at_end_of_requirement()) return "";
        Token value = take();
        if (value.kind != Token::word) refuse_in_requirement(value.text, "identifier");
        return std::string(value.text);
    }

    std::set<std::string> set() {
        if (Token open = take(); !open.is("(")) refuse_requirement(fmt::format("found '{}' expected: '('", open.text));
        if (next().is(")")) {
            take();
            return {""};
        }
        if (next().kind != Token::word && !next().is(",")) refuse_in_requirement(next().text, "',', ')' or identifier");
        auto values = words();
        take();
        return values;
    }

    // Up to the closing parenthesis; nothing before, between or after commas is the empty word.
    std::set<std::string> words() {
        std::set<std::string> values;
        for (;;) {
            Token t = take();
            if (t.kind == Token::word) {
                values.emplace(t.text);
                if (next().is(")")) return values;
                if (!next().is(",")) refuse_in_requirement(next().text, "',' or ')'");
            } else if (t.is(",")) {
                if (values.empty() || next().is(",")) values.emplace();
                if (next().is(")")) {
                    values.emplace();
                    return values;
                }
            } else {
                refuse_in_requirement(t.text, "',', or identifier");
            }
        }
    }

    std::vector<Token> tokens_;
    std::size_t at_ = 0;
};

}  // namespace

LabelSelector LabelSelector::parse(std::string_view text) {
    LabelSelector out;
    out.requirements_ = Parser(text).parse();
    return out;
}

}  // namespace mizzen::apiserver
