// SPDX-License-Identifier: Apache-2.0
#include "mizzen/nodes/scheduler/placement.hpp"

#include <gtest/gtest.h>

namespace mizzen::nodes {
namespace {

using kube::Node;
using kube::Pod;
using Amounts = std::map<std::string, std::string>;

std::shared_ptr<Node> a_node(std::string name,
                             Amounts allocatable = {{"cpu", "4"}, {"memory", "8Gi"}, {"pods", "10"}}) {
    auto node = std::make_shared<Node>();
    node->metadata.name = name;
    node->metadata.labels = {{"kubernetes.io/hostname", name}, {"size", "4"}};
    node->status.allocatable = std::move(allocatable);
    node->status.conditions.push_back({.status = "True", .type = "Ready"});
    return node;
}

std::shared_ptr<Pod> a_pod(Amounts requests = {}, std::string app = "shop") {
    auto pod = std::make_shared<Pod>();
    pod->metadata.namespace_ = "default";
    pod->metadata.labels = {{"app", std::move(app)}};
    pod->spec.containers.push_back({.name = "app"});
    pod->spec.containers[0].resources.requests = std::move(requests);
    return pod;
}

std::shared_ptr<Pod> on(std::string node, std::shared_ptr<Pod> pod) {
    pod->spec.node_name = std::move(node);
    return pod;
}

TEST(Obstacle, ThereIsNoneOnAnEmptyNode) {
    EXPECT_EQ(obstacle(*a_pod({{"cpu", "4"}, {"memory", "8Gi"}}), *a_node("n"), {}), "");
}

TEST(Obstacle, IsWhatThePodsAskForTogether) {
    struct Case {
        const char* what;
        Amounts wanted;
        std::vector<Amounts> others;
        const char* expected;
    };
    for (const Case& c : std::vector<Case>{
             {"exactly fits", {{"cpu", "1"}}, {{{"cpu", "3"}}}, ""},
             {"a little too much", {{"cpu", "1001m"}}, {{{"cpu", "3"}}}, "Insufficient cpu"},
             {"memory in other units", {{"memory", "4Gi"}}, {{{"memory", "5G"}}}, "Insufficient memory"},
             {"a resource that the node lacks", {{"nvidia.com/gpu", "1"}}, {}, "Insufficient nvidia.com/gpu"},
             {"none of a resource that the node lacks", {{"nvidia.com/gpu", "0"}}, {}, ""},
             {"as many pods as there may be", {}, std::vector<Amounts>(9), ""},
             {"one pod more", {}, std::vector<Amounts>(10), "Too many pods"},
         }) {
        BoundPods others;
        for (const Amounts& amounts : c.others) others.push_back(a_pod(amounts));
        EXPECT_EQ(obstacle(*a_pod(c.wanted), *a_node("n"), others), c.expected) << c.what;
    }
}

TEST(Obstacle, AnInitContainerCountsWhereItAsksForMore) {
    auto pod = a_pod({{"cpu", "1"}});
    pod->spec.containers.push_back({.name = "sidecar"});
    pod->spec.containers[1].resources.requests = {{"cpu", "1"}};
    pod->spec.init_containers.push_back({.name = "small"});
    pod->spec.init_containers[0].resources.requests = {{"cpu", "1500m"}};
    EXPECT_EQ(obstacle(*pod, *a_node("n", {{"cpu", "2"}, {"pods", "1"}}), {}), "");
    pod->spec.init_containers.push_back({.name = "large"});
    pod->spec.init_containers[1].resources.requests = {{"cpu", "2500m"}};
    EXPECT_EQ(obstacle(*pod, *a_node("n", {{"cpu", "2"}, {"pods", "1"}}), {}), "Insufficient cpu");
}

TEST(Obstacle, IsANodeThatIsNotReadyOrCordoned) {
    auto node = a_node("n");
    node->status.conditions[0].status = "Unknown";
    EXPECT_EQ(obstacle(*a_pod(), *node, {}), "node(s) had untolerated taint(s)");
    auto stubborn = a_pod();
    stubborn->spec.tolerations.push_back({.key = "node.kubernetes.io/not-ready", .operator_ = "Exists"});
    EXPECT_EQ(obstacle(*stubborn, *node, {}), "");
    node->status.conditions[0].status = "True";
    node->spec.unschedulable = true;
    EXPECT_EQ(obstacle(*a_pod(), *node, {}), "node(s) were unschedulable");
    stubborn->spec.tolerations.push_back({.key = "node.kubernetes.io/unschedulable", .operator_ = "Exists"});
    EXPECT_EQ(obstacle(*stubborn, *node, {}), "") << "as daemons do";
}

TEST(Obstacle, IsATaintThatThePodDoesNotTolerate) {
    using kube::Taint;
    using kube::Toleration;
    constexpr const char* refused = "node(s) had untolerated taint(s)";
    struct Case {
        Taint taint;
        std::vector<Toleration> tolerations;
        const char* expected;
    };
    const Taint gpu{.effect = "NoSchedule", .key = "gpu", .value = "yes"};
    for (const Case& c : std::vector<Case>{
             {gpu, {}, refused},
             {{.effect = "NoExecute", .key = "gpu"}, {}, refused},
             {{.effect = "PreferNoSchedule", .key = "gpu"}, {}, ""},
             {gpu, {{.key = "gpu", .operator_ = "Exists"}}, ""},
             {gpu, {{.key = "gpu", .operator_ = "Equal", .value = "yes"}}, ""},
             {gpu, {{.key = "gpu", .value = "yes"}}, ""},
             {gpu, {{.key = "gpu", .operator_ = "Equal", .value = "no"}}, refused},
             {gpu, {{.key = "ssd", .operator_ = "Exists"}}, refused},
             {gpu, {{.operator_ = "Exists"}}, ""},
             {gpu, {{.effect = "NoExecute", .key = "gpu", .operator_ = "Exists"}}, refused},
         }) {
        auto node = a_node("n");
        node->spec.taints = {c.taint};
        auto pod = a_pod();
        pod->spec.tolerations = c.tolerations;
        EXPECT_EQ(obstacle(*pod, *node, {}), c.expected)
            << c.taint.key << " " << c.taint.effect << " " << c.tolerations.size();
    }
}

TEST(Obstacle, IsANodeSelectorThatDoesNotMatch) {
    auto pod = a_pod();
    pod->spec.node_selector = {{"kubernetes.io/hostname", "n"}};
    EXPECT_EQ(obstacle(*pod, *a_node("n"), {}), "");
    EXPECT_EQ(obstacle(*pod, *a_node("m"), {}), "node(s) didn't match Pod's node affinity/selector");
}

TEST(Obstacle, IsARequiredAffinityOfWhichNoTermHolds) {
    using Requirement = kube::NodeSelectorRequirement;
    struct Case {
        std::vector<Requirement> expressions;
        bool matches;
    };
    for (const Case& c : std::vector<Case>{
             {{{.key = "size", .operator_ = "In", .values = {"3", "4"}}}, true},
             {{{.key = "size", .operator_ = "In", .values = {"5"}}}, false},
             {{{.key = "disk", .operator_ = "In", .values = {"ssd"}}}, false},
             {{{.key = "size", .operator_ = "NotIn", .values = {"4"}}}, false},
             {{{.key = "disk", .operator_ = "NotIn", .values = {"ssd"}}}, true},
             {{{.key = "size", .operator_ = "Exists"}}, true},
             {{{.key = "disk", .operator_ = "Exists"}}, false},
             {{{.key = "disk", .operator_ = "DoesNotExist"}}, true},
             {{{.key = "size", .operator_ = "Gt", .values = {"3"}}}, true},
             {{{.key = "size", .operator_ = "Gt", .values = {"4"}}}, false},
             {{{.key = "size", .operator_ = "Lt", .values = {"10"}}}, true},
             {{{.key = "disk", .operator_ = "Gt", .values = {"1"}}}, false},
             {{{.key = "size", .operator_ = "Exists"}, {.key = "disk", .operator_ = "Exists"}},
              false},      // all of one term
             {{}, false},  // an empty term matches nothing
         }) {
        auto pod = a_pod();
        auto& required = pod->spec.affinity.emplace()
                             .node_affinity.emplace()
                             .required_during_scheduling_ignored_during_execution.emplace();
        required.node_selector_terms.push_back({.match_expressions = c.expressions});
        const std::string what =
            c.expressions.empty() ? "no expression" : c.expressions[0].key + " " + c.expressions[0].operator_;
        EXPECT_EQ(obstacle(*pod, *a_node("n"), {}).empty(), c.matches) << what;
        // Another term that holds is enough.
        required.node_selector_terms.push_back(
            {.match_fields = {{.key = "metadata.name", .operator_ = "In", .values = {"n"}}}});
        EXPECT_EQ(obstacle(*pod, *a_node("n"), {}), "") << what;
    }
}

TEST(Obstacle, IsAHostPortThatAnotherPodHas) {
    auto with_port = [](int host_port, std::string protocol) {
        auto pod = a_pod();
        pod->spec.containers[0].ports.push_back(
            {.container_port = 80, .host_port = host_port, .protocol = std::move(protocol)});
        return pod;
    };
    EXPECT_EQ(obstacle(*with_port(8080, "TCP"), *a_node("n"), {with_port(8080, "")}),
              "node(s) didn't have free ports for the requested pod ports");
    EXPECT_EQ(obstacle(*with_port(8080, "UDP"), *a_node("n"), {with_port(8080, "TCP")}), "");
    EXPECT_EQ(obstacle(*with_port(8080, "TCP"), *a_node("n"), {with_port(8081, "TCP")}), "");
    EXPECT_EQ(obstacle(*with_port(0, "TCP"), *a_node("n"), {with_port(0, "TCP")}), "");
}

TEST(Place, SpreadsAlikePodsThenAllPodsThenGoesByName) {
    const Nodes nodes = {a_node("c"), a_node("b"), a_node("a")};
    EXPECT_EQ(place(*a_pod(), nodes, {}).node, "a");
    EXPECT_EQ(place(*a_pod(), nodes, {on("a", a_pod())}).node, "b");
    EXPECT_EQ(place(*a_pod(), nodes, {on("a", a_pod()), on("b", a_pod({}, "other"))}).node, "c")
        << "the emptiest of those without one alike";
    EXPECT_EQ(place(*a_pod(), nodes,
                    {on("a", a_pod()), on("b", a_pod({}, "other")), on("b", a_pod({}, "other")), on("c", a_pod())})
                  .node,
              "b")
        << "rather two others than one alike";
}

TEST(Place, SaysWhatStandsInTheWayOfHowManyNodes) {
    auto cordoned = a_node("a"), small = a_node("b", {{"cpu", "1"}, {"pods", "10"}}),
         tiny = a_node("c", {{"cpu", "500m"}, {"pods", "10"}});
    cordoned->spec.unschedulable = true;
    const Placement none = place(*a_pod({{"cpu", "2"}}), {cordoned, small, tiny}, {});
    EXPECT_EQ(none.node, "");
    EXPECT_EQ(none.message, "0/3 nodes are available: 1 node(s) were unschedulable, 2 Insufficient cpu.");
    EXPECT_EQ(place(*a_pod(), {}, {}).message, "no nodes available to schedule pods");
    EXPECT_EQ(place(*a_pod({{"cpu", "2"}}), {cordoned, small, a_node("d")}, {}).node, "d");
}

}  // namespace
}  // namespace mizzen::nodes
