// SPDX-License-Identifier: Apache-2.0
#include "mizzen/nodes/agent/simulated_pod.hpp"

#include <gtest/gtest.h>

#include <set>

#include "mizzen/nodes/agent/agent.hpp"

namespace mizzen::nodes {
namespace {

using kube::Pod;
using kube::PodStatus;

WallTime at(int second) { return *parse_rfc3339("2026-01-01T00:00:00Z") + std::chrono::seconds(second); }

Pod a_pod() {
    Pod pod;
    pod.metadata.name = "shop-1";
    pod.metadata.uid = "pod-uid";
    pod.metadata.generation = 3;
    pod.spec.containers.push_back({.image = "shop:1", .name = "app"});
    pod.spec.containers.push_back({.image = "proxy:2", .name = "proxy"});
    return pod;
}

// "PodScheduled=True Initialized=True …"
std::string conditions(const PodStatus& status) {
    std::string out;
    for (const kube::PodCondition& c : status.conditions) out += (out.empty() ? "" : " ") + c.type + "=" + c.status;
    return out;
}

const kube::PodCondition& condition(const PodStatus& status, std::string_view type) {
    for (const kube::PodCondition& c : status.conditions) {
        if (c.type == type) return c;
    }
    throw std::out_of_range(std::string(type));
}

TEST(SimulatedPod, StartsWithContainersThatWait) {
    const PodStatus s = starting(a_pod(), "192.0.2.7", at(5));
    EXPECT_EQ(s.phase, "Pending");
    EXPECT_EQ(s.host_ip, "192.0.2.7");
    EXPECT_EQ(s.pod_ip, "");
    EXPECT_EQ(s.start_time, "2026-01-01T00:00:05Z");
    EXPECT_EQ(conditions(s),
              "PodScheduled=True PodReadyToStartContainers=True Initialized=True ContainersReady=False Ready=False");
    EXPECT_EQ(condition(s, "Ready").reason, "ContainersNotReady");
    ASSERT_EQ(s.container_statuses.size(), 2u);
    EXPECT_EQ(s.container_statuses[0].name, "app");
    EXPECT_EQ(s.container_statuses[0].state.waiting->reason, "ContainerCreating");
    EXPECT_EQ(s.container_statuses[0].ready, false);
    EXPECT_EQ(s.container_statuses[0].container_id, "");
}

TEST(SimulatedPod, RunsWithAnAddressAndReadyContainers) {
    Pod pod = a_pod();
    pod.status = starting(pod, "192.0.2.7", at(5));
    const PodStatus s = running(pod, "192.0.2.7", "10.244.0.9", at(8));
    EXPECT_EQ(s.phase, "Running");
    EXPECT_EQ(s.pod_ip, "10.244.0.9");
    ASSERT_EQ(s.pod_ips.size(), 1u);
    EXPECT_EQ(s.pod_ips[0].ip, "10.244.0.9");
    EXPECT_EQ(s.start_time, "2026-01-01T00:00:05Z") << "kept";
    EXPECT_EQ(conditions(s),
              "PodScheduled=True PodReadyToStartContainers=True Initialized=True ContainersReady=True Ready=True");
    EXPECT_EQ(condition(s, "Ready").last_transition_time, "2026-01-01T00:00:08Z");
    EXPECT_EQ(condition(s, "Initialized").last_transition_time, "2026-01-01T00:00:05Z") << "did not change";
    EXPECT_EQ(condition(s, "Ready").observed_generation, 3);
    ASSERT_EQ(s.container_statuses.size(), 2u);
    EXPECT_EQ(s.container_statuses[1].image, "proxy:2");
    EXPECT_TRUE(s.container_statuses[1].ready);
    EXPECT_EQ(s.container_statuses[1].started, true);
    EXPECT_EQ(s.container_statuses[1].state.running->started_at, "2026-01-01T00:00:08Z");
    EXPECT_NE(s.container_statuses[0].container_id, s.container_statuses[1].container_id);
    EXPECT_TRUE(s.container_statuses[1].image_id.starts_with("proxy:2@sha256:"));
}

TEST(SimulatedPod, WithTheHostsNetworkHasTheHostsAddress) {
    Pod pod = a_pod();
    pod.spec.host_network = true;
    EXPECT_EQ(running(pod, "192.0.2.7", "10.244.0.9", at(0)).pod_ip, "192.0.2.7");
}

TEST(SimulatedPod, HasItsInitContainersBehindItWhenItRuns) {
    Pod pod = a_pod();
    pod.spec.init_containers.push_back({.image = "migrate:1", .name = "migrate"});
    pod.spec.init_containers.push_back({.image = "log:1", .name = "log", .restart_policy = "Always"});
    const PodStatus s = running(pod, "192.0.2.7", "10.244.0.9", at(8));
    ASSERT_EQ(s.init_container_statuses.size(), 2u);
    EXPECT_EQ(s.init_container_statuses[0].state.terminated->reason, "Completed");
    EXPECT_EQ(s.init_container_statuses[0].state.terminated->exit_code, 0);
    EXPECT_TRUE(s.init_container_statuses[1].state.running.has_value()) << "a sidecar runs on";
}

TEST(SimulatedPod, OfAJobEndsInSuccess) {
    Pod pod = a_pod();
    EXPECT_FALSE(runs_to_completion(pod));
    pod.spec.restart_policy = "Always";
    EXPECT_FALSE(runs_to_completion(pod));
    pod.spec.restart_policy = "Never";
    EXPECT_TRUE(runs_to_completion(pod));
    pod.spec.restart_policy = "OnFailure";
    EXPECT_TRUE(runs_to_completion(pod));

    pod.status = running(pod, "192.0.2.7", "10.244.0.9", at(8));
    const PodStatus s = completed(pod, at(20));
    EXPECT_EQ(s.phase, "Succeeded");
    EXPECT_EQ(conditions(s),
              "PodScheduled=True PodReadyToStartContainers=True Initialized=True ContainersReady=False Ready=False");
    EXPECT_EQ(condition(s, "Ready").reason, "PodCompleted");
    ASSERT_EQ(s.container_statuses.size(), 2u);
    EXPECT_EQ(s.container_statuses[0].state.terminated->exit_code, 0);
    EXPECT_EQ(s.container_statuses[0].state.terminated->finished_at, "2026-01-01T00:00:20Z");
    EXPECT_FALSE(s.container_statuses[0].ready);
}

TEST(SimulatedPod, HasTheQualityOfServiceOfItsRequests) {
    using Amounts = std::map<std::string, std::string>;
    const Amounts both = {{"cpu", "1"}, {"memory", "1Gi"}}, other = {{"cpu", "2"}, {"memory", "1Gi"}};
    struct Case {
        Amounts requests, limits;
        const char* expected;
    };
    for (const Case& c : std::initializer_list<Case>{
             {{}, {}, "BestEffort"},
             {both, {}, "Burstable"},
             {{}, both, "Guaranteed"},
             {both, both, "Guaranteed"},
             {both, other, "Burstable"},
             {both, {{"memory", "1Gi"}}, "Burstable"},
         }) {
        Pod pod = a_pod();
        for (kube::Container& container : pod.spec.containers) {
            container.resources.requests = c.requests;
            container.resources.limits = c.limits;
        }
        EXPECT_EQ(starting(pod, "192.0.2.7", at(0)).qos_class, c.expected);
    }
}

TEST(PodIp, IsAnotherForEachPodInTheNetworkOfPods) {
    EXPECT_EQ(pod_ip(0), "10.244.0.1");
    EXPECT_EQ(pod_ip(254), "10.244.0.255");
    EXPECT_EQ(pod_ip(255), "10.244.1.0");
    EXPECT_EQ(pod_ip(65532), "10.244.255.253");
    EXPECT_EQ(pod_ip(pod_addresses), pod_ip(0));
    std::set<std::string> all;
    for (std::size_t i = 0; i < pod_addresses; ++i) all.insert(pod_ip(i));
    EXPECT_EQ(all.size(), pod_addresses);
}

TEST(Node, IsReadyAndLabelledAsRealOnesAre) {
    const kube::Node n = node({.nodes = 4}, 4, "v1.37.0", at(0));
    EXPECT_EQ(n.metadata.name, "node-4");
    EXPECT_EQ(n.metadata.labels.at("kubernetes.io/hostname"), "node-4");
    EXPECT_EQ(n.metadata.labels.at("topology.kubernetes.io/zone"), "zone-a");
    EXPECT_EQ(node({}, 2, "v1.37.0", at(0)).metadata.labels.at("topology.kubernetes.io/zone"), "zone-b");
    EXPECT_EQ(n.status.allocatable, n.status.capacity);
    EXPECT_EQ(n.status.node_info.kubelet_version, "v1.37.0");
    EXPECT_EQ(n.status.conditions.back().type + "=" + n.status.conditions.back().status, "Ready=True");
}

}  // namespace
}  // namespace mizzen::nodes
