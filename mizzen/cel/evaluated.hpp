// SPDX-License-Identifier: Apache-2.0
// For tests: an expression's result, or why it has none, as text.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/cel/program.hpp"

namespace mizzen::cel {

inline std::string evaluated(std::string_view text, const Environment& environment = Environment(),
                             std::span<const Value> variables = {}) {
    auto compiled = compile(text, environment);
    if (!compiled.issues.empty()) return compiled.issues.substr(0, compiled.issues.find('\n'));
    if (!compiled.problem.empty()) return "constant: " + compiled.problem;
    return shown(compiled.program->run(variables, 1'000'000).value);
}

struct EvaluationCase {
    std::string_view text, result;
};
// A line for each case that has another result; "" if none has.
inline std::string mismatches(const std::vector<EvaluationCase>& cases) {
    std::string out;
    for (auto& c : cases) {
        auto result = evaluated(c.text);
        if (result != c.result) out.append(c.text).append(": ").append(result).append("\n");
    }
    return out;
}

}  // namespace mizzen::cel
