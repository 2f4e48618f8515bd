// SPDX-License-Identifier: Apache-2.0
// SdkMetrics: what telemetry tells about itself, above all what it lost.
#pragma once
#include <string_view>

#include "mizzen/telemetry/metrics/instrument.hpp"
#include "mizzen/telemetry/otlp/exporter.hpp"

namespace mizzen::telemetry {

// Which part it is: "batching_span_processor/0" of the type "batching_span_processor".
struct ComponentLabels {
    std::string_view otel_component_name;
    std::string_view otel_component_type;
};
// `error_type` is empty for what went well.
struct ComponentErrorLabels {
    std::string_view otel_component_name;
    std::string_view otel_component_type;
    std::string_view error_type;
};
struct ExporterLabels {
    std::string_view otel_component_name;
    std::string_view otel_component_type;
    std::string_view server_address;
    std::string_view server_port;
};
struct ExporterErrorLabels {
    std::string_view otel_component_name;
    std::string_view otel_component_type;
    std::string_view server_address;
    std::string_view server_port;
    std::string_view error_type;
};
struct OperationLabels {
    std::string_view otel_component_name;
    std::string_view otel_component_type;
    std::string_view server_address;
    std::string_view server_port;
    std::string_view error_type;
    std::string_view http_response_status_code;
    std::string_view rpc_response_status_code;
};
// Spelled as on the wire.
enum class ParentOrigin { none, local, remote };
enum class SamplingOutcome { DROP, RECORD_ONLY, RECORD_AND_SAMPLE };
struct StartedLabels {
    ParentOrigin otel_span_parent_origin;
    SamplingOutcome otel_span_sampling_result;
};
struct LiveLabels {
    SamplingOutcome otel_span_sampling_result;
};

// Source: OpenTelemetry semantic conventions, otel/sdk-metrics: otel.sdk.span.started is otel_sdk_span_started_total
// here, and so on.
struct SdkMetrics {
    Counter<StartedLabels> span_started = counter("otel_sdk_span_started_total", "Spans that were started.");
    UpDownCounter<LiveLabels> span_live =
        up_down_counter("otel_sdk_span_live", "Spans that are recorded and have not ended.");
    Counter<> log_records = counter("otel_sdk_log_records_total", "Log records that were read from the rings.");

    UpDownCounter<ComponentLabels> span_queue_size =
        up_down_counter("otel_sdk_processor_span_queue_size", "Spans that wait in a processor.");
    UpDownCounter<ComponentLabels> span_queue_capacity =
        up_down_counter("otel_sdk_processor_span_queue_capacity", "The most spans that may wait in a processor.");
    Counter<ComponentErrorLabels> span_processed = counter(
        "otel_sdk_processor_span_processed_total", "Spans that were handed to the exporter, or dropped before.");
    UpDownCounter<ComponentLabels> log_queue_size =
        up_down_counter("otel_sdk_processor_log_queue_size", "Log records that wait in a processor.");
    UpDownCounter<ComponentLabels> log_queue_capacity =
        up_down_counter("otel_sdk_processor_log_queue_capacity", "The most log records that may wait in a processor.");
    Counter<ComponentErrorLabels> log_processed = counter(
        "otel_sdk_processor_log_processed_total", "Log records that were handed to the exporter, or dropped before.");

    UpDownCounter<ExporterLabels> span_inflight =
        up_down_counter("otel_sdk_exporter_span_inflight", "Spans that are on their way to the receiver.");
    Counter<ExporterErrorLabels> span_exported =
        counter("otel_sdk_exporter_span_exported_total", "Spans whose export has ended, well or not.");
    UpDownCounter<ExporterLabels> log_inflight =
        up_down_counter("otel_sdk_exporter_log_inflight", "Log records that are on their way to the receiver.");
    Counter<ExporterErrorLabels> log_exported =
        counter("otel_sdk_exporter_log_exported_total", "Log records whose export has ended, well or not.");
    UpDownCounter<ExporterLabels> metric_data_point_inflight = up_down_counter(
        "otel_sdk_exporter_metric_data_point_inflight", "Metric points that are on their way to the receiver.");
    Counter<ExporterErrorLabels> metric_data_point_exported = counter(
        "otel_sdk_exporter_metric_data_point_exported_total", "Metric points whose export has ended, well or not.");
    Histogram<ComponentErrorLabels> collection_duration = histogram(
        "otel_sdk_metric_reader_collection_duration_seconds", "How long reading all metrics took.", "seconds");
    Histogram<OperationLabels> operation_duration =
        histogram("otel_sdk_exporter_operation_duration_seconds", "How long exporting a batch took, with all attempts.",
                  "seconds");
};

}  // namespace mizzen::telemetry
