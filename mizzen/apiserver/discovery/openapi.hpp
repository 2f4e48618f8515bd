// SPDX-License-Identifier: Apache-2.0
// /openapi/v3: one document per group and version, made when it is asked for.
#pragma once
#include <optional>
#include <string>

#include "mizzen/apiserver/catalog/catalog.hpp"
#include "mizzen/apiserver/verbs/call.hpp"

namespace mizzen::apiserver {

// Which documents there are, each with a hash that changes when it does: clients keep documents by it.
json::Value openapi_index(const Catalog& catalog);
// The document of a group and version, or nothing if it is not served.
std::optional<std::string> openapi_of(const Catalog& catalog, std::string_view group, std::string_view version);

// Answers /openapi/v3 and what is below; nothing if there is no such path.
std::optional<net::Response> answer_openapi(const Call& call);

}  // namespace mizzen::apiserver
