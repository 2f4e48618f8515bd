// SPDX-License-Identifier: Apache-2.0
// Macros: calls that are replaced while parsing. has, all, exists, exists_one, map, filter; their forms with two
// variables and transformList, transformMap, transformMapEntry; optMap, optFlatMap; sortBy.
// Source: CEL language definition, "Macros"; Kubernetes documentation, "Common Expression Language in Kubernetes".
#pragma once
#include "mizzen/cel/expression.hpp"

namespace mizzen::cel {

// Numbers the nodes of a tree.
struct Numbering {
    int next = 1;
    int take() { return next++; }
};

// Replaces `call` if it is one of the macros; adds an issue if its arguments do not fit.
void expand_macro(Expression& call, Numbering& ids, std::vector<Issue>& issues);

// The name that comprehensions give their result; it cannot be written in a text.
inline constexpr std::string_view result_name = "@result";

}  // namespace mizzen::cel
