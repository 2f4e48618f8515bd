// SPDX-License-Identifier: Apache-2.0
// scale: the replicas of any kind that has them, as autoscaling/v1 Scale.
#pragma once
#include "mizzen/apiserver/verbs/call.hpp"

namespace mizzen::apiserver {

// get, update and patch of …/scale.
Task<net::Response> run_scale(Call& call);

}  // namespace mizzen::apiserver
