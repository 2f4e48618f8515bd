// SPDX-License-Identifier: Apache-2.0
// What the span of a request tells once the request is understood.
#pragma once
#include "mizzen/apiserver/request/request_info.hpp"
#include "mizzen/telemetry/trace/span.hpp"

namespace mizzen::apiserver {

// Names it by the route ("PATCH /apis/apps/v1/namespaces/{namespace}/deployments/{name}") and records http.route,
// k8s.namespace.name and k8s.object.name.
void describe_request(telemetry::Span& span, const net::Request& request, const RequestInfo& info);

}  // namespace mizzen::apiserver
