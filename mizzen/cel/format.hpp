// SPDX-License-Identifier: Apache-2.0
// The text of format(): "%s is %.2f" with its clauses.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace mizzen::cel {

struct FormatClause {
    char verb = 's';               // s d f e b x X o
    std::optional<int> precision;  // of f and e
};

// What an argument becomes, or why it cannot.
struct Formatted {
    std::string text;
    std::string problem;
};

// The text with each clause replaced by what `argument` makes of it and of its number. There are `count` arguments.
// Problems are those of kube-apiserver; those with an argument begin with "error during formatting: ".
Formatted format_text(std::string_view text, std::size_t count,
                      const std::function<Formatted(const FormatClause&, std::size_t)>& argument);

// What a clause says of an argument of a type that it does not take.
std::string wrong_argument(char verb, std::string_view type);

}  // namespace mizzen::cel
