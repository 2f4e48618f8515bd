// SPDX-License-Identifier: Apache-2.0
// What a cluster does besides Deployments: namespaces, Services, scheduling, pods that end, and coming back.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include <unistd.h>

#include "mizzen/cluster/testing/test_cluster.hpp"
#include "mizzen/kube/schema/kinds/apps.hpp"
#include "mizzen/kube/schema/kinds/core.hpp"
#include "mizzen/kube/schema/kinds/discovery.hpp"

namespace mizzen {
namespace {

using kube::ConfigMap;
using kube::Deployment;
using kube::EndpointSlice;
using kube::Namespace;
using kube::Node;
using kube::Pod;
using kube::ServiceAccount;
using namespace std::chrono_literals;

// A Deployment and its Service.
std::string shop(std::string ns = "default") {
    return "apiVersion: v1\n"
           "kind: Service\n"
           "metadata: {name: shop, namespace: " +
           ns +
           "}\n"
           "spec: {selector: {app: shop}, ports: [{name: http, port: 80, targetPort: http}]}\n"
           "---\n"
           "apiVersion: apps/v1\n"
           "kind: Deployment\n"
           "metadata: {name: shop, namespace: " +
           ns +
           "}\n"
           "spec:\n"
           "  replicas: 2\n"
           "  selector: {matchLabels: {app: shop}}\n"
           "  template:\n"
           "    metadata: {labels: {app: shop}}\n"
           "    spec: {containers: [{name: app, image: 'shop:1', ports: [{name: http, containerPort: 8080}]}]}\n";
}

std::string pod(std::string name, std::string spec) {
    return "apiVersion: v1\nkind: Pod\nmetadata: {name: " + name + "}\nspec: {containers: [{name: app, image: 'app:1'" +
           spec + "}]}\n";
}

bool is_available(TestCluster& cluster, int replicas, kube::ObjectKey key = {"default", "shop"}) {
    auto d = cluster.find<Deployment>(key);
    return d && d->status.available_replicas == replicas && d->status.replicas == replicas &&
           d->status.observed_generation == d->metadata.generation;
}

const kube::PodCondition* scheduled(const Pod& pod) {
    auto found = std::ranges::find(pod.status.conditions, "PodScheduled", &kube::PodCondition::type);
    return found == pod.status.conditions.end() ? nullptr : &*found;
}

TEST(Cluster, IsReadyWithItsNodes) {
    TestCluster cluster({.agent = {.nodes = 3}});
    const auto nodes = cluster.run(kube::Api<Node>(cluster.client()).list()).items;
    ASSERT_EQ(nodes.size(), 3u);
    for (const Node& node : nodes) {
        EXPECT_TRUE(std::ranges::any_of(node.status.conditions, [](auto& c) {
            return c.type == "Ready" && c.status == "True";
        })) << node.metadata.name;
        EXPECT_EQ(node.status.allocatable.at("pods"), "1000");
    }
    EXPECT_LT(cluster.loop().now().time_since_epoch(), 5s);
}

TEST(Cluster, IsQuietWhenThereIsNothingToDo) {
    TestCluster cluster;
    cluster.create(shop());
    ASSERT_TRUE(cluster.eventually([&] { return is_available(cluster, 2); }));
    cluster.run_for(1min);
    const auto revision = cluster.cluster().server().revision();
    EXPECT_TRUE(cluster.cluster().is_idle());
    cluster.run_for(10min);
    EXPECT_EQ(cluster.cluster().server().revision(), revision) << "somebody writes although nothing changes";
}

TEST(Cluster, IsTheSameForTheSameSeed) {
    auto story = [](std::uint64_t seed) {
        TestCluster cluster({.agent = {.nodes = 3, .timings = {.until_ready = 100ms}}}, seed);
        cluster.create(shop());
        EXPECT_TRUE(cluster.eventually([&] { return is_available(cluster, 2); }));
        cluster.run_for(1min);
        std::string out = std::to_string(cluster.cluster().server().revision());
        for (const Pod& p : cluster.list<Pod>()) out += "\n" + json::to_json(p);
        return out;
    };
    EXPECT_EQ(story(5), story(5));
    EXPECT_NE(story(5), story(6));
}

TEST(ANamespace, GetsItsServiceAccountAndTheClustersRoot) {
    ClusterOptions options;
    options.server.root_ca_pem = "-----BEGIN CERTIFICATE-----";
    TestCluster cluster(options);
    cluster.create("apiVersion: v1\nkind: Namespace\nmetadata: {name: team-a}\n");
    auto both = [&] {
        return cluster.find<ServiceAccount>({"team-a", "default"}) &&
               cluster.find<ConfigMap>({"team-a", "kube-root-ca.crt"});
    };
    ASSERT_TRUE(cluster.eventually(both));
    EXPECT_EQ(cluster.get<ConfigMap>({"team-a", "kube-root-ca.crt"}).data.at("ca.crt"), "-----BEGIN CERTIFICATE-----");

    cluster.remove<ServiceAccount>({"team-a", "default"});
    cluster.remove<ConfigMap>({"team-a", "kube-root-ca.crt"});
    EXPECT_TRUE(cluster.eventually(both)) << "they come back";
    cluster.patch<ConfigMap>({"team-a", "kube-root-ca.crt"},
                             json::Object{{"data", json::Object{{"ca.crt", "spoiled"}}}});
    EXPECT_TRUE(cluster.eventually(
        [&] { return cluster.get<ConfigMap>({"team-a", "kube-root-ca.crt"}).data.at("ca.crt") != "spoiled"; }));
}

TEST(ANamespace, TakesEverythingAlongWhenItIsDeleted) {
    TestCluster cluster;
    cluster.create("apiVersion: v1\nkind: Namespace\nmetadata: {name: team-a}\n");
    cluster.create(shop("team-a"));
    cluster.create(shop());
    ASSERT_TRUE(
        cluster.eventually([&] { return is_available(cluster, 2, {"team-a", "shop"}) && is_available(cluster, 2); }));
    cluster.remove<Namespace>("team-a");
    EXPECT_EQ(cluster.get<Namespace>("team-a").status.phase, "Terminating");
    ASSERT_TRUE(cluster.eventually([&] { return !cluster.find<Namespace>("team-a"); }));
    EXPECT_EQ(cluster.list<Deployment>("team-a").size(), 0u);
    EXPECT_EQ(cluster.list<kube::ReplicaSet>("team-a").size(), 0u);
    EXPECT_EQ(cluster.list<Pod>("team-a").size(), 0u);
    EXPECT_EQ(cluster.list<kube::Service>("team-a").size(), 0u);
    EXPECT_EQ(cluster.list<ConfigMap>("team-a").size(), 0u);
    EXPECT_TRUE(is_available(cluster, 2)) << "another namespace is left alone";
}

TEST(ANamespace, SaysWhatHoldsItUp) {
    TestCluster cluster;
    cluster.create("apiVersion: v1\nkind: Namespace\nmetadata: {name: team-a}\n");
    cluster.create(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: held, namespace: team-a, finalizers: [example.com/hold]}\n");
    cluster.remove<Namespace>("team-a");
    auto message = [&](std::string_view type) -> std::string {
        const Namespace ns = cluster.get<Namespace>("team-a");
        for (auto& c : ns.status.conditions) {
            if (c.type == type && c.status == "True") return c.message;
        }
        return "";
    };
    ASSERT_TRUE(cluster.eventually([&] { return !message("NamespaceFinalizersRemaining").empty(); }));
    EXPECT_EQ(message("NamespaceFinalizersRemaining"),
              "Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances");
    EXPECT_EQ(message("NamespaceContentRemaining"),
              "Some resources are remaining: configmaps has 1 resource instances");
    cluster.patch<ConfigMap>({"team-a", "held"}, json::Object{{"metadata", json::Object{{"finalizers", nullptr}}}});
    EXPECT_TRUE(cluster.eventually([&] { return !cluster.find<Namespace>("team-a"); }));
}

TEST(AService, HasTheAddressesOfItsPods) {
    TestCluster cluster({.agent = {.timings = {.until_ready = 1s}}});
    cluster.create(shop());
    auto ready = [&] {
        std::size_t n = 0;
        for (const EndpointSlice& slice : cluster.list<EndpointSlice>()) {
            if (slice.metadata.labels.at("kubernetes.io/service-name") != "shop") continue;
            for (const kube::Endpoint& e : slice.endpoints) n += e.conditions.ready.value_or(false);
        }
        return n;
    };
    ASSERT_TRUE(cluster.eventually([&] { return ready() == 2; }));
    const kube::Endpoints endpoints = cluster.get<kube::Endpoints>("shop");
    ASSERT_EQ(endpoints.subsets.size(), 1u);
    EXPECT_EQ(endpoints.subsets[0].addresses.size(), 2u);
    EXPECT_EQ(endpoints.subsets[0].ports.at(0).port, 8080);
    cluster.run(kube::Api<Deployment>(cluster.client()).set_scale("shop", 5));
    EXPECT_TRUE(cluster.eventually([&] { return ready() == 5; }));
    cluster.run(kube::Api<Deployment>(cluster.client()).set_scale("shop", 0));
    EXPECT_TRUE(cluster.eventually([&] { return ready() == 0; }));
    cluster.remove<kube::Service>("shop");
    EXPECT_TRUE(cluster.eventually([&] { return !cluster.find<kube::Endpoints>("shop"); }))
        << "collected with their Service";
}

TEST(APodThatFitsNowhere, SaysWhyAndGoesWhereThereIsRoom) {
    TestCluster cluster({.agent = {.nodes = 2, .capacity = {{"cpu", "2"}, {"memory", "4Gi"}, {"pods", "10"}}}});
    cluster.patch<Node>("node-2", json::Object{{"spec", json::Object{{"unschedulable", true}}}});
    cluster.create(pod("large", ", resources: {requests: {cpu: '1500m'}}"));
    ASSERT_TRUE(cluster.eventually([&] { return cluster.get<Pod>("large").status.phase == "Running"; }));
    cluster.create(pod("second", ", resources: {requests: {cpu: '1500m'}}"));
    ASSERT_TRUE(cluster.eventually([&] { return scheduled(cluster.get<Pod>("second")) != nullptr; }));
    const Pod waiting = cluster.get<Pod>("second");
    EXPECT_EQ(waiting.status.phase, "Pending");
    EXPECT_EQ(scheduled(waiting)->status, "False");
    EXPECT_EQ(scheduled(waiting)->reason, "Unschedulable");
    EXPECT_EQ(scheduled(waiting)->message,
              "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) were unschedulable.");

    cluster.patch<Node>("node-2", json::Object{{"spec", json::Object{{"unschedulable", nullptr}}}});
    ASSERT_TRUE(cluster.eventually([&] { return cluster.get<Pod>("second").status.phase == "Running"; }, 5s));
    EXPECT_EQ(cluster.get<Pod>("second").spec.node_name, "node-2");
    EXPECT_EQ(scheduled(cluster.get<Pod>("second"))->status, "True");
}

TEST(APod, RunsToItsEndWhenItIsNotToBeRestarted) {
    TestCluster cluster({.agent = {.timings = {.until_ready = 1s, .until_complete = 30s}}});
    cluster.create(
        "apiVersion: v1\nkind: Pod\nmetadata: {name: task}\nspec: {restartPolicy: Never, containers: [{name: app, "
        "image: 'task:1'}]}\n");
    ASSERT_TRUE(cluster.eventually([&] { return cluster.get<Pod>("task").status.phase == "Running"; }));
    cluster.run_for(20s);
    EXPECT_EQ(cluster.get<Pod>("task").status.phase, "Running");
    cluster.run_for(15s);
    EXPECT_EQ(cluster.get<Pod>("task").status.phase, "Succeeded");
}

// A folder of its own, gone with the test.
class Folder {
  public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "mizzen-cluster-XXXXXX").string();
        path_ = ::mkdtemp(name.data());
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    const std::string& path() const { return path_; }

  private:
    std::string path_;
};

TEST(ADurableCluster, ComesBackAsItWas) {
    Folder folder;
    ClusterOptions options;
    options.server.data_dir = folder.path();
    std::string uid;
    std::vector<Pod> pods;
    {
        TestCluster cluster(options);
        cluster.create(shop());
        ASSERT_TRUE(cluster.eventually([&] { return is_available(cluster, 2); }));
        uid = cluster.get<Deployment>("shop").metadata.uid;
        pods = cluster.list<Pod>();
        cluster.remove<Pod>(pods.at(0).metadata.name);
    }  // Killed with a deletion under way.
    TestCluster cluster(options, 2);
    EXPECT_EQ(cluster.get<Deployment>("shop").metadata.uid, uid);
    ASSERT_TRUE(
        cluster.eventually([&] { return is_available(cluster, 2) && !cluster.find<Pod>(pods.at(0).metadata.name); }));
    EXPECT_TRUE(cluster.find<Pod>(pods.at(1).metadata.name));
    EXPECT_EQ(cluster.run(kube::Api<Node>(cluster.client()).list()).items.size(), 1u);
    cluster.run(kube::Api<Deployment>(cluster.client()).set_scale("shop", 4));
    EXPECT_TRUE(cluster.eventually([&] { return is_available(cluster, 4); }));
    std::set<std::string> addresses;
    for (const Pod& p : cluster.list<Pod>()) addresses.insert(p.status.pod_ip);
    EXPECT_EQ(addresses.size(), 4u) << "no address is given twice";
}

// A step is one task resumed, so this is between any two things that anybody does.
TEST(ADurableCluster, GoesOnWhereverItWasKilled) {
    for (int steps : {10, 100, 200, 300, 500, 800, 1200, 2000}) {
        SCOPED_TRACE(steps);
        Folder folder;
        ClusterOptions options;
        options.server.data_dir = folder.path();
        {
            TestCluster cluster(options, static_cast<std::uint64_t>(steps));
            cluster.create(shop());
            for (int i = 0; i < steps; ++i) cluster.loop().step();
            cluster.patch<Deployment>("shop", json::Object{{"spec", json::Object{{"replicas", 4}}}});
            for (int i = 0; i < steps; ++i) cluster.loop().step();
        }
        TestCluster cluster(options, 99);
        ASSERT_TRUE(cluster.eventually([&] { return is_available(cluster, 4); }));
        cluster.run_for(1min);
        EXPECT_EQ(cluster.list<Pod>().size(), 4u);
        EXPECT_EQ(cluster.list<kube::ReplicaSet>().size(), 1u);
    }
}

}  // namespace
}  // namespace mizzen
