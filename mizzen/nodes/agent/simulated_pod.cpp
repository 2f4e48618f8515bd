// SPDX-License-Identifier: Apache-2.0
// Statuses of simulated pods.
#include "mizzen/nodes/agent/simulated_pod.hpp"

#include <algorithm>

#include "mizzen/base/digest.hpp"

namespace mizzen::nodes {
namespace {

using Conditions = decltype(kube::PodStatus::conditions);

void put(Conditions& conditions, const kube::Pod& pod, std::string type, bool holds, std::string reason,
         const std::string& now) {
    kube::PodCondition wanted{.last_transition_time = now,
                              .observed_generation = pod.metadata.generation,
                              .reason = std::move(reason),
                              .status = holds ? "True" : "False",
                              .type = std::move(type)};
    auto old = std::ranges::find(conditions, wanted.type, &kube::PodCondition::type);
    if (old == conditions.end()) {
        conditions.push_back(std::move(wanted));
        return;
    }
    if (old->status == wanted.status) wanted.last_transition_time = old->last_transition_time;
    *old = std::move(wanted);
}

kube::ContainerStatus container(const kube::Container& c, const kube::Pod& pod) {
    kube::ContainerStatus out;
    out.name = c.name;
    out.image = c.image;
    out.image_id = c.image + "@sha256:" + sha256_hex(c.image);
    out.container_id = "simulated://" + sha256_hex(pod.metadata.uid + "/" + c.name);
    return out;
}

template <class Fill>
void fill_containers(kube::PodStatus& status, const kube::Pod& pod, Fill fill) {
    status.container_statuses = {};
    for (const kube::Container& c : pod.spec.containers) {
        status.container_statuses.push_back(container(c, pod));
        fill(status.container_statuses.back());
    }
}

void finish_init_containers(kube::PodStatus& status, const kube::Pod& pod, const std::string& now) {
    status.init_container_statuses = {};
    for (const kube::Container& c : pod.spec.init_containers) {
        status.init_container_statuses.push_back(container(c, pod));
        kube::ContainerStatus& out = status.init_container_statuses.back();
        out.ready = true;
        if (c.restart_policy == "Always") {
            out.started = true;
            out.state.running = kube::ContainerStateRunning{.started_at = now};
        } else {
            out.started = false;
            out.state.terminated =
                kube::ContainerStateTerminated{.finished_at = now, .reason = "Completed", .started_at = now};
        }
    }
}

bool guaranteed(const kube::Container& c) {
    auto& limits = c.resources.limits;
    auto& requests = c.resources.requests;
    return limits.contains("cpu") && limits.contains("memory") && (requests.empty() || requests == limits);
}

std::string qos_class(const kube::PodSpec& spec) {
    if (std::ranges::all_of(spec.containers, guaranteed)) return "Guaranteed";
    bool asks = std::ranges::any_of(
        spec.containers, [](auto& c) { return !c.resources.requests.empty() || !c.resources.limits.empty(); });
    return asks ? "Burstable" : "BestEffort";
}

}  // namespace

bool runs_to_completion(const kube::Pod& pod) {
    return pod.spec.restart_policy == "Never" || pod.spec.restart_policy == "OnFailure";
}

kube::PodStatus starting(const kube::Pod& pod, const std::string& node_ip, WallTime now) {
    const std::string text = to_rfc3339(now);
    kube::PodStatus out = pod.status;
    out.phase = "Pending";
    out.host_ip = node_ip;
    out.host_ips = {{.ip = node_ip}};
    out.start_time = text;
    out.qos_class = qos_class(pod.spec);
    fill_containers(out, pod, [](kube::ContainerStatus& c) {
        c.container_id.clear();
        c.image_id.clear();
        c.started = false;
        c.state.waiting = kube::ContainerStateWaiting{.reason = "ContainerCreating"};
    });
    put(out.conditions, pod, "PodScheduled", true, "", text);
    put(out.conditions, pod, "PodReadyToStartContainers", true, "", text);
    put(out.conditions, pod, "Initialized", true, "", text);
    put(out.conditions, pod, "ContainersReady", false, "ContainersNotReady", text);
    put(out.conditions, pod, "Ready", false, "ContainersNotReady", text);
    return out;
}

kube::PodStatus running(const kube::Pod& pod, const std::string& node_ip, const std::string& ip, WallTime now) {
    const std::string text = to_rfc3339(now);
    kube::PodStatus out = starting(pod, node_ip, now);
    if (!pod.status.start_time.empty()) out.start_time = pod.status.start_time;
    out.phase = "Running";
    out.pod_ip = pod.spec.host_network ? node_ip : ip;
    out.pod_ips = {{.ip = out.pod_ip}};
    finish_init_containers(out, pod, text);
    fill_containers(out, pod, [&](kube::ContainerStatus& c) {
        c.ready = true;
        c.started = true;
        c.state.running = kube::ContainerStateRunning{.started_at = text};
    });
    put(out.conditions, pod, "ContainersReady", true, "", text);
    put(out.conditions, pod, "Ready", true, "", text);
    return out;
}

kube::PodStatus completed(const kube::Pod& pod, WallTime now) {
    const std::string text = to_rfc3339(now);
    kube::PodStatus out = pod.status;
    out.phase = "Succeeded";
    fill_containers(out, pod, [&](kube::ContainerStatus& c) {
        c.started = false;
        c.state.terminated = kube::ContainerStateTerminated{.container_id = c.container_id,
                                                            .finished_at = text,
                                                            .reason = "Completed",
                                                            .started_at = pod.status.start_time};
    });
    for (const char* type : {"Initialized", "ContainersReady", "Ready"}) {
        put(out.conditions, pod, type, std::string_view(type) == "Initialized", "PodCompleted", text);
    }
    return out;
}

std::string pod_ip(std::size_t n) {
    std::size_t host = n % pod_addresses + 1;
    return "10.244." + std::to_string(host / 256) + "." + std::to_string(host % 256);
}

}  // namespace mizzen::nodes
