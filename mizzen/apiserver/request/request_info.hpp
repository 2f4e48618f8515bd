// SPDX-License-Identifier: Apache-2.0
// RequestInfo: what a request asks for, read off its method, path and query, before anything is known about resources.
// Source: Kubernetes documentation "API Concepts", "Resource URIs"; "Authorization", "Determine the request verb".
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/net/http.hpp"

namespace mizzen::apiserver {

struct RequestInfo {
    bool is_resource = false;  // else path and verb alone count: /healthz, /openapi/v3, /apis/apps/v1
    std::string path;          // decoded
    std::string verb;   // get list watch create update patch delete deletecollection; the method in lower case where
                        // !is_resource
    std::string group;  // "" is core
    std::string version;
    std::string ns;
    std::string resource;  // plural
    std::string subresource;
    std::string name;
    std::vector<std::string> rest;  // what follows the subresource: …/proxy/a/b

    // "apps/v1", or "v1" of the core group.
    std::string api_version() const;
};

// Throws StatusError 400 on a broken percent escape.
RequestInfo parse_request_info(std::string_view method, std::string_view path, const net::Query& query);

// "apps/v1" of group apps, "v1" of the core group.
std::string join_api_version(std::string_view group, std::string_view version);
// The group of an apiVersion: "apps" of apps/v1, "" of v1.
std::string_view group_of(std::string_view api_version);
std::string_view version_of(std::string_view api_version);

}  // namespace mizzen::apiserver
