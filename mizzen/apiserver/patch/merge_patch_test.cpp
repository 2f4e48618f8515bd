// SPDX-License-Identifier: Apache-2.0
// JSON Merge Patch: the table of RFC 7396, appendix A, and what a patch must be.
#include <gtest/gtest.h>

#include "mizzen/apiserver/patch/patch.hpp"
#include "mizzen/apiserver/status.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

TEST(MergePatch, FollowsTheTable) {
    struct Case {
        std::string_view target, patch, result;
    };
    const Case cases[] = {
        {R"({"a":"b"})", R"({"a":"c"})", R"({"a":"c"})"},
        {R"({"a":"b"})", R"({"b":"c"})", R"({"a":"b","b":"c"})"},
        {R"({"a":"b"})", R"({"a":null})", "{}"},
        {R"({"a":"b","b":"c"})", R"({"a":null})", R"({"b":"c"})"},
        {R"({"a":["b"]})", R"({"a":"c"})", R"({"a":"c"})"},
        {R"({"a":"c"})", R"({"a":["b"]})", R"({"a":["b"]})"},
        {R"({"a":{"b":"c"}})", R"({"a":{"b":"d","c":null}})", R"({"a":{"b":"d"}})"},
        {R"({"a":[{"b":"c"}]})", R"({"a":[1]})", R"({"a":[1]})"},
        {R"(["a","b"])", R"({"a":"c"})", R"({"a":"c"})"},
        {R"({"e":null})", R"({"a":1})", R"({"a":1,"e":null})"},
        {"{}", R"({"a":{"bb":{"ccc":null}}})", R"({"a":{"bb":{}}})"},
        {"{}", R"({"a":[null,{"b":null,"c":[{"d":null}]}]})", R"({"a":[null,{"c":[{}]}]})"},
        {R"({"a":null})", R"({"a":{"b":1}})", R"({"a":{"b":1}})"},
        {R"({"a":1})", "{}", R"({"a":1})"},
    };
    for (const auto& c : cases)
        EXPECT_EQ(json::to_json(merge_patch(json::parse(c.target), json::parse(c.patch))), c.result)
            << c.target << " " << c.patch;
}

TEST(MergePatch, IsAnObject) {
    for (std::string_view patch : {"[]", "1", "null", "\"x\""}) {
        try {
            merge_patch(json::Object(), json::parse(patch));
            FAIL() << patch;
        } catch (const StatusError& e) {
            EXPECT_EQ(e.code, 400) << patch;
        }
    }
}

}  // namespace
}  // namespace mizzen::apiserver
