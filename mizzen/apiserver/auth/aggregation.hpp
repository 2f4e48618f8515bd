// SPDX-License-Identifier: Apache-2.0
// Aggregated ClusterRoles: roles whose rules are those of all roles with certain labels.
// Source: Kubernetes documentation "Using RBAC Authorization", "Aggregated ClusterRoles".
#pragma once
#include "mizzen/apiserver/store/store.hpp"

namespace mizzen::apiserver {

// Writes the rules that each aggregating role should have, where they are not that already.
void aggregate_cluster_roles(Store& store);

}  // namespace mizzen::apiserver
