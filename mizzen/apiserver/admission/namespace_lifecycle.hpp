// SPDX-License-Identifier: Apache-2.0
// NamespaceLifecycle: nothing is made in a namespace that is not there or on its way out, and the system's namespaces
// stay.
#pragma once
#include "mizzen/apiserver/admission/admission.hpp"

namespace mizzen::apiserver {

Admission namespace_lifecycle();

}  // namespace mizzen::apiserver
