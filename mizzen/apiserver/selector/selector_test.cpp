// SPDX-License-Identifier: Apache-2.0
// Selectors: which objects they match, and that what kube-apiserver refuses we refuse with the same words.
#include "mizzen/apiserver/selector/selector.hpp"

#include <gtest/gtest.h>

#include "mizzen/apiserver/selector/recorded.hpp"
#include "mizzen/apiserver/status.hpp"

namespace mizzen::apiserver {
namespace {

template <class Fn>
std::string complaint(Fn&& fn) {
    try {
        fn();
        return "";
    } catch (const StatusError& e) {
        EXPECT_EQ(e.code, 400);
        return e.message;
    }
}

bool is_metadata(std::string_view field) { return field == "metadata.name" || field == "metadata.namespace"; }

TEST(LabelSelector, SaysWhatKubeApiserverSaid) {
    for (const auto& c : recorded(MIZZEN_SOURCE_DIR, "selector/testdata/label_selectors.json")) {
        EXPECT_EQ(complaint([&] { LabelSelector::parse(c.text("selector")); }), c.text("message"))
            << c.text("selector");
    }
}

TEST(FieldSelector, SaysWhatKubeApiserverSaid) {
    for (const auto& c : recorded(MIZZEN_SOURCE_DIR, "selector/testdata/field_selectors.json")) {
        auto text = c.text("selector");
        EXPECT_EQ(complaint([&] { FieldSelector::parse(text, is_metadata, true); }), c.text("message")) << text;
        EXPECT_EQ(complaint([&] { FieldSelector::parse(text, is_metadata); }), c.text("of_pods")) << text;
    }
}

TEST(LabelSelector, MatchesByTable) {
    const json::Value labels = json::parse(R"({"app":"shop","tier":"web","size":"10","empty":"","in":"notin"})");
    struct Case {
        std::string_view selector;
        bool matches;
    };
    const Case cases[] = {
        {"", true},
        {" ", true},
        {"app=shop", true},
        {"app==shop", true},
        {"app=x", false},
        {"app!=x", true},
        {"app!=shop", false},
        {"none!=x", true},
        {"none=", false},
        {"empty=", true},
        {"empty", true},
        {"app", true},
        {"none", false},
        {"!none", true},
        {"!app", false},
        {"app in (a,shop)", true},
        {"app in (a,b)", false},
        {"app notin (a)", true},
        {"none notin (a)", true},
        {"app notin (shop)", false},
        {"empty in ()", true},
        {"empty in (,x)", true},
        {"app in (,x)", false},
        {"size>9", true},
        {"size>10", false},
        {"size<11", true},
        {"size<10", false},
        {"app>1", false},
        {"none>1", false},
        {"app=shop,tier=web", true},
        {"app=shop,tier=db", false},
        {"in=notin", true},
        {"in in (notin)", true},
        {"notin", false},
    };
    for (const auto& c : cases) EXPECT_EQ(LabelSelector::parse(c.selector).matches(&labels), c.matches) << c.selector;
    EXPECT_TRUE(LabelSelector::parse("!a,b!=c").matches(nullptr));
    EXPECT_FALSE(LabelSelector::parse("a").matches(nullptr));
    EXPECT_TRUE(LabelSelector().empty());
    EXPECT_FALSE(LabelSelector::parse("a").empty());
}

TEST(LabelSelector, ReadsTheStructuredForm) {
    const json::Value labels = json::parse(R"({"app":"shop","tier":"web"})");
    struct Case {
        std::string_view selector;
        bool matches;
    };
    const Case cases[] = {
        {"null", false},
        {"{}", true},
        {R"({"matchLabels":{}})", true},
        {R"({"matchLabels":{"app":"shop"}})", true},
        {R"({"matchLabels":{"app":"x"}})", false},
        {R"({"matchExpressions":[{"key":"app","operator":"In","values":["a","shop"]}]})", true},
        {R"({"matchExpressions":[{"key":"app","operator":"NotIn","values":["shop"]}]})", false},
        {R"({"matchExpressions":[{"key":"app","operator":"Exists"},{"key":"x","operator":"DoesNotExist"}]})", true},
        {R"({"matchLabels":{"app":"shop"},"matchExpressions":[{"key":"tier","operator":"DoesNotExist"}]})", false},
    };
    for (const auto& c : cases)
        EXPECT_EQ(LabelSelector::from_value(json::parse(c.selector)).matches(&labels), c.matches) << c.selector;
    EXPECT_FALSE(LabelSelector::from_value(nullptr).empty());
    EXPECT_TRUE(LabelSelector::from_value(json::Object()).empty());
}

TEST(LabelSelector, RefusesAMalformedStructuredForm) {
    auto said = [](std::string_view text) { return complaint([&] { LabelSelector::from_value(json::parse(text)); }); };
    EXPECT_EQ(said(R"({"matchExpressions":[{"key":"a","operator":"Like"}]})"),
              R"("Like" is not a valid label selector operator)");
    EXPECT_EQ(said(R"({"matchExpressions":[{"key":"a","operator":"In"}]})"),
              "values: Invalid value: null: for 'in', 'notin' operators, values set can't be empty");
    EXPECT_EQ(said(R"({"matchExpressions":[{"key":"a","operator":"Exists","values":["x"]}]})"),
              R"(values: Invalid value: ["x"]: values set must be empty for exists and does not exist)");
    EXPECT_TRUE(said(R"({"matchLabels":{"-a":"b"}})").starts_with(R"(key: Invalid value: "-a": name part must)"));
}

TEST(FieldSelector, MatchesByTable) {
    auto field_of = [](std::string_view field) { return std::string(field == "metadata.name" ? "a,b" : ""); };
    struct Case {
        std::string_view selector;
        bool matches;
    };
    const Case cases[] = {{"", true},
                          {R"(metadata.name=a\,b)", true},
                          {R"(metadata.name==a\,b)", true},
                          {R"(metadata.name!=a\,b)", false},
                          {"metadata.name=a", false},
                          {"metadata.name!=a", true},
                          {"metadata.namespace=", true},
                          {"metadata.namespace!=", false},
                          {R"(metadata.name=a\,b,metadata.namespace!=x)", true},
                          {",,", true}};
    for (const auto& c : cases)
        EXPECT_EQ(FieldSelector::parse(c.selector, is_metadata).matches(field_of), c.matches) << c.selector;
}

TEST(FieldSelector, TellsTheValueThatAFieldMustEqual) {
    auto selector = FieldSelector::parse("metadata.namespace!=n,metadata.name=x", is_metadata);
    EXPECT_EQ(selector.exact("metadata.name"), "x");
    EXPECT_EQ(selector.exact("metadata.namespace"), std::nullopt);
    EXPECT_TRUE(FieldSelector().empty());
    EXPECT_FALSE(selector.empty());
}

}  // namespace
}  // namespace mizzen::apiserver
