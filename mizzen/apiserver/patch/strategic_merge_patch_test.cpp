// SPDX-License-Identifier: Apache-2.0
// Strategic merge patch on a small type of its own; recorded_test.cpp has the built-in kinds.
#include <gtest/gtest.h>

#include "mizzen/apiserver/patch/list_order.hpp"
#include "mizzen/apiserver/patch/patch.hpp"
#include "mizzen/apiserver/status.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

using kube::schema::Field;
using kube::schema::Shape;
using kube::schema::Type;

constexpr Type text{.shape = Shape::string};
constexpr Type texts{.shape = Shape::list, .element = &text};
constexpr Field item_fields[] = {{.name = "name", .type = &text},
                                 {.name = "tags", .type = &texts, .patch_merge = true},
                                 {.name = "value", .type = &text}};
constexpr Type item{.shape = Shape::object, .fields = item_fields};
constexpr Type items{.shape = Shape::list, .element = &item};
constexpr Type item_map{.shape = Shape::map, .element = &item};
constexpr Field root_fields[] = {
    {.name = "atomic", .type = &items},
    {.name = "items", .type = &items, .patch_merge = true, .patch_merge_key = "name"},
    {.name = "map", .type = &item_map},
};
constexpr Type root{.shape = Shape::object, .fields = root_fields};

std::string patched(std::string_view document, std::string_view patch) {
    try {
        return json::to_json(strategic_merge_patch(json::parse(document), json::parse(patch), root));
    } catch (const StatusError& e) {
        return std::to_string(e.code) + " " + e.message;
    }
}

TEST(StrategicMergePatch, FollowsTheTable) {
    struct Case {
        std::string_view document, patch, result;
    };
    const Case cases[] = {
        {R"({"items":[{"name":"a","value":"1"}]})", R"({"items":[{"name":"a","value":"2"},{"name":"b"}]})",
         R"({"items":[{"name":"a","value":"2"},{"name":"b"}]})"},
        {R"({"items":[{"name":"a","tags":["x"]}]})", R"({"items":[{"name":"a","tags":["y"]}]})",
         R"({"items":[{"name":"a","tags":["y","x"]}]})"},
        {R"({"items":[{"name":"a","tags":["x","y"]}]})",
         R"({"items":[{"name":"a","$deleteFromPrimitiveList/tags":["x"]}]})",
         R"({"items":[{"name":"a","tags":["y"]}]})"},
        {R"({"atomic":[{"name":"a"}]})", R"({"atomic":[{"name":"b","value":null}]})", R"({"atomic":[{"name":"b"}]})"},
        {R"({"map":{"k":{"tags":["x"]}}})", R"({"map":{"k":{"tags":["y"]}}})", R"({"map":{"k":{"tags":["y","x"]}}})"},
        {R"({"unknown":{"a":[1],"b":1}})", R"({"unknown":{"a":[2]}})", R"({"unknown":{"a":[2],"b":1}})"},
        {R"({"items":[{"name":"a"},{"name":"b"}]})",
         R"({"items":[{"name":"c"},{"name":"a","$patch":"delete"},{"$patch":"replace"}]})",
         R"({"items":[{"name":"c"}]})"},
        {"{}", R"({"items":[{"name":"c"},{"name":"a","$patch":"delete"}]})", R"({"items":[{"name":"c"}]})"},
        {"{}", R"({"map":{"k":{"$patch":"delete","name":"x"}}})", R"({"map":{}})"},
        {"null", R"({"map":null})", "{}"},
        {R"({"items":[{"value":"x"}]})", R"({"items":[{"name":"a"}]})",
         R"(422 map: {"value":"x"} does not contain declared merge key: name)"},
        {R"({"items":[{"name":"a"}]})", R"({"items":[{"value":"x"}]})",
         R"(422 map: {"value":"x"} does not contain declared merge key: name)"},
        {R"({"items":[null]})", R"({"items":[{"name":"a"}]})", "400 list element types are not identical"},
        {R"({"items":[]})", R"({"$setElementOrder/items":[{"name":"a"}]})", R"({"items":[]})"},
    };
    for (const auto& c : cases) EXPECT_EQ(patched(c.document, c.patch), c.result) << c.document << " " << c.patch;
}

TEST(ListOrder, PutsTheRestWhereItStoodAmongTheNamed) {
    struct Case {
        std::string_view merged, wanted, live, result;
    };
    const Case cases[] = {
        {"[1,2,3]", "[3,1]", "[1,2,3]", "[2,3,1]"},     {"[1,2,3]", "[1,3]", "[1,2,3]", "[1,2,3]"},
        {"[1,2,3,4]", "[4,3]", "[1,2,3]", "[4,1,2,3]"}, {"[1,2]", "[]", "[2,1]", "[2,1]"},
        {"[1,2,9]", "[9]", "[1,2]", "[9,1,2]"},         {"[]", "[1]", "[1]", "[]"},
    };
    for (const auto& c : cases) {
        auto list = [](std::string_view text) { return json::parse(text).as_array(); };
        EXPECT_EQ(json::to_json(in_order(list(c.merged), list(c.wanted), list(c.live), "")), c.result)
            << c.merged << c.wanted << c.live;
    }
}

}  // namespace
}  // namespace mizzen::apiserver
