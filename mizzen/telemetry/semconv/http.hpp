// SPDX-License-Identifier: Apache-2.0
// HTTP: names as OpenTelemetry's semantic conventions 1.44 have them.
#pragma once
#include "mizzen/telemetry/semconv/convention.hpp"
#include "mizzen/telemetry/semconv/error.hpp"
#include "mizzen/telemetry/semconv/network.hpp"

namespace mizzen::telemetry::semconv {

namespace http {

inline constexpr std::string_view connection_state = "http.connection.state";
inline constexpr std::string_view request_body_size = "http.request.body.size";
inline constexpr std::string_view request_header = "http.request.header";
inline constexpr std::string_view request_method = "http.request.method";
inline constexpr std::string_view request_method_original = "http.request.method_original";
inline constexpr std::string_view request_resend_count = "http.request.resend_count";
inline constexpr std::string_view request_size = "http.request.size";
inline constexpr std::string_view response_body_size = "http.response.body.size";
inline constexpr std::string_view response_header = "http.response.header";
inline constexpr std::string_view response_size = "http.response.size";
inline constexpr std::string_view response_status_code = "http.response.status_code";
inline constexpr std::string_view route = "http.route";

inline constexpr Attribute attributes[] = {
    {connection_state, Type::text, Stability::development, "Idle in the pool, or active."},
    {request_body_size, Type::integer, Stability::development,
     "Bytes of the request's body as they went over the wire, without headers."},
    {request_header, Type::texts_by_key, Stability::stable, "Values of one request header, its name in lower case."},
    {request_method, Type::text, Stability::stable, "The method; _OTHER if it is none of the known ones."},
    {request_method_original, Type::text, Stability::stable,
     "The method as it was sent, where http.request.method is _OTHER."},
    {request_resend_count, Type::integer, Stability::stable,
     "How often the request was sent again, redirects included."},
    {request_size, Type::integer, Stability::development, "Bytes of the whole request, headers included."},
    {response_body_size, Type::integer, Stability::development,
     "Bytes of the answer's body as they went over the wire, without headers."},
    {response_header, Type::texts_by_key, Stability::stable, "Values of one answer header, its name in lower case."},
    {response_size, Type::integer, Stability::development, "Bytes of the whole answer, headers included."},
    {response_status_code, Type::integer, Stability::stable, "The status of the answer."},
    {route, Type::text, Stability::stable, "The pattern that the path matched, not the path."},
};

inline constexpr MetricAttribute of_client_active[] = {
    {request_method, Requirement::recommended}, {server::address, Requirement::required},
    {server::port, Requirement::required},      {url::scheme, Requirement::opt_in},
    {url::template_, Requirement::conditional},
};
inline constexpr MetricAttribute of_client_connection_ends[] = {
    {network::peer_address, Requirement::opt_in}, {network::protocol_version, Requirement::recommended},
    {server::address, Requirement::required},     {server::port, Requirement::required},
    {url::scheme, Requirement::opt_in},
};
inline constexpr MetricAttribute of_client_connections[] = {
    {connection_state, Requirement::required},
    {network::peer_address, Requirement::opt_in},
    {network::protocol_version, Requirement::recommended},
    {server::address, Requirement::required},
    {server::port, Requirement::required},
    {url::scheme, Requirement::opt_in},
};
inline constexpr MetricAttribute of_client_bodies[] = {
    {error::type, Requirement::conditional},
    {request_method, Requirement::required},
    {response_status_code, Requirement::conditional},
    {network::protocol_name, Requirement::conditional},
    {network::protocol_version, Requirement::recommended},
    {server::address, Requirement::required},
    {server::port, Requirement::required},
    {url::scheme, Requirement::opt_in},
    {url::template_, Requirement::conditional},
};
inline constexpr MetricAttribute of_client_requests[] = {
    {error::type, Requirement::conditional},
    {request_method, Requirement::required},
    {response_status_code, Requirement::conditional},
    {network::protocol_name, Requirement::conditional},
    {network::protocol_version, Requirement::recommended},
    {server::address, Requirement::required},
    {server::port, Requirement::required},
    {url::scheme, Requirement::opt_in},
    {url::template_, Requirement::opt_in},
};
inline constexpr MetricAttribute of_server_active[] = {
    {request_method, Requirement::required},
    {server::address, Requirement::opt_in},
    {server::port, Requirement::opt_in},
    {url::scheme, Requirement::required},
};
inline constexpr MetricAttribute of_server_requests[] = {
    {error::type, Requirement::conditional},
    {request_method, Requirement::required},
    {response_status_code, Requirement::conditional},
    {route, Requirement::conditional},
    {network::protocol_name, Requirement::conditional},
    {network::protocol_version, Requirement::recommended},
    {server::address, Requirement::opt_in},
    {server::port, Requirement::opt_in},
    {url::scheme, Requirement::required},
    {user_agent::synthetic_type, Requirement::opt_in},
};
inline constexpr double connection_buckets[] = {.01, .02, .05, .1, .2, .5, 1, 2, 5, 10, 30, 60, 120, 300};

inline constexpr Metric metrics[] = {
    {"http.client.active_requests", MetricType::up_down_counter, "{request}", Stability::development, of_client_active},
    {"http.client.connection.duration", MetricType::histogram, "s", Stability::development, of_client_connection_ends,
     connection_buckets},
    {"http.client.open_connections", MetricType::up_down_counter, "{connection}", Stability::development,
     of_client_connections},
    {"http.client.request.body.size", MetricType::histogram, "By", Stability::development, of_client_bodies},
    {"http.client.request.duration", MetricType::histogram, "s", Stability::stable, of_client_requests,
     latency_buckets},
    {"http.client.response.body.size", MetricType::histogram, "By", Stability::development, of_client_bodies},
    {"http.server.active_requests", MetricType::up_down_counter, "{request}", Stability::development, of_server_active},
    {"http.server.request.body.size", MetricType::histogram, "By", Stability::development, of_server_requests},
    {"http.server.request.duration", MetricType::histogram, "s", Stability::stable, of_server_requests,
     latency_buckets},
    {"http.server.response.body.size", MetricType::histogram, "By", Stability::development, of_server_requests},
};

}  // namespace http

}  // namespace mizzen::telemetry::semconv
