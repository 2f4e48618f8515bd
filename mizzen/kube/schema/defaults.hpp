// SPDX-License-Identifier: Apache-2.0
// The defaults that Kubernetes fills into built-in objects when they are written, beyond those that OpenAPI declares.
#pragma once
#include <string_view>

#include "mizzen/json/value.hpp"

namespace mizzen::kube::schema {

// Fills what was left unset: a Deployment gets its strategy, a container its pull policy, a Service port its protocol.
// Pure, and done twice it changes nothing more. Kinds that are not built in are left alone, and so is what has the
// wrong shape.
//
// What the server decides and not the version's defaults (uid, cluster IPs, node ports, service account) is not filled
// here.
void apply_defaults(std::string_view group, std::string_view version, std::string_view kind, json::Value& object);

}  // namespace mizzen::kube::schema
