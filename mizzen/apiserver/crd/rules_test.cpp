// SPDX-License-Identifier: Apache-2.0
#include "mizzen/apiserver/crd/rules.hpp"

#include <gtest/gtest.h>

#include "mizzen/apiserver/crd/custom_schema.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

constexpr std::string_view schema = R"({"type":"object","properties":{"spec":{"type":"object",
    "properties":{"replicas":{"type":"integer"},"limit":{"type":"integer"},"name":{"type":"string","x-kubernetes-validations":
        [{"rule":"self == oldSelf","message":"name is immutable"}]}},
    "x-kubernetes-validations":[{"rule":"self.replicas <= self.limit","message":"replicas must not exceed the limit"}]}}})";

std::vector<std::string> said(std::string_view text, std::string_view old = "") {
    auto object = json::parse(text), before = old.empty() ? json::Value() : json::parse(old);
    std::vector<std::string> out;
    auto custom = CustomSchema::build(json::parse(schema), false);
    for (auto& e : custom->validate(object, old.empty() ? nullptr : &before)) out.push_back(e.field + ": " + e.message);
    return out;
}

using Lines = std::vector<std::string>;
constexpr auto refusal = "spec: Invalid value: replicas must not exceed the limit";

TEST(Rules, AreEvaluatedOnEveryWrite) {
    EXPECT_EQ(said(R"({"spec":{"replicas":3,"limit":3}})"), Lines());
    EXPECT_EQ(said(R"({"spec":{"replicas":4,"limit":3}})"), Lines{refusal});
}

TEST(Rules, SayWhichMemberIsMissing) {
    EXPECT_EQ(said(R"({"spec":{"replicas":3}})"),
              Lines{"spec: Invalid value: \"object\": no such key: limit evaluating rule: replicas must not exceed the "
                    "limit"});
}

TEST(Rules, CompareWithTheOldObject) {
    constexpr auto old = R"({"spec":{"replicas":1,"limit":2,"name":"a"}})";
    EXPECT_EQ(said(R"({"spec":{"replicas":1,"limit":2,"name":"b"}})", old),
              Lines{"spec.name: Invalid value: \"b\": name is immutable"});
    EXPECT_EQ(said(R"({"spec":{"replicas":1,"limit":2,"name":"b"}})"), Lines());
}

TEST(Rules, LetThroughWhatDidNotChange) {
    constexpr auto bad = R"({"spec":{"replicas":4,"limit":3}})";
    EXPECT_EQ(said(bad, bad), Lines());
    EXPECT_EQ(said(R"({"spec":{"replicas":5,"limit":3}})", bad), Lines{refusal});
}

TEST(Rules, AreNotLookedAtWhereTheSchemaFails) {
    auto lines = said(R"({"spec":{"replicas":"x","limit":3}})");
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[1],
              "<nil>: Invalid value: null: some validation rules were not checked because the object was invalid; "
              "correct the existing errors to complete validation");
}

}  // namespace
}  // namespace mizzen::apiserver
