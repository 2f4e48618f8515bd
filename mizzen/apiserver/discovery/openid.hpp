// SPDX-License-Identifier: Apache-2.0
// How others check service-account tokens: /.well-known/openid-configuration and /openid/v1/jwks.
// Source: Kubernetes documentation "Configure Service Accounts for Pods", "Service account issuer discovery".
#pragma once
#include <optional>

#include "mizzen/apiserver/verbs/call.hpp"

namespace mizzen::apiserver {

// Nothing if the path is neither.
std::optional<net::Response> answer_openid(const Call& call);

}  // namespace mizzen::apiserver
