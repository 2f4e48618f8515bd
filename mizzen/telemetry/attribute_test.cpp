// SPDX-License-Identifier: Apache-2.0
// Attributes keep their types, their order and their limits.
#include "mizzen/telemetry/attribute.hpp"

#include <gtest/gtest.h>

#include <map>

#include "mizzen/base/random.hpp"

namespace mizzen::telemetry {
namespace {

TEST(Name, KeepsALiteralAndCopiesTheRest) {
    static constexpr char literal[] = "http.request.method";
    const Name kept(literal);
    EXPECT_EQ(kept.view().data(), literal);
    std::string made = "made";
    const Name copied(made);
    made = "gone";
    EXPECT_EQ(copied.view(), "made");
    Name other = copied;
    EXPECT_EQ(other, copied);
    EXPECT_NE(other.view().data(), copied.view().data());
    other = kept;
    EXPECT_EQ(other.view().data(), literal);
    const Name moved = std::move(other);
    EXPECT_EQ(moved.view(), literal);
    EXPECT_TRUE(Name(std::string()).empty());
}

TEST(AttributeValue, KeepsItsType) {
    EXPECT_TRUE(AttributeValue(true).as<bool>());
    EXPECT_EQ(*AttributeValue(7).as<std::int64_t>(), 7);
    EXPECT_EQ(*AttributeValue(7u).as<std::int64_t>(), 7);
    EXPECT_EQ(*AttributeValue(2.5).as<double>(), 2.5);
    EXPECT_EQ(*AttributeValue(2.5f).as<double>(), 2.5);
    EXPECT_EQ(*AttributeValue("text").as<std::string>(), "text");
    EXPECT_EQ(*AttributeValue(std::string_view("text")).as<std::string>(), "text");
    EXPECT_EQ(AttributeValue(std::vector<double>{1, 2}).as<std::vector<double>>()->size(), 2u);
    EXPECT_EQ(AttributeValue(1).as<double>(), nullptr);
    EXPECT_EQ(*AttributeValue(~std::uint64_t{0}).as<std::string>(), "18446744073709551615");
}

TEST(AttributeValue, IsCutBetweenCharacters) {
    struct Case {
        std::string_view text;
        std::size_t limit;
        std::string_view cut;
    };
    for (const Case& c : {Case{"abc", 3, "abc"},
                          {"abc", 2, "ab"},
                          {"abc", 0, ""},
                          {"\u00e4\u20ac\U0001F600x", 3, "\u00e4\u20ac\U0001F600"},
                          {"\u00e4\u20ac", 1, "\u00e4"},
                          {"\xff\xfe\xfd", 2, "\xff\xfe"},
                          {"", 5, ""}}) {
        AttributeValue value(c.text);
        value.truncate(c.limit);
        EXPECT_EQ(*value.as<std::string>(), c.cut);
    }
    AttributeValue list(std::vector<std::string>{"abcd", "ef"});
    list.truncate(3);
    EXPECT_EQ(*list.as<std::vector<std::string>>(), (std::vector<std::string>{"abc", "ef"}));
    AttributeValue number(123456);
    number.truncate(1);
    EXPECT_EQ(number, AttributeValue(123456));
}

TEST(Attributes, TheLastValueOfAKeyCounts) {
    Attributes list{{"a", 1}, {"b", "two"}, {"a", 3}};
    EXPECT_EQ(list, (Attributes{{"a", 3}, {"b", "two"}}));
    EXPECT_EQ(list.find("c"), nullptr);
    EXPECT_EQ(list.dropped(), 0u);
}

TEST(Attributes, WhatIsPastTheLimitIsCounted) {
    Attributes list;
    const AttributeLimits limits{.count = 2, .value_length = 3};
    for (const char* key : {"a", "b", "c", "", "a"}) list.set(key, "value", limits);
    EXPECT_EQ(list, (Attributes{{"a", "val"}, {"b", "val"}}));
    EXPECT_EQ(list.dropped(), 2u);
    list.set("n", 1, {.count = 0});
    EXPECT_EQ(list.dropped(), 3u);
}

TEST(Attributes, AFewNeedNoHeap) {
    Attributes list{{"a", 1}, {"b", 2.0}, {"c", true}, {"d", "short"}};
    const auto* at = reinterpret_cast<const std::byte*>(list.begin());
    const auto* self = reinterpret_cast<const std::byte*>(&list);
    EXPECT_TRUE(at >= self && at < self + sizeof list);
}

// Against std::map, with copies and moves on the way.
TEST(Attributes, BehaveAsAMapOfAnySize) {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        Random random(seed);
        Attributes list;
        std::map<std::string, std::int64_t> model;
        for (int step = 0; step < 60; ++step) {
            const std::string key = "key number " + std::to_string(random.below(30));
            const auto value = static_cast<std::int64_t>(random.below(1000));
            list.set(key, value);
            model[key] = value;
            if (random.below(5) == 0) {
                Attributes copy = list;
                EXPECT_EQ(copy, list);
                list = std::move(copy);
                EXPECT_TRUE(copy.empty());
                copy.set("again", 1);
                list = Attributes(list);
            }
        }
        ASSERT_EQ(list.size(), model.size()) << seed;
        for (const auto& [key, value] : model) ASSERT_EQ(*list.find(key), AttributeValue(value)) << seed;
    }
}

}  // namespace
}  // namespace mizzen::telemetry
