// SPDX-License-Identifier: Apache-2.0
// What is different between two documents.
#include "mizzen/json/diff.hpp"

#include <gtest/gtest.h>

#include "mizzen/json/json.hpp"

namespace mizzen::json {
namespace {

TEST(Diff, TellsEachChangeOnce) {
    struct Case {
        std::string_view before, after, changes;
    };
    const Case cases[] = {
        {"{}", "{}", ""},
        {"1", "1.0", ""},
        {"1", "\"1\"", "~ .: 1 → \"1\"\n"},
        {R"({"a":1,"b":{"c":2,"d":3}})", R"({"b":{"c":4,"d":3,"e":null},"f":[]})",
         "- a: 1\n~ b.c: 2 → 4\n+ b.e: null\n+ f: []\n"},
        {R"({"a":[1,{"x":1},3]})", R"({"a":[1,{"x":2}]})", "~ a[1].x: 1 → 2\n- a[2]: 3\n"},
        {"[[1]]", "[[1,2],3]", "+ [0][1]: 2\n+ [1]: 3\n"},
        {R"({"a":{}})", R"({"a":[]})", "~ a: {} → []\n"},
        {R"({"a":null})", "{}", "- a: null\n"},
    };
    for (const Case& c : cases) EXPECT_EQ(to_string(diff(parse(c.before), parse(c.after))), c.changes) << c.before;
}

}  // namespace
}  // namespace mizzen::json
