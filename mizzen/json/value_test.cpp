// SPDX-License-Identifier: Apache-2.0
// Values and objects as a program builds and reads them.
#include "mizzen/json/value.hpp"

#include <gtest/gtest.h>

#include "mizzen/base/error.hpp"

namespace mizzen::json {
namespace {

std::string complaint(auto&& read) {
    try {
        read();
    } catch (const Error& e) {
        return e.what();
    }
    return "";
}

TEST(Object, IsSortedWhateverTheOrderOfItsMaking) {
    Object made{{"b", 1}, {"a", 1}, {"c", 3}, {"a", 2}, {"b", 2}};
    Object grown;
    grown.set("c", 3);
    grown["a"] = 2;
    grown["b"] = 2;
    EXPECT_EQ(made, grown);
    std::string keys;
    for (const Member& m : made) keys += m.key;
    EXPECT_EQ(keys, "abc");
}

TEST(Object, FindsAndErases) {
    Object o{{"a", 1}, {"b", 2}};
    EXPECT_EQ(*o.find("b"), Value(2));
    EXPECT_EQ(o.find("bb"), nullptr);
    EXPECT_TRUE(o.erase("a"));
    EXPECT_FALSE(o.erase("a"));
    EXPECT_EQ(o.size(), 1u);
}

TEST(Value, EqualNumbersAreEqualWhateverTheirKind) {
    EXPECT_EQ(Value(1), Value(1.0));
    EXPECT_EQ(Value(1.0), Value(1));
    EXPECT_FALSE(Value(1) == Value(1.5));
    EXPECT_FALSE(Value(INT64_MAX) == Value(0x1p63));
    EXPECT_FALSE(Value(1) == Value("1"));
    EXPECT_FALSE(Value(0) == Value(false));
    EXPECT_EQ((Value(Object{{"a", Array{1}}})), (Value(Object{{"a", Array{1.0}}})));
}

TEST(Value, SaysWhatItExpected) {
    const Value v(1.5);
    EXPECT_EQ(complaint([&] { v.as_string(); }), "expected a string, got a number");
    EXPECT_EQ(complaint([&] { v.as_integer(); }), "expected an integer, got a number");
    EXPECT_EQ(complaint([&] { Value().as_object(); }), "expected an object, got null");
    EXPECT_EQ(complaint([&] { Value("x")["y"]; }), "expected an object, got a string");
    EXPECT_EQ(Value(2.0).as_integer(), 2);
}

TEST(Value, IsReadAlongAPath) {
    Value v;
    v.at({"metadata", "labels", "app"}) = "shop";
    v["spec"]["replicas"] = 3;
    EXPECT_EQ(v.text({"metadata", "labels", "app"}), "shop");
    EXPECT_EQ(v.text({"metadata", "name"}), "");
    EXPECT_EQ(v.text("spec"), "");
    EXPECT_EQ(v.integer({"spec", "replicas"}, 1), 3);
    EXPECT_EQ(v.integer({"spec", "paused"}, 1), 1);
    EXPECT_EQ(v.find_path({"metadata", "labels", "app", "deeper"}), nullptr);
    EXPECT_TRUE(v.erase("spec"));
    EXPECT_FALSE(v.erase("spec"));
    EXPECT_FALSE(Value(1).erase("spec"));
}

}  // namespace
}  // namespace mizzen::json
