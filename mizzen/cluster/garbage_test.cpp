// SPDX-License-Identifier: Apache-2.0
// Deletion in a whole cluster: what goes along, what waits, what is set free.
#include <gtest/gtest.h>

#include "mizzen/cluster/testing/test_cluster.hpp"
#include "mizzen/kube/schema/kinds/apps.hpp"
#include "mizzen/kube/schema/kinds/core.hpp"

namespace mizzen {
namespace {

using kube::ConfigMap;
using kube::Deployment;
using kube::Pod;
using kube::Propagation;
using kube::ReplicaSet;
using namespace std::chrono_literals;

constexpr const char* shop = R"(
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec: {containers: [{name: app, image: "shop:1"}]}
)";

constexpr const char* widgets = R"(
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Widget, plural: widgets}
  versions:
  - name: v1
    served: true
    storage: true
    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
)";

const kube::DynamicKind widget_kind("example.com", "v1", "Widget", "widgets");

// A cluster in which the shop runs.
struct RunningShop : TestCluster {
    RunningShop() {
        create(shop);
        EXPECT_TRUE(eventually([&] { return get<Deployment>("shop").status.available_replicas == 2; }));
    }
};

std::string config_map(std::string name, std::string owners) {
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + ", ownerReferences: [" + owners + "]}\n";
}

std::string owner(const kube::ObjectMeta& metadata, std::string api_version, std::string kind, bool blocks = false) {
    return "{apiVersion: " + api_version + ", kind: " + kind + ", name: " + metadata.name + ", uid: " + metadata.uid +
           (blocks ? ", blockOwnerDeletion: true" : "") + "}";
}

TEST(Deletion, InTheBackgroundRemovesTheOwnerAtOnceAndTheRestAfterIt) {
    RunningShop cluster;
    cluster.remove<Deployment>("shop", {.propagation = Propagation::background});
    EXPECT_FALSE(cluster.find<Deployment>("shop"));
    EXPECT_EQ(cluster.list<Pod>().size(), 2u);
    EXPECT_TRUE(cluster.eventually([&] { return cluster.list<ReplicaSet>().empty() && cluster.list<Pod>().empty(); }));
}

TEST(Deletion, IsInTheBackgroundUnlessSaidOtherwise) {
    RunningShop cluster;
    cluster.remove<Deployment>("shop");
    EXPECT_FALSE(cluster.find<Deployment>("shop"));
    EXPECT_TRUE(cluster.eventually([&] { return cluster.list<Pod>().empty(); }));
}

TEST(Deletion, InTheForegroundRemovesTheOwnerLast) {
    RunningShop cluster;
    cluster.remove<Deployment>("shop", {.propagation = Propagation::foreground});
    EXPECT_EQ(cluster.get<Deployment>("shop").metadata.finalizers, std::vector<std::string>{"foregroundDeletion"});
    EXPECT_TRUE(cluster.eventually([&] {
        const bool sets = !cluster.list<ReplicaSet>().empty(),
                   deployment = cluster.find<Deployment>("shop").has_value();
        EXPECT_TRUE(deployment || !sets) << "the Deployment went before its ReplicaSet";
        EXPECT_TRUE(sets || cluster.list<Pod>().empty()) << "the ReplicaSet went before its pods";
        return !deployment;
    }));
}

TEST(Deletion, WithOrphansLeavesTheRestWithoutAnOwner) {
    RunningShop cluster;
    cluster.remove<Deployment>("shop", {.propagation = Propagation::orphan});
    ASSERT_TRUE(cluster.eventually([&] { return !cluster.find<Deployment>("shop"); }));
    cluster.run_for(10s);
    ASSERT_EQ(cluster.list<ReplicaSet>().size(), 1u);
    EXPECT_TRUE(cluster.list<ReplicaSet>()[0].metadata.owner_references.empty());
    EXPECT_EQ(cluster.list<Pod>().size(), 2u);
    for (const Pod& pod : cluster.list<Pod>())
        EXPECT_EQ(pod.metadata.owner_references.size(), 1u) << "still the ReplicaSet's";
}

TEST(Garbage, IsWhatNamesAnOwnerThatNeverWas) {
    TestCluster cluster;
    kube::ObjectMeta nobody;
    nobody.name = "nobody";
    nobody.uid = "00000000-0000-4000-8000-000000000000";
    cluster.create(config_map("lost", owner(nobody, "v1", "ConfigMap")));
    EXPECT_TRUE(cluster.eventually([&] { return !cluster.find<ConfigMap>("lost"); }));
}

TEST(Garbage, IsNotWhatHasAnotherOwnerLeft) {
    TestCluster cluster;
    cluster.create(config_map("a", ""));
    cluster.create(config_map("b", ""));
    cluster.create(config_map("child", owner(cluster.get<ConfigMap>("a").metadata, "v1", "ConfigMap") + ", " +
                                           owner(cluster.get<ConfigMap>("b").metadata, "v1", "ConfigMap")));
    cluster.run_for(1s);
    cluster.remove<ConfigMap>("a");
    ASSERT_TRUE(
        cluster.eventually([&] { return cluster.get<ConfigMap>("child").metadata.owner_references.size() == 1; }));
    EXPECT_EQ(cluster.get<ConfigMap>("child").metadata.owner_references[0].name, "b");
    cluster.remove<ConfigMap>("b");
    EXPECT_TRUE(cluster.eventually([&] { return !cluster.find<ConfigMap>("child"); }));
}

TEST(Garbage, KnowsKindsThatCameLater) {
    TestCluster cluster;
    cluster.create(widgets);
    kube::Api<kube::Dynamic> api(cluster.client(), widget_kind);
    auto make = [&](std::string name) {
        kube::Dynamic widget{.api_version = "example.com/v1", .kind = "Widget", .metadata = {.name = std::move(name)}};
        return cluster.run(api.create(std::move(widget)));
    };
    kube::Dynamic parent;
    ASSERT_TRUE(cluster.eventually([&] {
        try {
            parent = make("parent");
            return true;
        } catch (const kube::ApiError& e) {
            if (!e.is_not_found()) throw;
            return false;  // not served yet
        }
    }));
    cluster.create(config_map("child", owner(parent.metadata, "example.com/v1", "Widget", true)));
    cluster.run_for(5s);
    EXPECT_TRUE(cluster.find<ConfigMap>("child"));
    cluster.run(api.remove("parent", {.propagation = Propagation::foreground}));
    EXPECT_TRUE(cluster.eventually([&] { return !cluster.run(api.find("parent")); }));
    EXPECT_FALSE(cluster.find<ConfigMap>("child"));

    const kube::Dynamic second = make("second");
    cluster.create(config_map("orphan-to-be", owner(second.metadata, "example.com/v1", "Widget")));
    cluster.run(kube::Api<kube::Dynamic>(cluster.client(),
                                         kube::DynamicKind("apiextensions.k8s.io", "v1", "CustomResourceDefinition",
                                                           "customresourcedefinitions", false))
                    .remove("widgets.example.com"));
    EXPECT_TRUE(cluster.eventually([&] { return !cluster.find<ConfigMap>("orphan-to-be"); }))
        << "the definition takes its objects along, they their dependents";
}

TEST(Garbage, OfAnOwnerThatGoesBeforeItsKindIsWatchedIsCollected) {
    TestCluster cluster;
    cluster.create(widgets);
    cluster.create("apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\n");
    kube::Api<kube::Dynamic> api(cluster.client(), widget_kind);
    const kube::Dynamic widget = cluster.run(api.get("w"));
    cluster.create(config_map("mine", owner(widget.metadata, "example.com/v1", "Widget")));
    cluster.run_for(20ms);  // The collector looks at it, and its owner is there.
    cluster.run(api.remove("w"));
    EXPECT_TRUE(cluster.eventually([&] { return !cluster.find<ConfigMap>("mine"); }));
}

TEST(Garbage, OfAKindThatWasDefinedTwiceIsCollected) {
    TestCluster cluster;
    kube::Api<kube::Dynamic> definitions(cluster.client(),
                                         kube::DynamicKind("apiextensions.k8s.io", "v1", "CustomResourceDefinition",
                                                           "customresourcedefinitions", false));
    cluster.create(widgets);
    cluster.run_for(1s);
    cluster.run(definitions.remove("widgets.example.com"));
    ASSERT_TRUE(cluster.eventually([&] { return !cluster.run(definitions.find("widgets.example.com")); }));
    cluster.run_for(1s);
    cluster.create(widgets);
    cluster.run_for(1s);
    cluster.create("apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\n");
    kube::Api<kube::Dynamic> api(cluster.client(), widget_kind);
    cluster.create(config_map("mine", owner(cluster.run(api.get("w")).metadata, "example.com/v1", "Widget")));
    cluster.run_for(1s);
    EXPECT_TRUE(cluster.find<ConfigMap>("mine"));
    cluster.run(api.remove("w"));
    EXPECT_TRUE(cluster.eventually([&] { return !cluster.find<ConfigMap>("mine"); }));
}

}  // namespace
}  // namespace mizzen
