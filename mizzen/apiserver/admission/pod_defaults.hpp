// SPDX-License-Identifier: Apache-2.0
// What admission adds to every pod: its priority, and tolerations that keep it on a lost node for five minutes.
// Source: Kubernetes documentation "Pod Priority and Preemption", "Taint based Evictions".
#pragma once
#include "mizzen/apiserver/admission/admission.hpp"

namespace mizzen::apiserver {

Admission default_toleration_seconds();
Admission priority();

}  // namespace mizzen::apiserver
