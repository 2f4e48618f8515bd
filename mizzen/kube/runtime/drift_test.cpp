// SPDX-License-Identifier: Apache-2.0
#include "mizzen/kube/runtime/drift.hpp"

#include <gtest/gtest.h>

#include "mizzen/json/json.hpp"

namespace mizzen::kube {
namespace {

std::string projected(const char* live, const char* wanted, const char* kind = nullptr) {
    const schema::Type* type = kind == nullptr ? nullptr : schema::find_type(kind);
    if (kind != nullptr) EXPECT_NE(type, nullptr) << kind;
    return json::to_json(project(json::parse(live), json::parse(wanted), type));
}

TEST(Drift, MembersThatNobodyAskedForAreLeftOut) {
    EXPECT_EQ(projected(R"({"a":1,"b":{"c":2,"d":3},"e":4})", R"({"a":9,"b":{"c":2}})"), R"({"a":1,"b":{"c":2}})");
}

TEST(Drift, WhatIsMissingShowsAsMissing) { EXPECT_EQ(projected(R"({"a":1})", R"({"a":1,"b":2})"), R"({"a":1})"); }

TEST(Drift, ItemsOfAKeyedListAreFoundByTheirKeysWhereverTheyStand) {
    // A sidecar was injected in front, ours got a default.
    EXPECT_EQ(
        projected(
            R"({"containers":[{"name":"proxy","image":"p"},{"name":"app","image":"a","imagePullPolicy":"Always"}]})",
            R"({"containers":[{"name":"app","image":"a"}]})", "io.k8s.api.core.v1.PodSpec"),
        R"({"containers":[{"image":"a","name":"app"}]})");
}

TEST(Drift, AnAbsentKeyCountsAsItsDefault) {
    EXPECT_EQ(projected(R"({"ports":[{"containerPort":80,"protocol":"TCP","name":"http"}]})",
                        R"({"ports":[{"containerPort":80}]})", "io.k8s.api.core.v1.Container"),
              R"({"ports":[{"containerPort":80}]})");
}

TEST(Drift, AnAtomicListIsComparedAsAWhole) {
    EXPECT_EQ(projected(R"({"args":["a","b"]})", R"({"args":["a"]})", "io.k8s.api.core.v1.Container"),
              R"({"args":["a","b"]})");
    EXPECT_EQ(projected(R"([{"x":1,"y":2}])", R"([{"x":1}])"), R"([{"x":1}])");
}

TEST(Drift, ASetKeepsOnlyWhatWasAskedFor) {
    EXPECT_EQ(projected(R"({"finalizers":["other","mine"]})", R"({"finalizers":["mine"]})",
                        "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"),
              R"({"finalizers":["mine"]})");
}

TEST(Drift, TheFingerprintFollowsTheContentOnly) {
    EXPECT_EQ(fingerprint(json::parse(R"({"a":1,"b":[2]})")), fingerprint(json::parse(R"({ "b":[2], "a":1 })")));
    EXPECT_NE(fingerprint(json::parse(R"({"a":1})")), fingerprint(json::parse(R"({"a":"1"})")));
}

TEST(MergeDifference, SaysWhatToChangeAndWhatToRemove) {
    auto difference = [](const char* before, const char* after) {
        return json::to_json(merge_difference(json::parse(before), json::parse(after)));
    };
    EXPECT_EQ(difference(R"({"a":1})", R"({"a":1})"), "null");
    EXPECT_EQ(difference(R"({"a":1,"b":2,"c":{"d":1,"e":2}})", R"({"b":3,"c":{"d":1,"f":[]}})"),
              R"({"a":null,"b":3,"c":{"e":null,"f":[]}})");
    EXPECT_EQ(difference(R"({"a":[1,2]})", R"({"a":[1]})"), R"({"a":[1]})");
}

}  // namespace
}  // namespace mizzen::kube
