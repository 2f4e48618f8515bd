// SPDX-License-Identifier: Apache-2.0
// Replicas: how many pods a ReplicaSet creates or removes, which ones go first, and the status. Pure.
// Source: Kubernetes documentation "ReplicaSet".
#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "mizzen/base/time.hpp"
#include "mizzen/kube/schema/kinds/apps.hpp"
#include "mizzen/kube/schema/kinds/core.hpp"

namespace mizzen::controllers {

using Pods = std::vector<std::shared_ptr<const kube::Pod>>;

// Pods that count: not finished, not being deleted.
Pods active(const Pods&);
bool is_ready(const kube::Pod&);
// Ready for at least `min_ready_seconds`.
bool is_available(const kube::Pod&, int min_ready_seconds, WallTime now);
// When a ready pod becomes available; nothing if all ready ones are.
std::optional<WallTime> next_available(const Pods&, int min_ready_seconds, WallTime now);

// The pod to create, without a name of its own: generateName, labels, owner, spec of the template.
kube::Pod new_pod(const kube::ReplicaSet&);
// The `count` pods that are missed least: unscheduled before scheduled, pending before running, unready before ready,
// by controller.kubernetes.io/pod-deletion-cost, crowded nodes first, shortest ready first, restarted before steady,
// newest first.
Pods least_missed(Pods, std::size_t count, WallTime now);
kube::ReplicaSetStatus status(const kube::ReplicaSet&, const Pods& all, WallTime now);

}  // namespace mizzen::controllers
