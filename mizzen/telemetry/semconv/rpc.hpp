// SPDX-License-Identifier: Apache-2.0
// Remote procedure calls: names as OpenTelemetry's semantic conventions 1.44 have them.
#pragma once
#include "mizzen/telemetry/semconv/convention.hpp"
#include "mizzen/telemetry/semconv/error.hpp"
#include "mizzen/telemetry/semconv/network.hpp"

namespace mizzen::telemetry::semconv {

namespace rpc {

inline constexpr std::string_view method = "rpc.method";
inline constexpr std::string_view method_original = "rpc.method_original";
inline constexpr std::string_view request_metadata = "rpc.request.metadata";
inline constexpr std::string_view response_metadata = "rpc.response.metadata";
inline constexpr std::string_view response_status_code = "rpc.response.status_code";
inline constexpr std::string_view system_name = "rpc.system.name";

inline constexpr Attribute attributes[] = {
    {method, Type::text, Stability::candidate, "Service and method, as the interface names them."},
    {method_original, Type::text, Stability::candidate, "The method as it was called, where rpc.method is _OTHER."},
    {request_metadata, Type::texts_by_key, Stability::development,
     "Values of one entry of the request's metadata, its key in lower case."},
    {response_metadata, Type::texts_by_key, Stability::development,
     "Values of one entry of the answer's metadata, its key in lower case."},
    {response_status_code, Type::text, Stability::candidate,
     "The status in the system's words: OK, DEADLINE_EXCEEDED."},
    {system_name, Type::text, Stability::candidate, "grpc, dubbo, connectrpc or jsonrpc."},
};

inline constexpr MetricAttribute of_client_calls[] = {
    {error::type, Requirement::conditional},          {method, Requirement::conditional},
    {response_status_code, Requirement::conditional}, {system_name, Requirement::required},
    {server::address, Requirement::conditional},      {server::port, Requirement::conditional},
};
inline constexpr MetricAttribute of_server_calls[] = {
    {error::type, Requirement::conditional},          {method, Requirement::conditional},
    {response_status_code, Requirement::conditional}, {system_name, Requirement::required},
    {server::address, Requirement::opt_in},           {server::port, Requirement::opt_in},
};

inline constexpr Metric metrics[] = {
    {"rpc.client.call.duration", MetricType::histogram, "s", Stability::candidate, of_client_calls, latency_buckets},
    {"rpc.server.call.duration", MetricType::histogram, "s", Stability::candidate, of_server_calls, latency_buckets},
};

}  // namespace rpc

}  // namespace mizzen::telemetry::semconv
