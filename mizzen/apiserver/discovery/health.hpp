// SPDX-License-Identifier: Apache-2.0
// /healthz, /livez, /readyz and /version.
#pragma once
#include <optional>

#include "mizzen/apiserver/verbs/call.hpp"

namespace mizzen::apiserver {

// Nothing if the path is none of them.
std::optional<net::Response> answer_health(const Call& call);
std::optional<net::Response> answer_version(const Call& call);

}  // namespace mizzen::apiserver
