// SPDX-License-Identifier: Apache-2.0
// The life of a simulated pod, one status at a time.
#include "mizzen/nodes/agent/agent.hpp"

#include <algorithm>

namespace mizzen::nodes {
namespace {

using kube::Outcome;
using kube::Pod;

bool is_finished(const Pod& pod) { return pod.status.phase == "Succeeded" || pod.status.phase == "Failed"; }

Task<> remove(kube::Reconcile<Pod>& r) {
    try {
        co_await r.api<Pod>().remove(r.object().metadata.name,
                                     {.grace_period_seconds = 0, .uid = r.object().metadata.uid});
    } catch (const kube::ApiError& e) {
        if (!e.is_not_found() && !e.is_conflict()) throw;
    }
}

// How long until `wait` has passed since `since`; zero or less when it has.
Duration left(std::string_view since, Duration wait, WallTime now) {
    auto start = parse_rfc3339(since);
    return start ? *start + wait - now : Duration::zero();
}

std::string_view ready_time(const Pod& pod) {
    auto ready = std::ranges::find(pod.status.conditions, "Ready", &kube::PodCondition::type);
    return ready == pod.status.conditions.end() ? std::string_view() : ready->last_transition_time;
}

bool is_simulated(const kube::Node& node) { return node.spec.provider_id.starts_with("simulated://"); }

std::string address_of(const kube::Node& node) {
    return node.status.addresses.empty() ? "192.0.2.1" : node.status.addresses.front().address;
}

}  // namespace

Task<Outcome> Agent::start(kube::Reconcile<Pod>& r, const kube::Node& node) {
    const Pod& pod = r.object();
    const WallTime now = r.wall();
    if (options_.timings.until_ready > Duration::zero()) {
        if (pod.status.start_time.empty()) {
            r.status() = starting(pod, address_of(node), now);
            co_return Outcome::done().again_in(options_.timings.until_ready);
        }
        const Duration wait = left(pod.status.start_time, options_.timings.until_ready, now);
        if (wait > Duration::zero()) co_return Outcome::done().again_in(wait);
    }
    r.status() = running(pod, address_of(node), free_address(r.cache<Pod>()), now);
    r.event(kube::EventType::normal, "Started", "Container started (simulated)");
    co_return runs_to_completion(pod) ? Outcome::done().again_in(options_.timings.until_complete) : Outcome::done();
}

std::string Agent::free_address(const kube::Store<Pod>& pods) {
    // Whatever had an address when a round began keeps it during that round; within a round each is given once.
    if (addresses_given_ % pod_addresses == 0) {
        taken_.clear();
        for (auto& pod : pods.list()) taken_.insert(pod->status.pod_ip);
    }
    std::string address;
    do address = pod_ip(addresses_given_++);
    while (taken_.contains(address) && addresses_given_ % pod_addresses != 0);
    return address;
}

Task<Outcome> Agent::reconcile(kube::Reconcile<Pod>& r) {
    const Pod& pod = r.object();
    if (pod.spec.node_name.empty()) co_return Outcome::done();
    auto node = r.cache<kube::Node>().find(pod.spec.node_name);
    // A node that nobody simulates is some other agent's.
    if (!node || !is_simulated(*node)) co_return Outcome::done();
    if (!pod.metadata.deletion_timestamp.empty()) {
        co_await remove(r);
        co_return Outcome::done();
    }
    if (is_finished(pod)) co_return Outcome::done();
    if (pod.status.phase != "Running") co_return co_await start(r, *node);
    if (runs_to_completion(pod)) {
        const Duration wait = left(ready_time(pod), options_.timings.until_complete, r.wall());
        if (wait > Duration::zero()) co_return Outcome::done().again_in(wait);
        r.status() = completed(pod, r.wall());
    }
    co_return Outcome::done();
}

kube::Controller<Pod> Agent::controller() {
    return kube::Controller<Pod>(&Agent::reconcile, *this)
        .named("kubelet")
        .watches<kube::Node>([](const kube::Node&) { return std::vector<kube::ObjectKey>(); })
        .without_conditions()
        .also_deleting();
}

}  // namespace mizzen::nodes
