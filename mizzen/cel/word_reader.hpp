// SPDX-License-Identifier: Apache-2.0
// WordReader: the words of an expression one after another. Messages about syntax, and where reading goes on after
// them, are those of the parser that Kubernetes uses, because people search for them. Inner part of the parser.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/cel/lexer.hpp"

namespace mizzen::cel {

// What is called as `_&&_` for `&&`; "" for what is no binary operator.
std::string_view binary_name(std::string_view symbol);

class WordReader {
  public:
    // Thrown where reading stops: too deep, or so wrong that more messages would not help.
    struct Stop {};

    WordReader(const Source& source, std::vector<Issue>& issues) : tokens_(tokens(source, issues)), issues_(issues) {}

    const Token& peek(std::size_t ahead = 0) const;
    const Token& take() { return tokens_[at_ + 1 < tokens_.size() ? at_++ : at_]; }
    bool at(std::string_view symbol, std::size_t ahead = 0) const;
    bool accept(std::string_view symbol) { return at(symbol) && (take(), true); }
    // Takes the symbol; without it, one word too many or too few is passed over. False where neither helps.
    bool expect(std::string_view symbol, bool may_be_missing);
    // The whole text must have been read.
    void end();

    // Whether an operand may begin with the word, and whether one may be followed by the next.
    bool starts_operand(std::size_t ahead) const;
    bool can_follow() const;
    // Passes over words until an operand may be followed by the next.
    void recover();

    void syntax(const Token& token, const std::string& what);
    void mismatched(std::string_view expected);
    void extraneous(std::string_view expected);
    // As messages show it.
    static std::string shown(const Token& token);

    // The words that messages say were expected.
    static constexpr std::string_view operand_start =
        "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, "
        "IDENTIFIER}";
    static constexpr std::string_view argument_start =
        "{'[', '{', '(', ')', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, "
        "IDENTIFIER}";
    static constexpr std::string_view element_start =
        "{'[', '{', '}', '(', '.', ',', '-', '!', '?', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, "
        "BYTES, IDENTIFIER}";

  protected:
    std::vector<std::string_view> closers_;  // what ends the brackets that are open

  private:
    std::vector<Token> tokens_;
    std::vector<Issue>& issues_;
    std::size_t at_ = 0;
};

}  // namespace mizzen::cel
