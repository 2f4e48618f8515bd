// SPDX-License-Identifier: Apache-2.0
// The words of an expression. Source: the lexical grammar of the CEL language definition.
#pragma once
#include <string_view>
#include <vector>

#include "mizzen/cel/source.hpp"

namespace mizzen::cel {

struct Token {
    enum class Kind : std::uint8_t {
        symbol,  // an operator, a bracket or one of the words in, true, false, null
        identifier,
        escaped_identifier,  // `a-b`
        integer,
        unsigned_integer,
        number,
        string,
        bytes,
        end,
    };
    Kind kind = Kind::end;
    std::string_view text;  // as written; points into the source
    Position position = 0;
};

// All words of the text and the end. What is no word is passed over and reported.
std::vector<Token> tokens(const Source& source, std::vector<Issue>& issues);

}  // namespace mizzen::cel
