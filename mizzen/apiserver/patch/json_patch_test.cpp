// SPDX-License-Identifier: Apache-2.0
// JSON Patch: the examples of RFC 6902, and its limits.
#include <gtest/gtest.h>

#include "mizzen/apiserver/patch/patch.hpp"
#include "mizzen/apiserver/status.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

std::string patched(std::string_view document, std::string_view patch, std::size_t copy_limit = 1000) {
    try {
        return json::to_json(json_patch(json::parse(document), json::parse(patch), copy_limit));
    } catch (const StatusError& e) {
        return std::to_string(e.code);
    }
}

TEST(JsonPatch, FollowsTheTable) {
    struct Case {
        std::string_view document, patch, result;
    };
    const Case cases[] = {
        {R"({"foo":"bar"})", R"([{"op":"add","path":"/baz","value":"qux"}])", R"({"baz":"qux","foo":"bar"})"},
        {R"({"foo":["bar","baz"]})", R"([{"op":"add","path":"/foo/1","value":"qux"}])",
         R"({"foo":["bar","qux","baz"]})"},
        {R"({"baz":"qux","foo":"bar"})", R"([{"op":"remove","path":"/baz"}])", R"({"foo":"bar"})"},
        {R"({"foo":["bar","qux","baz"]})", R"([{"op":"remove","path":"/foo/1"}])", R"({"foo":["bar","baz"]})"},
        {R"({"baz":"qux","foo":"bar"})", R"([{"op":"replace","path":"/baz","value":"boo"}])",
         R"({"baz":"boo","foo":"bar"})"},
        {R"({"foo":{"bar":"baz","waldo":"fred"},"qux":{"corge":"grault"}})",
         R"([{"op":"move","from":"/foo/waldo","path":"/qux/thud"}])",
         R"({"foo":{"bar":"baz"},"qux":{"corge":"grault","thud":"fred"}})"},
        {R"({"foo":["all","grass","cows","eat"]})", R"([{"op":"move","from":"/foo/1","path":"/foo/3"}])",
         R"({"foo":["all","cows","eat","grass"]})"},
        {R"({"baz":"qux","foo":["a",2,"c"]})",
         R"([{"op":"test","path":"/baz","value":"qux"},{"op":"test","path":"/foo/1","value":2}])",
         R"({"baz":"qux","foo":["a",2,"c"]})"},
        {R"({"baz":"qux"})", R"([{"op":"test","path":"/baz","value":"bar"}])", "422"},
        {R"({"foo":"bar"})", R"([{"op":"add","path":"/child","value":{"grandchild":{}}}])",
         R"({"child":{"grandchild":{}},"foo":"bar"})"},
        {R"({"foo":"bar"})", R"([{"op":"add","path":"/baz","value":"qux","xyz":123}])", R"({"baz":"qux","foo":"bar"})"},
        {R"({"foo":"bar"})", R"([{"op":"add","path":"/baz/bat","value":"qux"}])", "422"},
        {R"({"/":9,"~1":10})", R"([{"op":"test","path":"/~01","value":10},{"op":"remove","path":"/~1"}])",
         R"({"~1":10})"},
        {R"({"/":9,"~1":10})", R"([{"op":"test","path":"/~01","value":"10"}])", "422"},
        {R"({"a":1})", R"([{"op":"test","path":"/a","value":1.0}])", R"({"a":1})"},
        {R"({"foo":["bar"]})", R"([{"op":"add","path":"/foo/-","value":["abc","def"]}])",
         R"({"foo":["bar",["abc","def"]]})"},
        {R"({"a":1})", R"([{"op":"replace","path":"","value":{"b":2}}])", R"({"b":2})"},
        {R"({"a":1})", R"([{"op":"add","path":"","value":[]}])", "[]"},
        {R"({"a":1})", R"([{"op":"remove","path":""}])", "422"},
        {R"({"a":1})", R"([{"op":"copy","from":"","path":"/b"}])", R"({"a":1,"b":{"a":1}})"},
        {R"({"a":{"b":1}})", R"([{"op":"move","from":"/a","path":"/a/b"}])", "422"},
        {R"({"a":{"b":1}})", R"([{"op":"move","from":"/a/b","path":"/a"}])", R"({"a":1})"},
        {R"({"":{"":1}})", R"([{"op":"replace","path":"//","value":2}])", R"({"":{"":2}})"},
        {R"({"a":[1,2,3]})", R"([{"op":"copy","from":"/a/-1","path":"/a/0"}])", R"({"a":[3,1,2,3]})"},
        {R"({"a":[1]})", R"([{"op":"replace","path":"/a/9223372036854775808","value":2}])", "422"},
        {R"({"a":null})", R"([{"op":"add","path":"/a/b","value":2}])", "422"},
        {"[1,2]", R"([{"op":"remove","path":"/0"}])", "[2]"},
        {R"({"a":1})", R"([])", R"({"a":1})"},
        {R"({"a":1})", R"({})", "400"},
        {R"({"a":1})", R"([{"op":1,"path":"/a"}])", "400"},
        {R"({"a":1})", R"([{"op":"copy","from":1,"path":"/a"}])", "400"},
        {R"({"a":1})", R"([{"op":"add","path":"a","value":1}])", "422"},
    };
    for (const auto& c : cases) EXPECT_EQ(patched(c.document, c.patch), c.result) << c.document << " " << c.patch;
}

TEST(JsonPatch, RefusesCopiesBeyondTheLimit) {
    EXPECT_EQ(patched(R"({"a":"1234"})", R"([{"op":"copy","from":"/a","path":"/b"}])", 6),
              R"({"a":"1234","b":"1234"})");
    EXPECT_EQ(patched(R"({"a":"1234"})", R"([{"op":"copy","from":"/a","path":"/b"}])", 5), "422");
    EXPECT_EQ(patched(R"({"a":"1234"})",
                      R"([{"op":"copy","from":"/a","path":"/b"},{"op":"copy","from":"/a","path":"/c"}])", 11),
              "422");
}

TEST(JsonPatch, RefusesToBuildADocumentTooDeepToBeRead) {
    // A list 300 deep, and one that is `more` deep put into its innermost one.
    auto deepened = [](int more) {
        auto nested = [](int depth) { return std::string(depth, '[') + std::string(depth, ']'); };
        std::string path;
        for (int i = 0; i < 300; ++i) path += "/0";
        return patched("[" + nested(300) + "]",
                       R"([{"op":"add","path":")" + path + R"(/0","value":)" + nested(more) + "}]");
    };
    EXPECT_NE(deepened(211), "422");
    EXPECT_EQ(deepened(212), "422");
}

}  // namespace
}  // namespace mizzen::apiserver
