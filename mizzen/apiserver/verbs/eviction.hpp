// SPDX-License-Identifier: Apache-2.0
// eviction: a pod is deleted if its disruption budget allows it.
// Source: Kubernetes documentation "API-initiated Eviction", "Specifying a Disruption Budget".
#pragma once
#include "mizzen/apiserver/verbs/call.hpp"

namespace mizzen::apiserver {

// POST …/pods/NAME/eviction. Throws StatusError 429 where a budget forbids it.
Task<net::Response> evict_pod(Call& call);

}  // namespace mizzen::apiserver
