// SPDX-License-Identifier: Apache-2.0
// WordReader.
#include "mizzen/cel/word_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mizzen/cel/expression.hpp"

namespace mizzen::cel {

using Word = Token::Kind;

std::string_view binary_name(std::string_view symbol) {
    struct Entry {
        std::string_view symbol, name;
    };
    static constexpr Entry entries[] = {
        {"==", operators::equals},      {"!=", operators::not_equals}, {"<", operators::less},
        {"<=", operators::less_equals}, {">", operators::greater},     {">=", operators::greater_equals},
        {"in", operators::in},          {"+", operators::add},         {"-", operators::subtract},
        {"*", operators::multiply},     {"/", operators::divide},      {"%", operators::modulo},
        {"&&", operators::logical_and}, {"||", operators::logical_or}};
    for (auto& e : entries) {
        if (e.symbol == symbol) return e.name;
    }
    return "";
}

std::string_view binary_symbol(std::string_view name) {
    for (std::string_view symbol : {"==", "!=", "<", "<=", ">", ">=", "in", "+", "-", "*", "/", "%", "&&", "||"}) {
        if (binary_name(symbol) == name) return symbol;
    }
    return "";
}

const Token& WordReader::peek(std::size_t ahead) const { return tokens_[std::min(at_ + ahead, tokens_.size() - 1)]; }

bool WordReader::at(std::string_view symbol, std::size_t ahead) const {
    return peek(ahead).kind == Word::symbol && peek(ahead).text == symbol;
}

void WordReader::syntax(const Token& token, const std::string& what) {
    if (issues_.size() > 100) throw Stop();
    issues_.push_back({token.position, "Syntax error: " + what});
}

std::string WordReader::shown(const Token& token) {
    std::string out;
    for (char c : token.text) out += c == '\n' ? "\\n" : c == '\r' ? "\\r" : c == '\t' ? "\\t" : std::string(1, c);
    return out;
}

void WordReader::mismatched(std::string_view expected) {
    syntax(peek(), fmt::format("mismatched input '{}' expecting {}", shown(peek()), expected));
}

void WordReader::extraneous(std::string_view expected) {
    syntax(peek(), fmt::format("extraneous input '{}' expecting {}", shown(peek()), expected));
    take();
}

bool WordReader::expect(std::string_view symbol, bool may_be_missing) {
    if (accept(symbol)) return true;
    auto expected = fmt::format("'{}'", symbol);
    if (at(symbol, 1)) {
        extraneous(expected);
        return accept(symbol);
    }
    if (may_be_missing && can_follow()) {
        syntax(peek(), fmt::format("missing {} at '{}'", expected, shown(peek())));
        return true;
    }
    mismatched(expected);
    recover();
    return false;
}

bool WordReader::can_follow() const {
    auto& t = peek();
    if (t.kind == Word::end) return true;
    if (t.kind != Word::symbol) return false;
    if (!binary_name(t.text).empty() || t.text == "." || t.text == "[" || t.text == "?") return true;
    return std::find(closers_.begin(), closers_.end(), t.text) != closers_.end();
}

void WordReader::recover() {
    while (!can_follow()) take();
}

void WordReader::end() {
    if (peek().kind == Word::end) return;
    if (peek(1).kind == Word::end)
        extraneous("<EOF>");
    else
        mismatched("<EOF>");
}

bool WordReader::starts_operand(std::size_t ahead) const {
    auto& t = peek(ahead);
    if (t.kind == Word::symbol) {
        static constexpr std::string_view starts[] = {"[", "{", "(", ".", "-", "!", "true", "false", "null"};
        return std::find(std::begin(starts), std::end(starts), t.text) != std::end(starts);
    }
    return t.kind != Word::end && t.kind != Word::escaped_identifier;
}

}  // namespace mizzen::cel
