// SPDX-License-Identifier: Apache-2.0
// The EndpointSlice controller: keeps the addresses behind each Service that has a selector.
#pragma once
#include "mizzen/kube/runtime/controller.hpp"
#include "mizzen/kube/runtime/manager.hpp"
#include "mizzen/kube/schema/kinds/core.hpp"

namespace mizzen::controllers {

// Needs the manager's cache of Services to know whom a pod concerns.
kube::Controller<kube::Service> endpointslice_controller(kube::Manager& manager);

}  // namespace mizzen::controllers
