// SPDX-License-Identifier: Apache-2.0
// The status of a Deployment: counts, and the conditions Available and Progressing that `kubectl rollout status` and
// kstatus read.
#include <algorithm>
#include <limits>

#include "mizzen/controllers/deployment/rollout.hpp"

namespace mizzen::controllers {
namespace {

using kube::DeploymentCondition;

constexpr int no_deadline = std::numeric_limits<int>::max();

// Keeps the times of a condition that says the same as before, unless it is to start its clock anew.
void put(std::vector<DeploymentCondition>& conditions, DeploymentCondition wanted, const std::string& now,
         bool restart_clock = false) {
    auto old = std::ranges::find(conditions, wanted.type, &DeploymentCondition::type);
    wanted.last_update_time = now;
    wanted.last_transition_time = now;
    if (old == conditions.end()) {
        conditions.push_back(std::move(wanted));
        return;
    }
    bool same = old->status == wanted.status && old->reason == wanted.reason && old->message == wanted.message;
    if (same && !restart_clock) return;
    if (old->status == wanted.status) wanted.last_transition_time = old->last_transition_time;
    *old = std::move(wanted);
}

void count(kube::DeploymentStatus& status, const kube::ReplicaSet* current, const ReplicaSets& all) {
    int wanted = 0, pods = 0, ready = 0, available = 0, terminating = 0;
    for (auto& set : all) {
        wanted += set->spec.replicas.value_or(1);
        pods += set->status.replicas;
        ready += set->status.ready_replicas;
        available += set->status.available_replicas;
        terminating += set->status.terminating_replicas.value_or(0);
    }
    status.replicas = pods;
    status.ready_replicas = ready;
    status.available_replicas = available;
    status.updated_replicas = current ? current->status.replicas : 0;
    status.unavailable_replicas = std::max(0, wanted - available);
    status.terminating_replicas = terminating;
}

DeploymentCondition available_condition(const kube::Deployment& d, int available) {
    bool enough = available >= d.spec.replicas.value_or(1) - bounds(d.spec).unavailable;
    return {
        .message = enough ? "Deployment has minimum availability." : "Deployment does not have minimum availability.",
        .reason = enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
        .status = enough ? "True" : "False",
        .type = "Available"};
}

bool has_progressed(const kube::DeploymentStatus& before, const kube::DeploymentStatus& after) {
    auto old_pods = [](const kube::DeploymentStatus& s) { return s.replicas - s.updated_replicas; };
    return after.updated_replicas > before.updated_replicas || old_pods(after) < old_pods(before) ||
           after.ready_replicas > before.ready_replicas || after.available_replicas > before.available_replicas;
}

const DeploymentCondition* find(const kube::DeploymentStatus& status, std::string_view type) {
    auto found = std::ranges::find(status.conditions, type, &DeploymentCondition::type);
    return found == status.conditions.end() ? nullptr : &*found;
}

DeploymentCondition progressing(std::string status, std::string reason, std::string message) {
    return {
        .message = std::move(message), .reason = std::move(reason), .status = std::move(status), .type = "Progressing"};
}

// Progressing speaks of another ReplicaSet than the current one: a rollout has begun since.
bool is_about_another(const DeploymentCondition& progress, const kube::ReplicaSet* current) {
    const bool names_one = progress.message.find('"') != progress.message.npos;
    return current && names_one && progress.message.find('"' + current->metadata.name + '"') == progress.message.npos;
}

// A set that was current before comes with its history: the rollout is a rollback.
DeploymentCondition rollout_begun(const kube::ReplicaSet& current) {
    const std::string name = "new replica set \"" + current.metadata.name + "\"";
    if (current.metadata.annotations.contains(revision_history_annotation))
        return progressing("True", "FoundNewReplicaSet", "Found " + name);
    return progressing("True", "NewReplicaSetCreated", "Created " + name);
}

// What Progressing says now; nothing keeps what it said.
std::optional<DeploymentCondition> progress_condition(const kube::Deployment& d, const kube::DeploymentStatus& after,
                                                      const kube::ReplicaSet* current, WallTime now) {
    const std::string name =
        current ? "ReplicaSet \"" + current->metadata.name + "\"" : "Deployment \"" + d.metadata.name + "\"";
    const DeploymentCondition* before = find(d.status, "Progressing");
    if (d.spec.paused) {
        if (before && before->reason == "ProgressDeadlineExceeded") return std::nullopt;
        return progressing("Unknown", "DeploymentPaused", "Deployment is paused");
    }
    const bool is_new = current && (!before || is_about_another(*before, current));
    // A finished rollout stays finished while its pods come and go, or become more or fewer.
    if (!is_new && before && before->reason == "NewReplicaSetAvailable" && after.replicas == after.updated_replicas)
        return std::nullopt;
    if (is_complete(d, after))
        return progressing("True", "NewReplicaSetAvailable", name + " has successfully progressed.");
    if (is_new) return rollout_begun(*current);
    if (before && before->reason == "DeploymentPaused")
        return progressing("Unknown", "DeploymentResumed", "Deployment is resumed");
    if (has_progressed(d.status, after)) return progressing("True", "ReplicaSetUpdated", name + " is progressing.");
    auto deadline = progress_deadline(d, d.status);
    if (deadline && now >= *deadline)
        return progressing("False", "ProgressDeadlineExceeded", name + " has timed out progressing.");
    return std::nullopt;
}

// The current set's failure to make pods, or else another set's.
const kube::ReplicaSetCondition* replica_failure(const kube::ReplicaSet* current, const ReplicaSets& all) {
    auto failure_of = [](const kube::ReplicaSet& set) {
        auto found = std::ranges::find(set.status.conditions, "ReplicaFailure", &kube::ReplicaSetCondition::type);
        return found == set.status.conditions.end() ? nullptr : &*found;
    };
    if (current) {
        if (auto* failure = failure_of(*current)) return failure;
    }
    for (auto& set : all) {
        if (auto* failure = failure_of(*set)) return failure;
    }
    return nullptr;
}

void put_replica_failure(kube::DeploymentStatus& status, const kube::ReplicaSetCondition* failure) {
    auto old = std::ranges::find(status.conditions, "ReplicaFailure", &DeploymentCondition::type);
    if (old != status.conditions.end()) {
        if (failure && old->status == failure->status && old->reason == failure->reason) return;
        status.conditions.erase(old);
    }
    if (!failure) return;
    status.conditions.push_back({.last_transition_time = failure->last_transition_time,
                                 .last_update_time = failure->last_transition_time,
                                 .message = failure->message,
                                 .reason = failure->reason,
                                 .status = failure->status,
                                 .type = failure->type});
}

}  // namespace

bool is_complete(const kube::Deployment& d, const kube::DeploymentStatus& s) {
    const int wanted = d.spec.replicas.value_or(1);
    return s.updated_replicas == wanted && s.replicas == wanted && s.available_replicas == wanted &&
           s.observed_generation >= d.metadata.generation;
}

std::optional<WallTime> progress_deadline(const kube::Deployment& d, const kube::DeploymentStatus& s) {
    const DeploymentCondition* c = find(s, "Progressing");
    // Complete and already failed rollouts have no clock running.
    if (!c || c->reason == "NewReplicaSetAvailable" || c->reason == "ProgressDeadlineExceeded" || d.spec.paused)
        return std::nullopt;
    auto since = parse_rfc3339(c->last_update_time);
    const int seconds = d.spec.progress_deadline_seconds.value_or(600);
    if (!since || seconds == no_deadline) return std::nullopt;
    return *since + std::chrono::seconds(seconds);
}

kube::DeploymentStatus status(const kube::Deployment& d, const kube::ReplicaSet* current, const ReplicaSets& all,
                              WallTime now) {
    kube::DeploymentStatus out = d.status;
    const std::string text = to_rfc3339(now);
    count(out, current, all);
    out.observed_generation = d.metadata.generation;
    put(out.conditions, available_condition(d, out.available_replicas), text);
    if (d.spec.progress_deadline_seconds == no_deadline) {
        std::erase_if(out.conditions, [](auto& c) { return c.type == "Progressing"; });
    } else if (auto c = progress_condition(d, out, current, now)) {
        const bool restart_clock = c->reason == "ReplicaSetUpdated";
        put(out.conditions, std::move(*c), text, restart_clock);
    }
    put_replica_failure(out, replica_failure(current, all));
    return out;
}

}  // namespace mizzen::controllers
