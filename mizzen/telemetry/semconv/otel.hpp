// SPDX-License-Identifier: Apache-2.0
// OpenTelemetry itself: scopes, and what an SDK tells about its work: names as OpenTelemetry's semantic
// conventions 1.44 have them.
#pragma once
#include "mizzen/telemetry/semconv/convention.hpp"
#include "mizzen/telemetry/semconv/error.hpp"
#include "mizzen/telemetry/semconv/http.hpp"
#include "mizzen/telemetry/semconv/network.hpp"
#include "mizzen/telemetry/semconv/rpc.hpp"

namespace mizzen::telemetry::semconv {

namespace otel {

inline constexpr std::string_view component_name = "otel.component.name";
inline constexpr std::string_view component_type = "otel.component.type";
inline constexpr std::string_view event_name = "otel.event.name";
inline constexpr std::string_view scope_name = "otel.scope.name";
inline constexpr std::string_view scope_schema_url = "otel.scope.schema_url";
inline constexpr std::string_view scope_version = "otel.scope.version";
inline constexpr std::string_view span_parent_origin = "otel.span.parent.origin";
inline constexpr std::string_view span_sampling_result = "otel.span.sampling_result";
inline constexpr std::string_view status_code = "otel.status_code";
inline constexpr std::string_view status_description = "otel.status_description";

inline constexpr Attribute attributes[] = {
    {component_name, Type::text, Stability::development, "Names one exporter, processor or reader in its SDK."},
    {component_type, Type::text, Stability::development,
     "What it is: batching_span_processor, otlp_http_span_exporter."},
    {event_name, Type::text, Stability::stable, "The class of an event, where it has no field of its own."},
    {scope_name, Type::text, Stability::stable, "The instrumentation scope, where it has no field of its own."},
    {scope_schema_url, Type::text, Stability::development, "The scope's schema."},
    {scope_version, Type::text, Stability::stable, "The scope's version."},
    {span_parent_origin, Type::text, Stability::development, "none, local or remote."},
    {span_sampling_result, Type::text, Stability::development, "DROP, RECORD_ONLY or RECORD_AND_SAMPLE."},
    {status_code, Type::text, Stability::stable, "OK or ERROR, in formats that know no status."},
    {status_description, Type::text, Stability::stable, "What the status says, in formats that know none."},
};

inline constexpr MetricAttribute of_exported[] = {
    {error::type, Requirement::recommended},    {component_name, Requirement::recommended},
    {component_type, Requirement::recommended}, {server::address, Requirement::recommended},
    {server::port, Requirement::recommended},
};
inline constexpr MetricAttribute of_inflight[] = {
    {component_name, Requirement::recommended},
    {component_type, Requirement::recommended},
    {server::address, Requirement::recommended},
    {server::port, Requirement::recommended},
};
inline constexpr MetricAttribute of_exports[] = {
    {error::type, Requirement::conditional},
    {http::response_status_code, Requirement::recommended},
    {component_name, Requirement::recommended},
    {component_type, Requirement::recommended},
    {rpc::response_status_code, Requirement::recommended},
    {server::address, Requirement::recommended},
    {server::port, Requirement::recommended},
};
inline constexpr MetricAttribute of_components_that_fail[] = {
    {error::type, Requirement::recommended},
    {component_name, Requirement::recommended},
    {component_type, Requirement::recommended},
};
inline constexpr MetricAttribute of_components[] = {
    {component_name, Requirement::recommended},
    {component_type, Requirement::recommended},
};
inline constexpr MetricAttribute of_live_spans[] = {
    {span_sampling_result, Requirement::recommended},
};
inline constexpr MetricAttribute of_started_spans[] = {
    {span_parent_origin, Requirement::recommended},
    {span_sampling_result, Requirement::recommended},
};

inline constexpr Metric metrics[] = {
    {"otel.sdk.exporter.log.exported", MetricType::counter, "{log_record}", Stability::development, of_exported},
    {"otel.sdk.exporter.log.inflight", MetricType::up_down_counter, "{log_record}", Stability::development,
     of_inflight},
    {"otel.sdk.exporter.metric_data_point.exported", MetricType::counter, "{data_point}", Stability::development,
     of_exported},
    {"otel.sdk.exporter.metric_data_point.inflight", MetricType::up_down_counter, "{data_point}",
     Stability::development, of_inflight},
    {"otel.sdk.exporter.operation.duration", MetricType::histogram, "s", Stability::development, of_exports},
    {"otel.sdk.exporter.span.exported", MetricType::counter, "{span}", Stability::development, of_exported},
    {"otel.sdk.exporter.span.inflight", MetricType::up_down_counter, "{span}", Stability::development, of_inflight},
    {"otel.sdk.log.created", MetricType::counter, "{log_record}", Stability::development},
    {"otel.sdk.metric_reader.collection.duration", MetricType::histogram, "s", Stability::development,
     of_components_that_fail},
    {"otel.sdk.processor.log.processed", MetricType::counter, "{log_record}", Stability::development,
     of_components_that_fail},
    {"otel.sdk.processor.log.queue.capacity", MetricType::up_down_counter, "{log_record}", Stability::development,
     of_components},
    {"otel.sdk.processor.log.queue.size", MetricType::up_down_counter, "{log_record}", Stability::development,
     of_components},
    {"otel.sdk.processor.span.processed", MetricType::counter, "{span}", Stability::development,
     of_components_that_fail},
    {"otel.sdk.processor.span.queue.capacity", MetricType::up_down_counter, "{span}", Stability::development,
     of_components},
    {"otel.sdk.processor.span.queue.size", MetricType::up_down_counter, "{span}", Stability::development,
     of_components},
    {"otel.sdk.span.live", MetricType::up_down_counter, "{span}", Stability::development, of_live_spans},
    {"otel.sdk.span.started", MetricType::counter, "{span}", Stability::development, of_started_spans},
};

}  // namespace otel

}  // namespace mizzen::telemetry::semconv
