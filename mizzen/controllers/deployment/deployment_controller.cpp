// SPDX-License-Identifier: Apache-2.0
// Gathers a Deployment's ReplicaSets, lets rollout.hpp decide, and carries it out through the API.
#include "mizzen/controllers/deployment/deployment_controller.hpp"

#include <algorithm>

#include "mizzen/controllers/adopt.hpp"
#include "mizzen/controllers/deployment/rollout.hpp"
#include "mizzen/kube/schema/kinds/core.hpp"

namespace mizzen::controllers {
namespace {

using kube::Deployment;
using kube::Outcome;
using kube::Patch;
using kube::Reconcile;
using kube::ReplicaSet;
using Set = std::shared_ptr<const ReplicaSet>;

// True if pods of these sets still exist, whatever the sets say.
bool pods_run(const Reconcile<Deployment>& r, const ReplicaSets& sets) {
    return std::ranges::any_of(sets, [&](const Set& s) {
        return std::ranges::any_of(r.cache<kube::Pod>().owned_by(s->metadata.uid), [](auto& pod) {
            return pod->status.phase != "Succeeded" && pod->status.phase != "Failed";
        });
    });
}

bool must_wait_for_old_pods(const Deployment& d) { return d.spec.strategy.type == "Recreate"; }

// A name that another template took makes the next hash: counted in status.collisionCount.
Task<Set> create_set(Reconcile<Deployment>& r, const ReplicaSets& all) {
    const Deployment& d = r.object();
    int collisions = d.status.collision_count.value_or(0);
    for (;;) {
        ReplicaSet wanted = new_replica_set(d, all, collisions);
        try {
            co_return std::make_shared<const ReplicaSet>(co_await r.api<ReplicaSet>().create(wanted));
        } catch (const kube::ApiError& e) {
            if (!e.is_already_exists()) throw;
        }
        // Ours from a visit whose end we did not see?
        auto existing = co_await r.api<ReplicaSet>().find(wanted.metadata.name);
        if (existing && is_controlled_by(existing->metadata, d.metadata.uid) &&
            find_current(d, {std::make_shared<const ReplicaSet>(*existing)})) {
            co_return std::make_shared<const ReplicaSet>(std::move(*existing));
        }
        ++collisions;
        r.status().collision_count = collisions;
    }
}

Task<Set> keep_annotations(Reconcile<Deployment>& r, Set current, const ReplicaSets& old) {
    auto wanted = set_annotations(r.object(), current.get(), next_revision(old));
    if (wanted == current->metadata.annotations && current->spec.min_ready_seconds == r.object().spec.min_ready_seconds)
        co_return current;
    json::Object notes;
    for (auto& [key, value] : wanted) notes.set(key, value);
    json::Object body{{"metadata", json::Object{{"annotations", std::move(notes)}}},
                      {"spec", json::Object{{"minReadySeconds", r.object().spec.min_ready_seconds}}}};
    co_return std::make_shared<const ReplicaSet>(
        co_await r.api<ReplicaSet>().patch(current->metadata.name, Patch::merge(std::move(body))));
}

Task<> resize(Reconcile<Deployment>& r, Resize step) {
    const Deployment& d = r.object();
    const int wanted = d.spec.replicas.value_or(1);
    json::Object notes{{desired_replicas_annotation, std::to_string(wanted)},
                       {max_replicas_annotation, std::to_string(wanted + bounds(d.spec).surge)}};
    json::Object body{{"metadata", json::Object{{"annotations", std::move(notes)}}},
                      {"spec", json::Object{{"replicas", step.to}}}};
    co_await r.api<ReplicaSet>().patch(step.set->metadata.name, Patch::merge(std::move(body)));
    if (step.to == step.from) co_return;
    r.event(kube::EventType::normal, "ScalingReplicaSet",
            std::string(step.to > step.from ? "Scaled up" : "Scaled down") + " replica set " + step.set->metadata.name +
                " from " + std::to_string(step.from) + " to " + std::to_string(step.to));
}

Task<> keep_revision(Reconcile<Deployment>& r, const ReplicaSet& current) {
    auto number = current.metadata.annotations.find(revision_annotation);
    if (number == current.metadata.annotations.end() || revision(r.object().metadata) == revision(current.metadata))
        co_return;
    json::Object notes{{revision_annotation, number->second}};
    // Through the status: a new annotation would otherwise count as a new generation.
    co_await r.api<Deployment>().patch_status(
        r.object().metadata.name,
        Patch::merge(json::Object{{"metadata", json::Object{{"annotations", std::move(notes)}}}}));
}

Outcome look_again(const Reconcile<Deployment>& r, const kube::DeploymentStatus& now) {
    if (auto deadline = progress_deadline(r.object(), now)) {
        return Outcome::done().again_in(std::max<Duration>(*deadline - r.wall(), std::chrono::seconds(1)));
    }
    return Outcome::done();
}

Task<Outcome> reconcile(Reconcile<Deployment>& r) {
    const Deployment& d = r.object();
    ReplicaSets all = co_await adopt<ReplicaSet>(r, d.spec.selector);
    Set current = find_current(d, all);
    ReplicaSets old = others(all, current.get());

    const bool deleting = !d.metadata.deletion_timestamp.empty();
    const bool paused = d.spec.paused;
    if (!deleting) {
        const bool old_pods = must_wait_for_old_pods(d) && pods_run(r, old);
        if (current) {
            current = co_await keep_annotations(r, current, old);
        } else if (!paused && !old_pods) {
            current = co_await create_set(r, all);
            all.push_back(current);
        }
        for (Resize& step : next_resizes(d, current, old, old_pods)) co_await resize(r, step);
        if (current) co_await keep_revision(r, *current);
    }
    // Counted while a set was created.
    const auto collisions = r.status().collision_count;
    r.status() = status(d, current.get(), all, r.wall());
    r.status().collision_count = collisions;
    if (!deleting && is_complete(d, r.status())) {
        for (const Set& set : beyond_history(d, old))
            co_await r.api<ReplicaSet>().remove(set->metadata.name, {.uid = set->metadata.uid});
    }
    co_return look_again(r, r.status());
}

// Recreate waits for pods to go, and pods belong to the Deployment's ReplicaSets by name.
std::vector<kube::ObjectKey> deployment_of(const kube::Pod& pod) {
    const kube::OwnerReference* owner = controller_of(pod.metadata);
    auto hash = pod.metadata.labels.find(pod_template_hash_label);
    if (!owner || owner->kind != "ReplicaSet" || hash == pod.metadata.labels.end()) return {};
    if (!owner->name.ends_with("-" + hash->second)) return {};
    return {
        kube::ObjectKey(pod.metadata.namespace_, owner->name.substr(0, owner->name.size() - hash->second.size() - 1))};
}

}  // namespace

kube::Controller<Deployment> deployment_controller() {
    return kube::Controller<Deployment>(reconcile)
        .named("deployment-controller")
        .owns<ReplicaSet>()
        .watches<kube::Pod>(deployment_of)
        .without_conditions()
        .also_deleting();
}

}  // namespace mizzen::controllers
