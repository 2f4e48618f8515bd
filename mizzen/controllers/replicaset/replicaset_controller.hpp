// SPDX-License-Identifier: Apache-2.0
// The ReplicaSet controller: as many pods as the set wants.
#pragma once
#include "mizzen/kube/runtime/controller.hpp"
#include "mizzen/kube/schema/kinds/apps.hpp"

namespace mizzen::controllers {

kube::Controller<kube::ReplicaSet> replicaset_controller();

}  // namespace mizzen::controllers
