// SPDX-License-Identifier: Apache-2.0
// SimulatedPod: how a pod without containers looks at each moment of its life. Pure.
// Source: Kubernetes documentation "Pod Lifecycle".
#pragma once
#include <string>

#include "mizzen/base/time.hpp"
#include "mizzen/kube/schema/kinds/core.hpp"

namespace mizzen::nodes {

// Timings of simulated pods; all from the moment a pod is bound.
struct PodTimings {
    Duration until_ready = Duration::zero();     // containers start and pass their probes
    Duration until_complete = Duration::zero();  // from ready: pods of Jobs end in success
};

// True for a pod that runs to its end instead of forever: restartPolicy is not Always.
bool runs_to_completion(const kube::Pod&);

// The status when the pod was taken by its node: phase Pending, containers creating.
kube::PodStatus starting(const kube::Pod&, const std::string& node_ip, WallTime now);
// All containers run and are ready, at `ip`.
kube::PodStatus running(const kube::Pod&, const std::string& node_ip, const std::string& ip, WallTime now);
// All containers ended with exit code 0.
kube::PodStatus completed(const kube::Pod&, WallTime now);

// The n-th address of 10.244.0.0/16, from 0; wraps around.
std::string pod_ip(std::size_t n);
inline constexpr std::size_t pod_addresses = 65'533;

}  // namespace mizzen::nodes
