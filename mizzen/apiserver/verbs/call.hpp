// SPDX-License-Identifier: Apache-2.0
// Call: one request on its way through the server, with all that was found out about it.
#pragma once
#include <string>
#include <vector>

#include "mizzen/apiserver/auth/user.hpp"
#include "mizzen/apiserver/catalog/served_resource.hpp"
#include "mizzen/apiserver/request/accept.hpp"
#include "mizzen/apiserver/request/request_info.hpp"
#include "mizzen/apiserver/status.hpp"
#include "mizzen/base/time.hpp"
#include "mizzen/net/http.hpp"
#include "mizzen/telemetry/trace/span.hpp"

namespace mizzen::apiserver {

struct Machinery;

struct Call {
    Machinery& server;
    net::Request request;
    RequestInfo info;
    net::Query query;
    User user = {};
    ServedPtr resource = nullptr;                    // of a resource request
    const ServedSubresource* subresource = nullptr;  // if one is asked for
    std::string body = {};                           // read, where the verb takes one
    Accepted accepted = {};
    std::vector<std::string> warnings = {};  // become Warning: 299 headers
    telemetry::Span* span = nullptr;         // the request's, if it is traced

    std::string_view header(std::string_view name) const { return request.headers.find(name).value_or(""); }
    std::string key() const { return record_key(resource->namespaced ? info.ns : "", info.name); }
    WallTime now() const;
    // The request made this version of an object.
    void wrote(const Record& record) const;
    // Errors about this call's object.
    StatusError not_found() const { return apiserver::not_found(resource->group, resource->plural, info.name); }
    StatusError conflict(std::string_view why) const {
        return apiserver::conflict(resource->group, resource->plural, info.name, why);
    }
    StatusError invalid(const std::vector<FieldError>& errors, std::string_view name) const {
        return apiserver::invalid(resource->group, resource->kind, name, errors);
    }
};

}  // namespace mizzen::apiserver
