// SPDX-License-Identifier: Apache-2.0
// What recorded_test.cpp cannot show: sizes, settled times, changed types, and the words of conflicts.
#include "mizzen/apiserver/apply/apply.hpp"

#include <gtest/gtest.h>

#include "mizzen/apiserver/apply/object_fields.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

using json::Value;
using kube::schema::Field;
using kube::schema::Merge;
using kube::schema::Shape;
using kube::schema::Type;

const Type& config_map() { return *kube::schema::find_type("io.k8s.api.core.v1.ConfigMap"); }
FieldManager by(std::string name, std::string now) {
    return {.name = std::move(name), .api_version = "v1", .subresource = "", .now = std::move(now)};
}

Value config(std::string_view data) {
    return json::parse(R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"},"data":)" + std::string(data) +
                       "}");
}

TEST(Apply, LeavesNothingToWriteWhenNothingChanges) {
    Value live =
        server_side_apply(nullptr, config(R"({"a":"1"})"), config_map(), by("one", "2026-01-01T00:00:00Z"), false)
            .object;
    EXPECT_EQ(
        server_side_apply(live, config(R"({"a":"1"})"), config_map(), by("one", "2026-02-02T00:00:00Z"), false).object,
        live);
    live.at({"metadata", "uid"}) = "1";
    EXPECT_EQ(track_update(live, live, config_map(), by("two", "2026-02-02T00:00:00Z")), live);
}

TEST(SettleTimes, TakesBackTimesThatAreAllThatChanged) {
    const Value live =
        server_side_apply(nullptr, config(R"({"a":"1"})"), config_map(), by("one", "2026-01-01T00:00:00Z"), false)
            .object;
    Value after = live;
    after.find_path({"metadata", "managedFields"})->as_array()[0]["time"] = "2026-02-02T00:00:00Z";
    EXPECT_EQ(settle_times(live, after), live);
    Value changed = after;
    changed.at({"data", "a"}) = "2";
    EXPECT_EQ(settle_times(live, changed), changed);
    after.find_path({"metadata", "managedFields"})->as_array()[0]["manager"] = "two";
    EXPECT_EQ(settle_times(live, after), after);
}

TEST(ApplyConflict, SaysWhoOwnsWhat) {
    auto one = apply_conflict({{R"("kubectl-client-side-apply" using apps/v1)", ".spec.replicas"}});
    EXPECT_EQ(
        one.message,
        R"(Apply failed with 1 conflict: conflict with "kubectl-client-side-apply" using apps/v1: .spec.replicas)");
    EXPECT_EQ(one.code, 409);
    EXPECT_EQ(one.causes[0].reason, "FieldManagerConflict");
    EXPECT_EQ(one.causes[0].message, R"(conflict with "kubectl-client-side-apply" using apps/v1)");
    auto several = apply_conflict({{"\"a\"", ".x"}, {"\"a\"", ".y"}, {"\"b\"", ".z"}});
    EXPECT_EQ(several.message,
              "Apply failed with 3 conflicts: conflicts with \"a\":\n- .x\n- .y\nconflicts with \"b\":\n- .z");
}

TEST(Apply, FollowsATypeThatBecameAtomic) {
    static constexpr Type text{.shape = Shape::string};
    static constexpr Field ab_fields[] = {{.name = "a", .type = &text}, {.name = "b", .type = &text}};
    static constexpr Type granular{.shape = Shape::object, .fields = ab_fields},
        atomic{.shape = Shape::object, .merge = Merge::atomic, .fields = ab_fields};
    static constexpr Field before_fields[] = {{.name = "apiVersion", .type = &text},
                                              {.name = "spec", .type = &granular}};
    static constexpr Field after_fields[] = {{.name = "apiVersion", .type = &text}, {.name = "spec", .type = &atomic}};
    static constexpr Type before{.shape = Shape::object, .fields = before_fields},
        after{.shape = Shape::object, .fields = after_fields};
    auto object = [](std::string_view spec) {
        return json::parse(R"({"apiVersion":"v1","spec":)" + std::string(spec) + "}");
    };
    Value live =
        server_side_apply(nullptr, object(R"({"a":"1"})"), before, by("one", "2026-01-01T00:00:00Z"), false).object;
    live = server_side_apply(live, object(R"({"b":"1"})"), before, by("two", "2026-01-02T00:00:00Z"), false).object;
    auto refused = server_side_apply(live, object(R"({"a":"2"})"), after, by("one", "2026-01-03T00:00:00Z"), false);
    ASSERT_EQ(refused.conflicts.size(), 1u);
    EXPECT_EQ(refused.conflicts[0].field, ".spec");
    auto forced = server_side_apply(live, object(R"({"a":"2"})"), after, by("one", "2026-01-03T00:00:00Z"), true);
    EXPECT_EQ(json::to_json(*forced.object.find("spec")), R"({"a":"2"})");
}

TEST(Apply, ForgetsManagersOfVersionsThatAreNotServedAnyMore) {
    Value live =
        server_side_apply(nullptr, config(R"({"a":"1"})"), config_map(), by("one", "2026-01-01T00:00:00Z"), false)
            .object;
    live.find_path({"metadata", "managedFields"})->as_array()[0]["apiVersion"] = "v1beta1";
    FieldManager two = by("two", "2026-01-02T00:00:00Z");
    EXPECT_EQ(server_side_apply(live, config(R"({"a":"2"})"), config_map(), two, false).conflicts.size(), 1u);
    two.is_served = [](std::string_view version) { return version == "v1"; };
    auto outcome = server_side_apply(live, config(R"({"a":"2"})"), config_map(), two, false);
    ASSERT_TRUE(outcome.conflicts.empty());
    EXPECT_EQ(outcome.object.find_path({"metadata", "managedFields"})->as_array().size(), 1u);
}

TEST(RemoveFields, TakesEmptyContainersAlong) {
    Value object = config(R"({"a":"1","b":"2"})");
    remove_fields(object, *FieldSet::parse(json::parse(R"({"f:data":{"f:a":{}}})")), config_map(), Emptied::goes);
    EXPECT_EQ(json::to_json(*object.find("data")), R"({"b":"2"})");
    const FieldSet rest = *FieldSet::parse(json::parse(R"({"f:data":{"f:b":{}}})"));
    Value with_null = object;
    remove_fields(with_null, rest, config_map(), Emptied::becomes_null);
    EXPECT_TRUE(with_null.find("data")->is_null());
    remove_fields(object, rest, config_map(), Emptied::goes);
    EXPECT_FALSE(object.find("data"));
}

TEST(Apply, ManagesTenThousandKeysInTime) {
    json::Object many, others;
    for (int i = 0; i < 10000; ++i) (i % 2 ? many : others).set("key-" + std::to_string(100000 + i), "v");
    auto whole = [](const json::Object& data) {
        return Value(json::Object{{"apiVersion", "v1"}, {"kind", "ConfigMap"}, {"data", data}});
    };
    Value live = server_side_apply(nullptr, whole(many), config_map(), by("one", "2026-01-01T00:00:00Z"), false).object;
    live = server_side_apply(live, whole(others), config_map(), by("two", "2026-01-02T00:00:00Z"), false).object;
    live =
        server_side_apply(live, config(R"({"x":"y"})"), config_map(), by("one", "2026-01-03T00:00:00Z"), false).object;
    EXPECT_EQ(live.find("data")->as_object().size(), 5001u);
}

TEST(ResetFields, FollowTheKind) {
    EXPECT_EQ(reset_fields("apps", "deployments", "", true).kept_as_they_are,
              (std::vector<std::string_view>{"status"}));
    EXPECT_EQ(reset_fields("apps", "deployments", "status", true).kept_as_they_are,
              (std::vector<std::string_view>{"spec", "metadata.labels"}));
    EXPECT_EQ(reset_fields("example.com", "widgets", "status", true).kept_as_they_are,
              (std::vector<std::string_view>{"spec", "metadata"}));
    EXPECT_EQ(reset_fields("", "pods", "ephemeralcontainers", true).only,
              (std::vector<std::string_view>{"spec.ephemeralContainers"}));
    EXPECT_TRUE(reset_fields("", "configmaps", "", false).kept_as_they_are.empty());
}

}  // namespace
}  // namespace mizzen::apiserver
