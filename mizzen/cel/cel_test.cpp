// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "mizzen/cel/program.hpp"

namespace mizzen::cel {
namespace {

std::string result(std::string_view text) {
    auto compiled = compile(text, Environment());
    if (!compiled.issues.empty()) return compiled.issues;
    if (!compiled.problem.empty()) return compiled.problem;
    return shown(compiled.program->run({}, 1'000'000).value);
}

TEST(Cel, Evaluates) {
    EXPECT_EQ(result("1 + 2 * 3"), "7");
    EXPECT_EQ(result("[1, 2, 3].map(x, x * 2).filter(x, x > 2)"), "[4, 6]");
    EXPECT_EQ(result("{'a': 1}.all(k, k == 'a') && has({'a': 1}.a)"), "true");
    EXPECT_EQ(result("1 / 0 > 1 || true"), "true");
}

}  // namespace
}  // namespace mizzen::cel
