// SPDX-License-Identifier: Apache-2.0
#include "mizzen/apiserver/request/request_span.hpp"

namespace mizzen::apiserver {
namespace {

std::string route_of(const RequestInfo& info) {
    std::string route;
    route.reserve(128);
    route += info.group.empty() ? "/api/" : "/apis/";
    if (!info.group.empty()) route.append(info.group).append("/");
    route += info.version;
    if (!info.ns.empty()) route += "/namespaces/{namespace}";
    route.append("/").append(info.resource);
    if (!info.name.empty()) route += "/{name}";
    if (!info.subresource.empty()) route.append("/").append(info.subresource);
    return route;
}

}  // namespace

void describe_request(telemetry::Span& span, const net::Request& request, const RequestInfo& info) {
    if (!span.is_recording() || !info.is_resource) return;
    std::string route = route_of(info);
    span.rename(request.method + " " + route);
    span.set("http.route", std::move(route));
    if (!info.ns.empty()) span.set("k8s.namespace.name", info.ns);
    if (!info.name.empty()) span.set("k8s.object.name", info.name);
}

}  // namespace mizzen::apiserver
