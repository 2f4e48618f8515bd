// SPDX-License-Identifier: Apache-2.0
// Gathers nodes and bound pods, lets placement.hpp decide, posts the binding.
#include "mizzen/nodes/scheduler/scheduler.hpp"

#include <algorithm>

#include "mizzen/nodes/scheduler/placement.hpp"

namespace mizzen::nodes {
namespace {

using kube::Outcome;
using kube::Pod;

bool is_waiting(const Pod& pod) {
    return pod.spec.node_name.empty() && pod.metadata.deletion_timestamp.empty() && pod.spec.scheduling_gates.empty() &&
           (pod.spec.scheduler_name.empty() || pod.spec.scheduler_name == "default-scheduler");
}

bool takes_room(const Pod& pod) {
    return !pod.spec.node_name.empty() && pod.status.phase != "Succeeded" && pod.status.phase != "Failed";
}

void say_unschedulable(Pod& draft, const std::string& why, const std::string& now) {
    auto old = std::ranges::find(draft.status.conditions, "PodScheduled", &kube::PodCondition::type);
    if (old != draft.status.conditions.end() && old->message == why) return;
    if (old != draft.status.conditions.end()) draft.status.conditions.erase(old);
    draft.status.conditions.push_back({.last_transition_time = now,
                                       .message = why,
                                       .reason = "Unschedulable",
                                       .status = "False",
                                       .type = "PodScheduled"});
}

Task<> bind(kube::Reconcile<Pod>& r, std::string node) {
    json::Object body{{"apiVersion", "v1"},
                      {"kind", "Binding"},
                      {"metadata", json::Object{{"name", r.object().metadata.name}, {"uid", r.object().metadata.uid}}},
                      {"target", json::Object{{"apiVersion", "v1"}, {"kind", "Node"}, {"name", node}}}};
    co_await r.api<Pod>().post(r.object().metadata.name, "binding", std::move(body));
    r.event(kube::EventType::normal, "Scheduled",
            "Successfully assigned " + kube::to_string(kube::key_of(r.object())) + " to " + node);
}

}  // namespace

BoundPods Scheduler::bound_pods(const kube::Store<Pod>& pods) {
    // The cache knows by now, or the pod is gone.
    std::erase_if(assumed_, [&](auto& one) {
        auto cached = pods.find(one.first);
        return !cached || cached->metadata.uid != one.second->metadata.uid || !cached->spec.node_name.empty();
    });
    BoundPods out = pods.list();
    std::erase_if(out, [](auto& pod) { return !takes_room(*pod); });
    for (auto& [key, pod] : assumed_) out.push_back(pod);
    return out;
}

void Scheduler::assume(const Pod& pod, const std::string& node) {
    Pod bound = pod;
    bound.spec.node_name = node;
    assumed_.insert_or_assign(kube::key_of(pod), std::make_shared<const Pod>(std::move(bound)));
}

Task<Outcome> Scheduler::reconcile(kube::Reconcile<Pod>& r) {
    if (!is_waiting(r.object())) co_return Outcome::done();
    const BoundPods bound = bound_pods(r.cache<Pod>());
    if (assumed_.contains(r.key())) co_return Outcome::done();
    const Placement placement = place(r.object(), r.cache<kube::Node>().list(), bound);
    if (!placement.node.empty()) {
        co_await bind(r, placement.node);
        assume(r.object(), placement.node);
        co_return Outcome::done();
    }
    Pod draft = r.object();
    say_unschedulable(draft, placement.message, to_rfc3339(r.wall()));
    if (draft.status != r.object().status) {
        r.event(kube::EventType::warning, "FailedScheduling", placement.message);
        r.status() = draft.status;
    }
    co_return Outcome::done().again_in(std::chrono::seconds(10));
}

kube::Controller<Pod> Scheduler::controller(kube::Manager& manager) {
    const kube::Store<Pod>& pods = manager.informer<Pod>().store();
    auto waiting = [&pods](const kube::Node&) {
        std::vector<kube::ObjectKey> out;
        for (auto& pod : pods.list()) {
            if (is_waiting(*pod)) out.push_back(kube::key_of(*pod));
        }
        return out;
    };
    // One at a time: each placement must know of the one before.
    return kube::Controller<Pod>(&Scheduler::reconcile, *this)
        .named("default-scheduler")
        .watches<kube::Node>(waiting)
        .when([](const Pod*, const Pod& after) { return is_waiting(after); })
        .limit(1)
        .without_conditions();
}

}  // namespace mizzen::nodes
