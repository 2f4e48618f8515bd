// SPDX-License-Identifier: Apache-2.0
// /openapi/v2: the definitions of all kinds in one document, for clients older than Kubernetes 1.27.
// Source: OpenAPI Specification 2.0; its protobuf form is that of gnostic's OpenAPIv2.proto.
#pragma once
#include <optional>
#include <string>

#include "mizzen/apiserver/catalog/catalog.hpp"
#include "mizzen/apiserver/verbs/call.hpp"

namespace mizzen::apiserver {

// {"swagger":"2.0",…,"definitions":{…}}, without paths.
json::Value openapi_v2(const Catalog& catalog);
// The same as openapi.v2.Document in protobuf.
std::string openapi_v2_protobuf(const json::Value& document);

// Answers /openapi/v2 in the form that is accepted; nothing if the path is another.
std::optional<net::Response> answer_openapi_v2(const Call& call);

}  // namespace mizzen::apiserver
