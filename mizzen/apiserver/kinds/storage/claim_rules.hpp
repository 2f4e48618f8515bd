// SPDX-License-Identifier: Apache-2.0
// The spec of a claim for storage: in a PersistentVolumeClaim, in a StatefulSet, in an ephemeral volume.
#pragma once
#include "mizzen/apiserver/kinds/place.hpp"

namespace mizzen::apiserver {

void check_claim_spec(const Place& spec);
// accessModes of claims and volumes.
void check_access_modes(const Place& modes);

}  // namespace mizzen::apiserver
