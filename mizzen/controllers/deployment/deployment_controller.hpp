// SPDX-License-Identifier: Apache-2.0
// The Deployment controller: ReplicaSets as the Deployment wants them, one step of a rollout at a time.
#pragma once
#include "mizzen/kube/runtime/controller.hpp"
#include "mizzen/kube/schema/kinds/apps.hpp"

namespace mizzen::controllers {

// Creates, sizes and forgets ReplicaSets as rollout.hpp decides; writes the status and the revision.
kube::Controller<kube::Deployment> deployment_controller();

}  // namespace mizzen::controllers
