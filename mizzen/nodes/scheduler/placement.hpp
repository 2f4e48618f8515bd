// SPDX-License-Identifier: Apache-2.0
// Placement: which node a pod goes to, and why not the others. Pure.
// Source: Kubernetes documentation "Scheduling, Preemption and Eviction": node selection, taints, resources, topology
// spread.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "mizzen/kube/schema/kinds/core.hpp"

namespace mizzen::nodes {

using Nodes = std::vector<std::shared_ptr<const kube::Node>>;
using BoundPods = std::vector<std::shared_ptr<const kube::Pod>>;

struct Placement {
    std::string node;     // "" if none fits
    std::string message;  // why none fits: "0/3 nodes are available: 1 node(s) were unschedulable, 2 Insufficient cpu."
};

// Nodes that fit by readiness, cordon, node selector and required node affinity, taints, host ports and requested
// resources; of those the one with fewest pods of the same labels, then fewest pods, then the first name. `bound` are
// the unfinished pods that have a node.
Placement place(const kube::Pod& pod, const Nodes& nodes, const BoundPods& bound);

// Why the pod cannot run on this node, in the scheduler's words; "" if it can.
std::string obstacle(const kube::Pod& pod, const kube::Node& node, const BoundPods& on_node);

}  // namespace mizzen::nodes
