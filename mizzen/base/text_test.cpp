// SPDX-License-Identifier: Apache-2.0
// Splitting, trimming, and which names Kubernetes takes.
#include "mizzen/base/text.hpp"

#include <gtest/gtest.h>

namespace mizzen {
namespace {

using Parts = std::vector<std::string_view>;

TEST(Text, SplitsAndJoins) {
    EXPECT_EQ(split("a,b,,c", ','), (Parts{"a", "b", "", "c"}));
    EXPECT_EQ(split("", ','), (Parts{""}));
    EXPECT_EQ(split(",", ','), (Parts{"", ""}));
    EXPECT_EQ(join(Parts{"a", "", "c"}, ", "), "a, , c");
    EXPECT_EQ(join(std::vector<std::string>{}, ","), "");
}

TEST(Text, TrimsAndLowers) {
    EXPECT_EQ(trim(" \t a b\r\n"), "a b");
    EXPECT_EQ(trim(" \n"), "");
    EXPECT_EQ(to_lower("Content-TYPE É"), "content-type É");
    EXPECT_TRUE(equal_ignoring_case("Accept", "aCCEPT"));
    EXPECT_FALSE(equal_ignoring_case("Accept", "Accep"));
}

TEST(Text, KnowsWhichNamesKubernetesTakes) {
    struct Case {
        std::string name;
        bool label, subdomain;
    };
    const Case cases[] = {
        {"shop", true, true},
        {"shop-1", true, true},
        {"1shop", true, true},
        {"shop.example.com", false, true},
        {"", false, false},
        {"-shop", false, false},
        {"shop-", false, false},
        {"Shop", false, false},
        {"sh_op", false, false},
        {"a..b", false, false},
        {".a", false, false},
        {"a.", false, false},
        {"a.-b", false, false},
        {std::string(63, 'a'), true, true},
        {std::string(64, 'a'), false, true},
        {std::string(253, 'a'), false, true},
        {std::string(254, 'a'), false, false},
    };
    for (const Case& c : cases) {
        EXPECT_EQ(is_dns1123_label(c.name), c.label) << c.name;
        EXPECT_EQ(is_dns1123_subdomain(c.name), c.subdomain) << c.name;
    }
}

}  // namespace
}  // namespace mizzen
