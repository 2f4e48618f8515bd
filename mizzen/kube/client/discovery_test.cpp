// SPDX-License-Identifier: Apache-2.0
#include "mizzen/kube/client/discovery.hpp"

#include <gtest/gtest.h>

#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/kube/client/testing/script.hpp"

namespace mizzen::kube {
namespace {

using testing::Script;

constexpr const char* aggregated_apps =
    R"({"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","items":[
 {"metadata":{"name":"apps"},"versions":[{"version":"v1","freshness":"Current","resources":[
   {"resource":"deployments","responseKind":{"group":"apps","version":"v1","kind":"Deployment"},"scope":"Namespaced",
    "singularResource":"deployment","shortNames":["deploy"],"categories":["all"],"verbs":["get","list"],
    "subresources":[{"subresource":"scale","responseKind":{"kind":"Scale"},"verbs":["get"]}]}]}]},
 {"metadata":{"name":"broken.dev"},"versions":[{"version":"v1","freshness":"Stale","resources":[
   {"resource":"things","responseKind":{"kind":"Thing"},"scope":"Cluster","verbs":[]}]}]}]})";
constexpr const char* aggregated_core =
    R"({"kind":"APIGroupDiscoveryList","items":[{"metadata":{},"versions":[{"version":"v1","resources":[
   {"resource":"nodes","responseKind":{"group":"","version":"v1","kind":"Node"},"scope":"Cluster","singularResource":"node","shortNames":["no"],"verbs":["get"]}]}]}]})";

void expect_nodes_and_deployments(const Discovery& found) {
    const ServedKind* deployment = found.find("apps/v1", "Deployment");
    ASSERT_NE(deployment, nullptr);
    EXPECT_EQ(deployment->kind, DynamicKind("apps", "v1", "Deployment", "deployments"));
    EXPECT_EQ(deployment->subresources, std::vector<std::string>{"scale"});
    EXPECT_TRUE(deployment->can("list"));
    EXPECT_FALSE(deployment->can("delete"));
    for (auto* name : {"deployments", "deployment", "deploy", "Deployment", "deployments.apps"})
        EXPECT_EQ(found.resolve(name), deployment) << name;
    EXPECT_EQ(found.resolve("deployments.other"), nullptr);
    const ServedKind* node = found.resolve("no");
    ASSERT_NE(node, nullptr);
    EXPECT_EQ(node->kind, DynamicKind("", "v1", "Node", "nodes", false));
}

TEST(Discovery, TwoRequestsAreEnoughForAServerThatAggregates) {
    SimulatedLoop loop(1);
    Script script;
    script.expects("GET", "/apis").replies(200, aggregated_apps);
    script.expects("GET", "/api").replies(200, aggregated_core);
    Client client(loop, script);
    Discovery found = loop.run(Discovery::ask(client));
    expect_nodes_and_deployments(found);
    EXPECT_EQ(found.resolve("things"), nullptr) << "a server that is down serves nothing";
    EXPECT_EQ(script.problems(), "");
}

TEST(Discovery, AnOlderServerIsAskedForEachGroup) {
    SimulatedLoop loop(1);
    Script script;
    script.expects("GET", "/apis").replies(200, R"({"kind":"APIGroupList","groups":[
      {"name":"apps","versions":[{"groupVersion":"apps/v1"}],"preferredVersion":{"groupVersion":"apps/v1"}},
      {"name":"metrics.k8s.io","versions":[{"groupVersion":"metrics.k8s.io/v1beta1"}],"preferredVersion":{"groupVersion":"metrics.k8s.io/v1beta1"}}]})");
    script.expects("GET", "/api/v1").replies(200, R"({"kind":"APIResourceList","groupVersion":"v1","resources":[
      {"name":"nodes","singularName":"node","namespaced":false,"kind":"Node","shortNames":["no"],"verbs":["get"]}]})");
    script.expects("GET", "/apis/apps/v1")
        .replies(200, R"({"kind":"APIResourceList","groupVersion":"apps/v1","resources":[
      {"name":"deployments","singularName":"deployment","namespaced":true,"kind":"Deployment","shortNames":["deploy"],"verbs":["get","list"]},
      {"name":"deployments/scale","namespaced":true,"kind":"Scale","verbs":["get"]}]})");
    script.expects("GET", "/apis/metrics.k8s.io/v1beta1").replies(503, "").always();
    Client client(loop, script);
    expect_nodes_and_deployments(loop.run(Discovery::ask(client)));
    EXPECT_EQ(script.problems(), "");
}

}  // namespace
}  // namespace mizzen::kube
