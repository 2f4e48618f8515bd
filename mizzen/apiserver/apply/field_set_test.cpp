// SPDX-License-Identifier: Apache-2.0
// The algebra of field sets, by tables of FieldsV1 documents.
#include "mizzen/apiserver/apply/field_set.hpp"

#include <gtest/gtest.h>

#include "mizzen/apiserver/apply/path_element.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

FieldSet set_of(std::string_view text) { return FieldSet::parse(json::parse(text)).value(); }
std::string text_of(const FieldSet& set) { return json::to_json(set.to_value()); }

constexpr std::string_view ab = R"({"f:a":{".":{},"f:b":{}}})", b_below_a = R"({"f:a":{"f:b":{}}})",
                           a = R"({"f:a":{}})", nothing = "{}";

struct Case {
    std::string_view left, right, result;
};

TEST(FieldSet, Unites) {
    for (const auto& c :
         std::initializer_list<Case>{{a, b_below_a, ab},
                                     {b_below_a, a, ab},
                                     {ab, a, ab},
                                     {nothing, ab, ab},
                                     {ab, nothing, ab},
                                     {R"({"f:a":{},"f:c":{}})", R"({"f:b":{}})", R"({"f:a":{},"f:b":{},"f:c":{}})"}}) {
        FieldSet set = set_of(c.left);
        set.unite(set_of(c.right));
        EXPECT_EQ(text_of(set), c.result) << c.left << c.right;
    }
}

TEST(FieldSet, SubtractsPathsEachForItself) {
    for (const auto& c : std::initializer_list<Case>{
             {ab, a, b_below_a},
             {ab, b_below_a, a},
             {ab, ab, nothing},
             {a, b_below_a, a},
             {b_below_a, a, b_below_a},
             {ab, nothing, ab},
             {nothing, ab, nothing},
             {R"({"f:a":{"f:b":{"f:c":{}},"f:d":{}}})", R"({"f:a":{"f:b":{"f:c":{}}}})", R"({"f:a":{"f:d":{}}})"}}) {
        FieldSet set = set_of(c.left);
        set.subtract(set_of(c.right));
        EXPECT_EQ(text_of(set), c.result) << c.left << c.right;
    }
}

TEST(FieldSet, SubtractsTrees) {
    for (const auto& c : std::initializer_list<Case>{{ab, a, nothing},
                                                     {b_below_a, a, nothing},
                                                     {ab, b_below_a, a},
                                                     {R"({"f:a":{},"f:c":{"f:d":{}}})", R"({"f:c":{}})", a}}) {
        FieldSet set = set_of(c.left);
        set.subtract_trees(set_of(c.right));
        EXPECT_EQ(text_of(set), c.result) << c.left << c.right;
    }
}

TEST(FieldSet, Intersects) {
    for (const auto& c : std::initializer_list<Case>{{ab, a, a},
                                                     {ab, b_below_a, b_below_a},
                                                     {a, b_below_a, nothing},
                                                     {ab, ab, ab},
                                                     {ab, R"({"f:b":{}})", nothing}}) {
        EXPECT_EQ(text_of(set_of(c.left).intersection(set_of(c.right))), c.result) << c.left << c.right;
    }
}

TEST(FieldSet, KnowsItsSubsets) {
    EXPECT_TRUE(set_of(a).is_subset_of(set_of(ab)));
    EXPECT_TRUE(set_of(b_below_a).is_subset_of(set_of(ab)));
    EXPECT_TRUE(set_of(nothing).is_subset_of(set_of(nothing)));
    EXPECT_FALSE(set_of(ab).is_subset_of(set_of(a)));
    EXPECT_FALSE(set_of(ab).is_subset_of(set_of(b_below_a)));
}

TEST(FieldSet, ReadsWhatOthersWrite) {
    struct Read {
        std::string_view written, read;
    };
    const Read cases[] = {
        {R"({"f:a":{".":{}}})", a},
        {R"({".":{},"f:a":{}})", a},
        {R"({"f:a":{},"x:b":{}})", a},
        {R"({"k:{ \"b\": 1, \"a\" : \"x\" }":{}})", R"({"k:{\"a\":\"x\",\"b\":1}":{}})"},
        {R"({"v:\"a\\u003cb\"":{}})", R"({"v:\"a<b\"":{}})"},
        {R"({"i:03":{}})", R"({"i:3":{}})"},
        {R"({"v:5":{},"v:true":{}})", R"({"v:5":{},"v:true":{}})"},
        {R"({"f:":{}})", R"({"f:":{}})"},
    };
    for (const auto& c : cases) EXPECT_EQ(text_of(set_of(c.written)), c.read) << c.written;
    for (std::string_view wrong : {R"({"a":{}})", R"({"":{}})", R"({"fa":{}})", R"({"f:a":[]})", "[]", "5",
                                   R"({"k:5":{}})", R"({"k:{":{}})", R"({"v:":{}})", R"({"i:x":{}})"}) {
        EXPECT_FALSE(FieldSet::parse(json::parse(wrong))) << wrong;
    }
}

TEST(FieldSet, TellsItsPathsAsPeopleReadThem) {
    std::vector<std::string> paths;
    set_of(R"({"f:z":{},"f:a":{".":{},"k:{\"name\":\"x\",\"port\":80}":{"f:b":{}},"v:\"q\"":{},"v:5":{},"i:3":{}}})")
        .for_each([&](const std::string& p) { paths.push_back(p); });
    EXPECT_EQ(paths,
              (std::vector<std::string>{".a", ".z", ".a[3]", R"(.a[="q"])", ".a[=5]", R"(.a[name="x",port=80].b)"}));
}

TEST(FieldSet, KeepsWhatLiesWithin) {
    auto set = set_of(
        R"({"f:spec":{"f:containers":{"k:{\"name\":\"a\"}":{".":{},"f:image":{},"f:resources":{"f:limits":{}}}},"f:other":{}}})");
    EXPECT_EQ(text_of(set.within("spec.containers.*.resources")),
              R"({"f:spec":{"f:containers":{"k:{\"name\":\"a\"}":{".":{},"f:resources":{"f:limits":{}}}}}})");
    EXPECT_TRUE(set.within("status").empty());
    const std::string_view paths[] = {"spec", "metadata.labels"};
    EXPECT_EQ(text_of(FieldSet::of_paths(paths)), R"({"f:metadata":{"f:labels":{}},"f:spec":{}})");
    EXPECT_TRUE(set.contains({"f:spec", "f:other"}));
    EXPECT_FALSE(set.contains({"f:spec"}));
}

TEST(PathElement, NamesAListItemByItsKeys) {
    using kube::schema::find_type;
    const auto& ports = *find_type("io.k8s.api.core.v1.Container")->find("ports")->type;
    EXPECT_EQ(item_element(json::parse(R"({"containerPort":80})"), ports),
              R"(k:{"containerPort":80,"protocol":"TCP"})");
    EXPECT_EQ(item_element(json::parse(R"({"protocol":"UDP"})"), ports), R"(k:{"containerPort":0,"protocol":"UDP"})");
    EXPECT_EQ(item_element(json::Value("x"), ports), std::nullopt);
    EXPECT_EQ(item_problem(json::Value("x"), ports), "associative list with keys may not have non-map elements");
    const auto& finalizers = *find_type("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta")->find("finalizers")->type;
    EXPECT_EQ(item_element(json::Value("a\"b"), finalizers), R"(v:"a\"b")");
    EXPECT_EQ(item_element(json::Object(), finalizers), std::nullopt);
}

}  // namespace
}  // namespace mizzen::apiserver
