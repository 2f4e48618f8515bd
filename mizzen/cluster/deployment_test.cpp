// SPDX-License-Identifier: Apache-2.0
// Deployments in a whole cluster: from kubectl's point of view.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "mizzen/cluster/testing/test_cluster.hpp"
#include "mizzen/controllers/deployment/rollout.hpp"
#include "mizzen/kube/schema/kinds/apps.hpp"
#include "mizzen/kube/schema/kinds/core.hpp"
#include "mizzen/kube/schema/kinds/discovery.hpp"
#include "mizzen/kube/schema/kinds/event.hpp"

namespace mizzen {
namespace {

using kube::Deployment;
using kube::Pod;
using kube::ReplicaSet;
using namespace std::chrono_literals;

constexpr const char* shop = R"(
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  replicas: 3
  selector: {matchLabels: {app: shop}}
  strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers:
      - {name: app, image: "shop:1"}
)";

json::Value image(std::string to) {
    return json::Object{
        {"spec",
         json::Object{
             {"template",
              json::Object{{"spec", json::Object{{"containers", json::Array{json::Object{
                                                                    {"name", "app"}, {"image", std::move(to)}}}}}}}}}}};
}

std::string says(const Deployment& d, std::string_view type) {
    for (const auto& c : d.status.conditions) {
        if (c.type == type) return c.status + " " + c.reason;
    }
    return "";
}

bool is_rolled_out(TestCluster& cluster, int replicas) {
    const Deployment d = cluster.get<Deployment>("shop");
    return d.status.observed_generation == d.metadata.generation && d.status.replicas == replicas &&
           d.status.updated_replicas == replicas && d.status.available_replicas == replicas;
}

int available(TestCluster& cluster) { return cluster.get<Deployment>("shop").status.available_replicas; }

// What `kubectl rollout history` shows, and what runs.
std::string revision(TestCluster& cluster) {
    return cluster.get<Deployment>("shop").metadata.annotations.at("deployment.kubernetes.io/revision");
}
std::set<std::string> images(TestCluster& cluster) {
    std::set<std::string> out;
    for (const Pod& pod : cluster.list<Pod>()) out.insert(pod.spec.containers.at(0).image);
    return out;
}

TEST(DeploymentInACluster, BecomesAvailable) {
    TestCluster cluster({.agent = {.nodes = 2}});
    cluster.create(shop);
    ASSERT_TRUE(cluster.eventually([&] { return is_rolled_out(cluster, 3); }));
    const Deployment d = cluster.get<Deployment>("shop");
    EXPECT_EQ(says(d, "Available"), "True MinimumReplicasAvailable");
    EXPECT_EQ(says(d, "Progressing"), "True NewReplicaSetAvailable");
    EXPECT_EQ(revision(cluster), "1");

    std::set<std::string> addresses, nodes;
    for (const Pod& pod : cluster.list<Pod>()) {
        EXPECT_EQ(pod.status.phase, "Running");
        EXPECT_TRUE(pod.metadata.name.starts_with(cluster.list<ReplicaSet>().at(0).metadata.name + "-"))
            << pod.metadata.name;
        addresses.insert(pod.status.pod_ip);
        nodes.insert(pod.spec.node_name);
    }
    EXPECT_EQ(addresses.size(), 3u);
    EXPECT_EQ(nodes, (std::set<std::string>{"node-1", "node-2"}));
}

TEST(DeploymentInACluster, TellsWhatItDidInEvents) {
    TestCluster cluster;
    cluster.create(shop);
    ASSERT_TRUE(cluster.eventually([&] { return is_rolled_out(cluster, 3); }));
    cluster.run_for(5s);
    std::multiset<std::string> reasons;
    for (const auto& event : cluster.list<kube::Event>()) {
        // The same news several times is one event with a count.
        const int times = event.series ? event.series->count : std::max(1, event.count);
        for (int i = 0; i < times; ++i) reasons.insert(event.involved_object.kind + " " + event.reason);
    }
    EXPECT_EQ(reasons.count("Deployment ScalingReplicaSet"), 1u);
    EXPECT_EQ(reasons.count("ReplicaSet SuccessfulCreate"), 3u);
    EXPECT_EQ(reasons.count("Pod Scheduled"), 3u);
    EXPECT_EQ(reasons.count("Pod Started"), 3u);
}

TEST(DeploymentInACluster, FollowsItsScale) {
    TestCluster cluster;
    cluster.create(shop);
    ASSERT_TRUE(cluster.eventually([&] { return is_rolled_out(cluster, 3); }));
    for (int replicas : {7, 2, 0, 1}) {
        cluster.run(kube::Api<Deployment>(cluster.client()).set_scale("shop", replicas));
        EXPECT_TRUE(cluster.eventually([&] { return is_rolled_out(cluster, replicas); })) << replicas;
        EXPECT_EQ(cluster.list<Pod>().size(), static_cast<std::size_t>(replicas));
    }
    EXPECT_EQ(cluster.list<ReplicaSet>().size(), 1u) << "scaling is no rollout";
}

TEST(DeploymentInACluster, ReplacesAPodThatIsDeleted) {
    TestCluster cluster;
    cluster.create(shop);
    ASSERT_TRUE(cluster.eventually([&] { return is_rolled_out(cluster, 3); }));
    const Pod gone = cluster.list<Pod>().at(1);
    cluster.remove<Pod>(gone.metadata.name);
    ASSERT_TRUE(
        cluster.eventually([&] { return !cluster.find<Pod>(gone.metadata.name) && is_rolled_out(cluster, 3); }));
    EXPECT_EQ(cluster.list<Pod>().size(), 3u);
}

TEST(DeploymentInACluster, RollsOutWithoutALossOfAvailability) {
    TestCluster cluster({.agent = {.nodes = 3, .timings = {.until_ready = 2s}}});
    cluster.create(shop);
    ASSERT_TRUE(cluster.eventually([&] { return is_rolled_out(cluster, 3); }));
    cluster.patch<Deployment>("shop", image("shop:2"));
    EXPECT_TRUE(cluster.eventually([&] {
        EXPECT_GE(available(cluster), 3);
        EXPECT_LE(
            std::ranges::count_if(cluster.list<Pod>(), [](auto& p) { return p.metadata.deletion_timestamp.empty(); }),
            4);
        return is_rolled_out(cluster, 3);
    }));
    EXPECT_EQ(images(cluster), std::set<std::string>{"shop:2"});
    EXPECT_EQ(revision(cluster), "2");
    EXPECT_EQ(cluster.list<ReplicaSet>().size(), 2u) << "the old one is kept for rollbacks";
}

TEST(DeploymentInACluster, IsRolledBackByGivingTheOldTemplate) {
    TestCluster cluster;
    cluster.create(shop);
    ASSERT_TRUE(cluster.eventually([&] { return is_rolled_out(cluster, 3); }));
    const std::string first = cluster.list<ReplicaSet>().at(0).metadata.name;
    cluster.patch<Deployment>("shop", image("shop:2"));
    ASSERT_TRUE(cluster.eventually([&] { return is_rolled_out(cluster, 3); }));
    cluster.patch<Deployment>("shop", image("shop:1"));
    ASSERT_TRUE(cluster.eventually([&] { return is_rolled_out(cluster, 3); }));
    EXPECT_EQ(images(cluster), std::set<std::string>{"shop:1"});
    EXPECT_EQ(revision(cluster), "3");
    const ReplicaSet set = cluster.get<ReplicaSet>(first);
    EXPECT_EQ(set.spec.replicas, 3);
    EXPECT_EQ(set.metadata.annotations.at("deployment.kubernetes.io/revision-history"), "1");
    EXPECT_EQ(says(cluster.get<Deployment>("shop"), "Progressing"), "True NewReplicaSetAvailable");
}

TEST(DeploymentInACluster, KeepsNoMoreHistoryThanAskedFor) {
    TestCluster cluster;
    cluster.create(shop);
    cluster.patch<Deployment>("shop", json::Object{{"spec", json::Object{{"revisionHistoryLimit", 2}}}});
    ASSERT_TRUE(cluster.eventually([&] { return is_rolled_out(cluster, 3); }));
    for (int version = 2; version <= 6; ++version) {
        cluster.patch<Deployment>("shop", image("shop:" + std::to_string(version)));
        ASSERT_TRUE(cluster.eventually([&] { return is_rolled_out(cluster, 3); })) << version;
    }
    EXPECT_TRUE(cluster.eventually([&] { return cluster.list<ReplicaSet>().size() == 3; }));
    EXPECT_EQ(revision(cluster), "6");
}

TEST(DeploymentInACluster, TakesAnotherNameWhereItsOwnIsTaken) {
    TestCluster cluster;
    cluster.create(shop);
    cluster.patch<Deployment>("shop", json::Object{{"spec", json::Object{{"paused", true}}}});
    cluster.patch<Deployment>("shop", image("shop:2"));
    const ReplicaSet wanted = controllers::new_replica_set(cluster.get<Deployment>("shop"), {}, 0);
    ReplicaSet squatter = wanted;
    squatter.metadata.owner_references = {};
    squatter.metadata.labels = squatter.spec.selector.match_labels =
        squatter.spec.template_.metadata.labels = {{"app", "other"}};
    cluster.run(kube::Api<ReplicaSet>(cluster.client()).create(squatter));
    cluster.patch<Deployment>("shop", json::Object{{"spec", json::Object{{"paused", nullptr}}}});
    ASSERT_TRUE(cluster.eventually([&] { return is_rolled_out(cluster, 3); }));
    EXPECT_EQ(images(cluster), std::set<std::string>{"shop:2"});
    EXPECT_EQ(cluster.get<Deployment>("shop").status.collision_count, 1);
    EXPECT_EQ(cluster.get<ReplicaSet>(wanted.metadata.name).spec.replicas, 0);
}

TEST(DeploymentInACluster, RecreatesOnlyAfterTheLastOldPodIsGone) {
    TestCluster cluster({.agent = {.timings = {.until_ready = 1s}}});
    cluster.create(shop);
    cluster.patch<Deployment>(
        "shop", json::Object{{"spec", json::Object{{"strategy",
                                                    json::Object{{"type", "Recreate"}, {"rollingUpdate", nullptr}}}}}});
    ASSERT_TRUE(cluster.eventually([&] { return is_rolled_out(cluster, 3); }));
    cluster.patch<Deployment>("shop", image("shop:2"));
    EXPECT_TRUE(cluster.eventually([&] {
        EXPECT_LE(images(cluster).size(), 1u);
        return is_rolled_out(cluster, 3);
    }));
    EXPECT_EQ(images(cluster), std::set<std::string>{"shop:2"});
}

TEST(DeploymentInACluster, SaysWhenItsDeadlinePassed) {
    TestCluster cluster;
    cluster.create(shop);
    ASSERT_TRUE(cluster.eventually([&] { return is_rolled_out(cluster, 3); }));
    json::Value broken = image("shop:2");
    broken["spec"]["progressDeadlineSeconds"] = 30;
    broken["spec"]["template"]["spec"]["nodeSelector"] = json::Object{{"disk", "ssd"}};
    cluster.patch<Deployment>("shop", std::move(broken));
    ASSERT_TRUE(cluster.eventually(
        [&] { return says(cluster.get<Deployment>("shop"), "Progressing") == "False ProgressDeadlineExceeded"; }));
    EXPECT_EQ(says(cluster.get<Deployment>("shop"), "Available"), "True MinimumReplicasAvailable");
    EXPECT_EQ(available(cluster), 3);
    cluster.patch<Deployment>("shop", image("shop:1"));
    EXPECT_EQ(cluster.get<Deployment>("shop").spec.template_.spec.node_selector.size(), 1u);
    cluster.patch<Deployment>(
        "shop",
        json::Object{
            {"spec", json::Object{{"template", json::Object{{"spec", json::Object{{"nodeSelector", nullptr}}}}}}}});
    EXPECT_TRUE(cluster.eventually(
        [&] { return says(cluster.get<Deployment>("shop"), "Progressing") == "True NewReplicaSetAvailable"; }));
}

TEST(DeploymentInACluster, AdoptsTheSetsThatAnOrphaningDeleteLeft) {
    TestCluster cluster;
    cluster.create(shop);
    ASSERT_TRUE(cluster.eventually([&] { return is_rolled_out(cluster, 3); }));
    cluster.remove<Deployment>("shop", {.propagation = kube::Propagation::orphan});
    ASSERT_TRUE(cluster.eventually([&] { return !cluster.find<Deployment>("shop"); }));
    cluster.run_for(5s);
    ASSERT_EQ(cluster.list<ReplicaSet>().size(), 1u);
    EXPECT_EQ(cluster.list<ReplicaSet>().at(0).metadata.owner_references.size(), 0u);
    std::set<std::string> before, after;
    for (const Pod& pod : cluster.list<Pod>()) before.insert(pod.metadata.name);
    EXPECT_EQ(before.size(), 3u);

    cluster.create(shop);
    ASSERT_TRUE(cluster.eventually([&] { return is_rolled_out(cluster, 3); }));
    for (const Pod& pod : cluster.list<Pod>()) after.insert(pod.metadata.name);
    EXPECT_EQ(after, before);
    ASSERT_EQ(cluster.list<ReplicaSet>().size(), 1u);
    EXPECT_EQ(cluster.list<ReplicaSet>().at(0).metadata.owner_references.at(0).uid,
              cluster.get<Deployment>("shop").metadata.uid);
}

}  // namespace
}  // namespace mizzen
