// SPDX-License-Identifier: Apache-2.0
// The status of a CustomResourceDefinition whose names nobody else has.
#pragma once
#include <string>

#include "mizzen/json/value.hpp"

namespace mizzen::apiserver {

// The status that kube-apiserver's controllers give it: acceptedNames, storedVersions and the conditions NamesAccepted
// and Established. Versions that were stored before stay stored; a condition that already holds keeps its
// lastTransitionTime. `now` is RFC 3339.
json::Value established_status(const json::Value& crd, const std::string& now);

}  // namespace mizzen::apiserver
