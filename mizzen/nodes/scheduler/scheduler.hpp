// SPDX-License-Identifier: Apache-2.0
// The scheduler: binds pods without a node to one that fits.
#pragma once
#include <map>
#include <memory>
#include <string>

#include "mizzen/kube/runtime/controller.hpp"
#include "mizzen/kube/runtime/manager.hpp"
#include "mizzen/kube/schema/kinds/core.hpp"
#include "mizzen/nodes/scheduler/placement.hpp"

namespace mizzen::nodes {

// Schedules pods whose schedulerName is default-scheduler. A pod that fits nowhere gets the condition
// PodScheduled=False and is tried again when a node changes, and each 10 seconds.
class Scheduler {
  public:
    // The scheduler must outlive the controller. Needs the manager's cache of pods to know who waits for a node.
    kube::Controller<kube::Pod> controller(kube::Manager& manager);

  private:
    Task<kube::Outcome> reconcile(kube::Reconcile<kube::Pod>& r);
    BoundPods bound_pods(const kube::Store<kube::Pod>& pods);
    void assume(const kube::Pod& pod, const std::string& node);

    // Bound by us, but not yet so in the cache.
    std::map<kube::ObjectKey, std::shared_ptr<const kube::Pod>> assumed_;
};

}  // namespace mizzen::nodes
