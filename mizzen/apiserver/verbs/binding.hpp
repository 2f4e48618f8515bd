// SPDX-License-Identifier: Apache-2.0
// binding: a scheduler puts a pod on a node.
#pragma once
#include "mizzen/apiserver/verbs/call.hpp"

namespace mizzen::apiserver {

// POST …/pods/NAME/binding, and POST …/bindings with the pod's name in the body.
Task<net::Response> bind_pod(Call& call);

}  // namespace mizzen::apiserver
