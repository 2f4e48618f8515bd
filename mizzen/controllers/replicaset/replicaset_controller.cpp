// SPDX-License-Identifier: Apache-2.0
// Creates and removes pods until their number is right.
#include "mizzen/controllers/replicaset/replicaset_controller.hpp"

#include <algorithm>

#include "mizzen/controllers/adopt.hpp"
#include "mizzen/controllers/replicaset/replicas.hpp"

namespace mizzen::controllers {
namespace {

using kube::Outcome;
using kube::Pod;
using kube::Reconcile;
using kube::ReplicaSet;

// What one visit creates or removes at the most, so that one large set does not hold up the others.
constexpr std::size_t burst = 500;

void put_failure(kube::ReplicaSetStatus& status, std::string_view reason, std::string message, WallTime now) {
    auto old = std::ranges::find(status.conditions, "ReplicaFailure", &kube::ReplicaSetCondition::type);
    // The same failure again is no news, and writing it would only wake us up.
    if (old != status.conditions.end() && old->reason == reason) return;
    if (old != status.conditions.end()) status.conditions.erase(old);
    if (reason.empty()) return;
    status.conditions.push_back({.last_transition_time = to_rfc3339(now),
                                 .message = std::move(message),
                                 .reason = std::string(reason),
                                 .status = "True",
                                 .type = "ReplicaFailure"});
}

Task<> create_pods(Reconcile<ReplicaSet>& r, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        try {
            Pod pod = co_await r.api<Pod>().create(new_pod(r.object()));
            r.event(kube::EventType::normal, "SuccessfulCreate", "Created pod: " + pod.metadata.name);
        } catch (const kube::ApiError& e) {
            r.event(kube::EventType::warning, "FailedCreate", "Error creating: " + e.message());
            throw;
        }
    }
}

Task<> remove_pods(Reconcile<ReplicaSet>& r, Pods pods) {
    for (auto& pod : pods) {
        try {
            co_await r.api<Pod>().remove(pod->metadata.name, {.uid = pod->metadata.uid});
        } catch (const kube::ApiError& e) {
            // Gone already, or another pod of that name: either way not ours to remove.
            if (!e.is_not_found() && !e.is_conflict()) throw;
            continue;
        }
        r.event(kube::EventType::normal, "SuccessfulDelete", "Deleted pod: " + pod->metadata.name);
    }
}

Task<Outcome> reconcile(Reconcile<ReplicaSet>& r) {
    const ReplicaSet& set = r.object();
    const WallTime now = r.wall();
    Pods all = co_await adopt<Pod>(r, set.spec.selector);
    const Pods running = active(all);
    const auto wanted = static_cast<std::size_t>(set.spec.replicas.value_or(1));

    kube::ReplicaSetStatus next = status(set, all, now);
    std::exception_ptr failed;
    if (set.metadata.deletion_timestamp.empty()) {
        try {
            if (running.size() < wanted) co_await create_pods(r, std::min(wanted - running.size(), burst));
            if (running.size() > wanted)
                co_await remove_pods(r, least_missed(running, std::min(running.size() - wanted, burst), now));
            put_failure(next, "", "", now);
        } catch (const kube::ApiError& e) {
            failed = std::current_exception();
            put_failure(next, running.size() < wanted ? "FailedCreate" : "FailedDelete", e.message(), now);
        }
    }
    if (failed) {
        // What a reconciler set before it throws is not written, and this failure should be seen.
        ReplicaSet seen = set;
        seen.status = next;
        co_await r.api<ReplicaSet>().replace_status(std::move(seen));
        std::rethrow_exception(failed);
    }
    r.status() = std::move(next);
    if (auto then = next_available(running, set.spec.min_ready_seconds, now))
        co_return Outcome::done().again_in(*then - now);
    co_return Outcome::done();
}

}  // namespace

kube::Controller<ReplicaSet> replicaset_controller() {
    return kube::Controller<ReplicaSet>(reconcile)
        .named("replicaset-controller")
        .owns<Pod>()
        .without_conditions()
        .also_deleting();
}

}  // namespace mizzen::controllers
