// SPDX-License-Identifier: Apache-2.0
// Counting and choosing pods.
#include "mizzen/controllers/replicaset/replicas.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <tuple>

namespace mizzen::controllers {
namespace {

const kube::PodCondition* ready_condition(const kube::Pod& pod) {
    auto found = std::ranges::find(pod.status.conditions, "Ready", &kube::PodCondition::type);
    return found == pod.status.conditions.end() ? nullptr : &*found;
}

std::optional<WallTime> ready_since(const kube::Pod& pod) {
    const kube::PodCondition* c = ready_condition(pod);
    return c && c->status == "True" ? parse_rfc3339(c->last_transition_time) : std::nullopt;
}

bool is_finished(const kube::Pod& pod) { return pod.status.phase == "Succeeded" || pod.status.phase == "Failed"; }

int phase_rank(const kube::Pod& pod) {
    return pod.status.phase == "Running" ? 2 : pod.status.phase == "Pending" ? 0 : 1;
}

int deletion_cost(const kube::Pod& pod) {
    auto found = pod.metadata.annotations.find("controller.kubernetes.io/pod-deletion-cost");
    int cost = 0;
    if (found != pod.metadata.annotations.end())
        std::from_chars(found->second.data(), found->second.data() + found->second.size(), cost);
    return cost;
}

int most_restarts(const kube::Pod& pod) {
    int most = 0;
    for (const kube::ContainerStatus& c : pod.status.container_statuses) most = std::max(most, c.restart_count);
    return most;
}

}  // namespace

Pods active(const Pods& pods) {
    Pods out;
    std::ranges::copy_if(pods, std::back_inserter(out),
                         [](auto& pod) { return pod->metadata.deletion_timestamp.empty() && !is_finished(*pod); });
    return out;
}

bool is_ready(const kube::Pod& pod) {
    const kube::PodCondition* c = ready_condition(pod);
    return c && c->status == "True";
}

bool is_available(const kube::Pod& pod, int min_ready_seconds, WallTime now) {
    if (!is_ready(pod)) return false;
    if (min_ready_seconds == 0) return true;
    auto since = ready_since(pod);
    return since && *since + std::chrono::seconds(min_ready_seconds) <= now;
}

std::optional<WallTime> next_available(const Pods& pods, int min_ready_seconds, WallTime now) {
    std::optional<WallTime> next;
    for (auto& pod : pods) {
        auto since = ready_since(*pod);
        if (!since || is_available(*pod, min_ready_seconds, now)) continue;
        WallTime then = *since + std::chrono::seconds(min_ready_seconds);
        if (!next || then < *next) next = then;
    }
    return next;
}

kube::Pod new_pod(const kube::ReplicaSet& set) {
    kube::Pod pod;
    pod.metadata.generate_name = set.metadata.name + "-";
    pod.metadata.namespace_ = set.metadata.namespace_;
    pod.metadata.labels = set.spec.template_.metadata.labels;
    pod.metadata.annotations = set.spec.template_.metadata.annotations;
    pod.metadata.finalizers = set.spec.template_.metadata.finalizers;
    pod.metadata.owner_references = {{.api_version = "apps/v1",
                                      .block_owner_deletion = true,
                                      .controller = true,
                                      .kind = "ReplicaSet",
                                      .name = set.metadata.name,
                                      .uid = set.metadata.uid}};
    pod.spec = set.spec.template_.spec;
    return pod;
}

Pods least_missed(Pods pods, std::size_t count, WallTime now) {
    std::map<std::string, int> on_node;
    for (auto& pod : pods) ++on_node[pod->spec.node_name];
    auto rank = [&](const std::shared_ptr<const kube::Pod>& pod) {
        auto since = ready_since(*pod);
        return std::tuple(!pod->spec.node_name.empty(), phase_rank(*pod), is_ready(*pod), deletion_cost(*pod),
                          -on_node[pod->spec.node_name], since ? (now - *since).count() : 0, -most_restarts(*pod));
    };
    std::ranges::sort(pods, [&](auto& a, auto& b) {
        auto x = rank(a), y = rank(b);
        if (x != y) return x < y;
        return std::tie(b->metadata.creation_timestamp, a->metadata.name) <
               std::tie(a->metadata.creation_timestamp, b->metadata.name);
    });
    pods.resize(std::min(count, pods.size()));
    return pods;
}

kube::ReplicaSetStatus status(const kube::ReplicaSet& set, const Pods& all, WallTime now) {
    kube::ReplicaSetStatus out = set.status;
    const Pods pods = active(all);
    const int min_ready = set.spec.min_ready_seconds;
    auto count = [&](auto&& test) { return static_cast<int>(std::ranges::count_if(pods, test)); };
    const auto& labels = set.spec.template_.metadata.labels;
    out.replicas = static_cast<int>(pods.size());
    out.fully_labeled_replicas = count([&](auto& pod) {
        return std::ranges::all_of(labels, [&](auto& label) {
            auto found = pod->metadata.labels.find(label.first);
            return found != pod->metadata.labels.end() && found->second == label.second;
        });
    });
    out.ready_replicas = count([](auto& pod) { return is_ready(*pod); });
    out.available_replicas = count([&](auto& pod) { return is_available(*pod, min_ready, now); });
    out.terminating_replicas = static_cast<int>(std::ranges::count_if(
        all, [](auto& pod) { return !pod->metadata.deletion_timestamp.empty() && !is_finished(*pod); }));
    out.observed_generation = set.metadata.generation;
    return out;
}

}  // namespace mizzen::controllers
