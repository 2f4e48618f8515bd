// SPDX-License-Identifier: Apache-2.0
// Discovery: which groups, versions and resources there are, in the aggregated and in the older form.
// Source: Kubernetes documentation "The Kubernetes API", "Discovery API".
#pragma once
#include <optional>

#include "mizzen/apiserver/catalog/catalog.hpp"
#include "mizzen/apiserver/verbs/call.hpp"

namespace mizzen::apiserver {

// apidiscovery.k8s.io: "/api" holds the core group, "/apis" all others. `version` is "v2" or "v2beta1".
json::Value aggregated_discovery(const Catalog& catalog, bool core, std::string_view version);
// The older documents.
json::Value api_versions(std::string_view server_address);                         // /api
json::Value api_group_list(const Catalog& catalog);                                // /apis
json::Value api_group(const Catalog::Group& group);                                // /apis/apps
json::Value api_resource_list(const std::string& group, const Catalog::Version&);  // /api/v1, /apis/apps/v1

// Answers /api, /apis and what is below them but is no resource; nothing if there is no such path.
std::optional<net::Response> answer_discovery(const Call& call);

}  // namespace mizzen::apiserver
