// SPDX-License-Identifier: Apache-2.0
// Patterns in expressions. Those that are constants are compiled with the expression.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "mizzen/base/regex.hpp"

namespace mizzen::cel {

struct Pattern {
    std::shared_ptr<const Regex> regex;  // null if the text is no pattern
    std::string problem;
};
Pattern compiled_pattern(std::string_view text);

}  // namespace mizzen::cel
