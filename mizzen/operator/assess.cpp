// SPDX-License-Identifier: Apache-2.0
// How an app stands, from the Deployment's own account of it.
#include <algorithm>

#include "mizzen/operator/operator.hpp"
#include "mizzen/operator/parts/parts.hpp"

namespace mizzen {
namespace {

using kube::Outcome;

const kube::DeploymentCondition* find(const kube::Deployment& d, std::string_view type) {
    auto found = std::ranges::find(d.status.conditions, type, &kube::DeploymentCondition::type);
    return found == d.status.conditions.end() ? nullptr : &*found;
}

std::string pods(int n) { return std::to_string(n) + (n == 1 ? " pod" : " pods"); }

// The Deployment that we see was written for an older spec, or nobody has acted on it yet.
bool is_behind(const kube::Deployment& d, const WebApp& app) {
    auto written_for = d.metadata.annotations.find(parts::generation_annotation);
    return written_for == d.metadata.annotations.end() ||
           written_for->second != std::to_string(app.metadata.generation) ||
           d.status.observed_generation < d.metadata.generation;
}

}  // namespace

Outcome assess(const WebApp& app, const Facts& facts, WebAppStatus& status) {
    const int wanted = app.spec.replicas;
    const kube::Deployment* d = facts.deployment;
    const int available = d ? d->status.available_replicas : 0;
    status.available_replicas = available;
    if (!d || is_behind(*d, app)) {
        status.phase = available > 0 ? Phase::Progressing : Phase::Pending;
        return Outcome::waiting("Deploying", "The Deployment is being brought up to date.");
    }
    const kube::DeploymentCondition* progress = find(*d, "Progressing");
    if (progress && progress->status == "False") {
        status.phase = Phase::Degraded;
        return Outcome::stalled(
            progress->reason,
            progress->message + " See `kubectl describe pods -l app.kubernetes.io/name=" + app.metadata.name + "`.");
    }
    if (const kube::DeploymentCondition* failure = find(*d, "ReplicaFailure"); failure && failure->status == "True") {
        status.phase = Phase::Degraded;
        return Outcome::stalled(failure->reason, failure->message);
    }
    const bool settled = d->status.updated_replicas == wanted && d->status.replicas == wanted && available == wanted;
    if (!settled) {
        status.phase = Phase::Progressing;
        return Outcome::waiting("RollingOut", std::to_string(available) + " of " + pods(wanted) + " can serve.");
    }
    status.phase = wanted == 0 ? Phase::Stopped : Phase::Ready;
    return Outcome::ready(wanted == 0 ? "No pods are wanted." : "All " + pods(wanted) + " can serve.");
}

}  // namespace mizzen
