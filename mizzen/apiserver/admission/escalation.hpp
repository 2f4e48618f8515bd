// SPDX-License-Identifier: Apache-2.0
// Escalation: nobody gives away rights that he has not, by a role or by a binding.
// Source: Kubernetes documentation "Using RBAC Authorization", "Privilege escalation prevention and bootstrapping".
#pragma once
#include "mizzen/apiserver/admission/admission.hpp"

namespace mizzen::apiserver {

Admission escalation();

}  // namespace mizzen::apiserver
