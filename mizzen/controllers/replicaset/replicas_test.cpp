// SPDX-License-Identifier: Apache-2.0
#include "mizzen/controllers/replicaset/replicas.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace mizzen::controllers {
namespace {

using kube::Pod;
using kube::ReplicaSet;

WallTime at(int second) { return *parse_rfc3339("2026-01-01T00:00:00Z") + std::chrono::seconds(second); }

// A pod with what decides its fate; `ready_at` < 0 is not ready.
struct Facts {
    const char* name = "pod";
    const char* node = "node-1";
    const char* phase = "Running";
    int ready_at = 0;
    int cost = 0;
    int restarts = 0;
    int created_at = 0;
    bool deleting = false;
};

std::shared_ptr<const Pod> a_pod(const Facts& f) {
    Pod pod;
    pod.metadata.name = f.name;
    pod.metadata.labels = {{"app", "shop"}};
    pod.metadata.creation_timestamp = to_rfc3339(at(f.created_at));
    if (f.cost != 0) pod.metadata.annotations["controller.kubernetes.io/pod-deletion-cost"] = std::to_string(f.cost);
    if (f.deleting) pod.metadata.deletion_timestamp = to_rfc3339(at(0));
    pod.spec.node_name = f.node;
    pod.status.phase = f.phase;
    pod.status.container_statuses.push_back({.name = "app", .restart_count = f.restarts});
    if (f.ready_at >= 0)
        pod.status.conditions.push_back(
            {.last_transition_time = to_rfc3339(at(f.ready_at)), .status = "True", .type = "Ready"});
    return std::make_shared<const Pod>(std::move(pod));
}

Pods pods(std::initializer_list<Facts> all) {
    Pods out;
    for (const Facts& f : all) out.push_back(a_pod(f));
    return out;
}

std::string names(const Pods& some) {
    std::string out;
    for (auto& pod : some) out += (out.empty() ? "" : " ") + pod->metadata.name;
    return out;
}

ReplicaSet a_set(int min_ready_seconds = 0) {
    ReplicaSet set;
    set.metadata.name = "shop-abc";
    set.metadata.namespace_ = "default";
    set.metadata.uid = "set-uid";
    set.metadata.generation = 4;
    set.spec.min_ready_seconds = min_ready_seconds;
    set.spec.template_.metadata.labels = {{"app", "shop"}, {"pod-template-hash", "abc"}};
    set.spec.template_.metadata.annotations = {{"note", "kept"}};
    set.spec.template_.spec.containers.push_back({.image = "shop:1", .name = "app"});
    return set;
}

TEST(Active, AreThePodsThatNeitherEndedNorEnd) {
    EXPECT_EQ(names(active(pods({{.name = "a"},
                                 {.name = "b", .phase = "Pending"},
                                 {.name = "c", .phase = "Succeeded"},
                                 {.name = "d", .phase = "Failed"},
                                 {.name = "e", .deleting = true},
                                 {.name = "f", .phase = ""}}))),
              "a b f");
}

TEST(Availability, ComesMinReadySecondsAfterReadiness) {
    auto pod = a_pod({.ready_at = 10});
    EXPECT_TRUE(is_available(*pod, 0, at(10)));
    EXPECT_FALSE(is_available(*pod, 5, at(14)));
    EXPECT_TRUE(is_available(*pod, 5, at(15)));
    EXPECT_FALSE(is_available(*a_pod({.ready_at = -1}), 0, at(100)));
}

TEST(Availability, TheNextOneIsTheEarliestThatIsStillToCome) {
    const Pods some = pods({{.ready_at = 3}, {.ready_at = 9}, {.ready_at = 7}, {.ready_at = -1}});
    EXPECT_EQ(next_available(some, 10, at(14)), at(17));
    EXPECT_EQ(next_available(some, 10, at(13)), at(17));
    EXPECT_EQ(next_available(some, 10, at(12)), at(13));
    EXPECT_EQ(next_available(some, 10, at(19)), std::nullopt);
    EXPECT_EQ(next_available(some, 0, at(0)), std::nullopt);
}

TEST(NewPod, IsTheTemplateWithAnOwnerAndANameToCome) {
    const ReplicaSet set = a_set();
    const Pod pod = new_pod(set);
    EXPECT_EQ(pod.metadata.generate_name, "shop-abc-");
    EXPECT_EQ(pod.metadata.name, "");
    EXPECT_EQ(pod.metadata.namespace_, "default");
    EXPECT_EQ(pod.metadata.labels, set.spec.template_.metadata.labels);
    EXPECT_EQ(pod.metadata.annotations, set.spec.template_.metadata.annotations);
    EXPECT_EQ(pod.spec, set.spec.template_.spec);
    ASSERT_EQ(pod.metadata.owner_references.size(), 1u);
    const kube::OwnerReference& owner = pod.metadata.owner_references[0];
    EXPECT_EQ(owner.kind + "/" + owner.name + "/" + owner.uid, "ReplicaSet/shop-abc/set-uid");
    EXPECT_EQ(owner.controller, true);
    EXPECT_EQ(owner.block_owner_deletion, true);
}

// Each row: two pods that differ in one thing; the first is missed less.
TEST(LeastMissed, RanksByOneThingAfterTheOther) {
    struct Case {
        const char* what;
        Facts first, second;
    };
    for (const Case& c : std::initializer_list<Case>{
             {"without a node",
              {.name = "z", .node = ""},
              {.name = "a", .phase = "Pending", .ready_at = -1, .cost = -9}},
             {"pending",
              {.name = "z", .phase = "Pending"},
              {.name = "a", .phase = "Unknown", .ready_at = -1, .cost = -9}},
             {"unknown", {.name = "z", .phase = "Unknown"}, {.name = "a", .ready_at = -1, .cost = -9}},
             {"unready", {.name = "z", .ready_at = -1}, {.name = "a", .cost = -9}},
             {"cheap", {.name = "z", .cost = -1}, {.name = "a", .restarts = 9, .created_at = 9}},
             {"shorter ready",
              {.name = "z", .ready_at = 9},
              {.name = "a", .ready_at = 8, .restarts = 5, .created_at = 9}},
             {"restarted", {.name = "z", .restarts = 2}, {.name = "a", .restarts = 1, .created_at = 9}},
             {"young", {.name = "z", .created_at = 2}, {.name = "a", .created_at = 1}},
             {"the same but for the name", {.name = "a"}, {.name = "z"}},
         }) {
        EXPECT_EQ(names(least_missed({a_pod(c.first), a_pod(c.second)}, 1, at(100))), c.first.name) << c.what;
        EXPECT_EQ(names(least_missed({a_pod(c.second), a_pod(c.first)}, 1, at(100))), c.first.name) << c.what;
    }
}

TEST(LeastMissed, ThinsOutCrowdedNodesFirst) {
    const Pods all = pods({{.name = "alone", .node = "node-2", .ready_at = 9}, {.name = "a"}, {.name = "b"}});
    EXPECT_EQ(names(least_missed(all, 1, at(100))), "a");
    EXPECT_EQ(names(least_missed(all, 2, at(100))), "a b");
}

TEST(LeastMissed, GivesNoMoreThanThereAre) {
    EXPECT_EQ(least_missed(pods({{}}), 5, at(0)).size(), 1u);
    EXPECT_EQ(least_missed({}, 5, at(0)).size(), 0u);
}

TEST(ReplicaSetStatus, CountsWhatIsThere) {
    const Pods all = pods({{.name = "available", .ready_at = 0},
                           {.name = "ready", .ready_at = 95},
                           {.name = "starting", .phase = "Pending", .ready_at = -1},
                           {.name = "ending", .deleting = true},
                           {.name = "ended", .phase = "Failed", .deleting = true}});
    ReplicaSet set = a_set(10);
    set.status.conditions.push_back(
        {.message = "kept", .reason = "FailedCreate", .status = "True", .type = "ReplicaFailure"});
    const kube::ReplicaSetStatus s = status(set, all, at(100));
    EXPECT_EQ(s.replicas, 3);
    EXPECT_EQ(s.ready_replicas, 2);
    EXPECT_EQ(s.available_replicas, 1);
    EXPECT_EQ(s.terminating_replicas, 1);
    EXPECT_EQ(s.fully_labeled_replicas, 0) << "none has the hash label";
    EXPECT_EQ(s.observed_generation, 4);
    EXPECT_EQ(s.conditions.size(), 1u);

    set.spec.template_.metadata.labels.erase("pod-template-hash");
    EXPECT_EQ(status(set, all, at(100)).fully_labeled_replicas, 3);
}

}  // namespace
}  // namespace mizzen::controllers
