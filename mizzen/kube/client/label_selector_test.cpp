// SPDX-License-Identifier: Apache-2.0
#include "mizzen/kube/client/label_selector.hpp"

#include <gtest/gtest.h>

#include "mizzen/base/error.hpp"

namespace mizzen::kube {
namespace {

const Labels shop{{"app", "shop"}, {"tier", "web"}, {"size", "5"}};

TEST(LabelSelector, TextMatchesAsKubernetesReadsIt) {
    const std::vector<std::pair<const char*, bool>> cases{
        {"", true},
        {"app=shop", true},
        {"app==shop", true},
        {"app = other", false},
        {"app!=other", true},
        {"missing!=x", true},
        {"tier in (web, api)", true},
        {"tier in(api)", false},
        {"tier notin (api)", true},
        {"missing notin (api)", true},
        {"tier", true},
        {"missing", false},
        {"!missing", true},
        {"!app", false},
        {"size>4", true},
        {"size > 5", false},
        {"size<6", true},
        {"app>1", false},
        {"app=shop,tier in (web)", true},
        {"app=shop, tier=api", false},
        {"in in (x)", false},
        {"app=", false},
    };
    for (auto& [text, matches] : cases) EXPECT_EQ(Selector::parse(text).matches(shop), matches) << text;
}

TEST(LabelSelector, BrokenTextIsRefused) {
    for (auto* text : {"app=shop,", "=x", "a in web", "a in (web", "a>x", "a b", "!"})
        EXPECT_THROW(Selector::parse(text), Error) << text;
}

TEST(LabelSelector, AnObjectMatchesLikeItsText) {
    LabelSelector object;
    object.match_labels = {{"app", "shop"}};
    object.match_expressions = {{.key = "tier", .operator_ = "In", .values = {"web"}},
                                {.key = "gone", .operator_ = "DoesNotExist"}};
    Selector selector = Selector::from(object);
    EXPECT_TRUE(selector.matches(shop));
    EXPECT_EQ(to_string(selector), "app=shop,tier=web,!gone");
    object.match_expressions = {{.key = "tier", .operator_ = "NotIn", .values = {"web", "api"}}};
    EXPECT_FALSE(Selector::from(object).matches(shop));
    EXPECT_EQ(to_string(Selector::from(object)), "app=shop,tier notin (web,api)");
    object.match_expressions = {{.key = "tier", .operator_ = "In"}};
    EXPECT_THROW(Selector::from(object), Error);
    object.match_expressions = {{.key = "tier", .operator_ = "Like", .values = {"web"}}};
    EXPECT_THROW(Selector::from(object), Error);
}

}  // namespace
}  // namespace mizzen::kube
