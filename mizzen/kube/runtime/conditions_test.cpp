// SPDX-License-Identifier: Apache-2.0
#include "mizzen/kube/runtime/conditions.hpp"

#include <gtest/gtest.h>

#include "mizzen/json/json.hpp"

namespace mizzen::kube {
namespace {

using namespace std::chrono_literals;

const WallTime noon = *parse_rfc3339("2026-01-01T12:00:00Z");

// "Ready=True Reconciling=False …"
std::string truths(const std::vector<Claim>& claims) {
    std::string out;
    for (auto& claim : claims) out += claim.type + "=" + std::string(to_string(claim.truth)) + " ";
    return out;
}

TEST(Conditions, FollowFromTheOutcome) {
    EXPECT_EQ(truths(claims(Outcome::ready())), "Ready=True Reconciling=False Stalled=False ");
    EXPECT_EQ(truths(claims(Outcome::waiting("A", "b"))), "Ready=False Reconciling=True Stalled=False ");
    EXPECT_EQ(truths(claims(Outcome::stalled("A", "b"))), "Ready=False Reconciling=False Stalled=True ");
    EXPECT_EQ(truths(claims(Outcome::done())), "");
    EXPECT_EQ(truths(failed_claims("A", "b")), "Ready=False Reconciling=True Stalled=False ");
}

TEST(Conditions, TheTimeOfTransitionMovesOnlyWithTheTruth) {
    json::Value status = json::Object{};
    put(status, {{"Ready", Truth::no, "Starting", "one"}}, 1, noon);
    put(status, {{"Ready", Truth::no, "Starting", "two"}}, 2, noon + 1h);
    EXPECT_EQ(json::to_json(status),
              R"({"conditions":[{"lastTransitionTime":"2026-01-01T12:00:00Z","message":"two","observedGeneration":2,)"
              R"("reason":"Starting","status":"False","type":"Ready"}]})");
    put(status, {{"Ready", Truth::yes, "Ready", ""}}, 2, noon + 2h);
    EXPECT_EQ(status["conditions"].as_array()[0].text("lastTransitionTime"), "2026-01-01T14:00:00Z");
}

TEST(Conditions, OfOthersStay) {
    json::Value status = json::parse(R"({"phase":"x","conditions":[{"type":"Theirs","status":"True"}]})");
    put(status, claims(Outcome::ready()), 1, noon);
    EXPECT_EQ(status["conditions"].as_array().size(), 4u);
    EXPECT_EQ(status["conditions"].as_array()[0].text("type"), "Theirs");
    EXPECT_EQ(status.text("phase"), "x");
}

TEST(Conditions, EmptyMembersAreNoDifference) {
    auto same = [](const char* a, const char* b) { return same_status(json::parse(a), json::parse(b)); };
    EXPECT_TRUE(same(R"({"a":1,"b":"","c":[],"d":{"e":null}})", R"({"a":1})"));
    EXPECT_FALSE(same(R"({"a":0})", R"({})"));
    EXPECT_FALSE(same(R"({"a":[1]})", R"({"a":[2]})"));
}

}  // namespace
}  // namespace mizzen::kube
