// SPDX-License-Identifier: Apache-2.0
// The namespace controller: a namespace that is being deleted takes everything in it along, whatever its kind, and goes
// last. Source: Kubernetes documentation "Namespaces"; the conditions are those kube-controller-manager writes.
#pragma once
#include "mizzen/kube/runtime/controller.hpp"
#include "mizzen/kube/schema/kinds/core.hpp"

namespace mizzen::controllers {

kube::Controller<kube::Namespace> namespace_controller();

}  // namespace mizzen::controllers
