// SPDX-License-Identifier: Apache-2.0
// Telemetry as OTLP export requests: protobuf and JSON.
#pragma once
#include <memory>
#include <span>
#include <string>

#include "mizzen/telemetry/logs/log_record.hpp"
#include "mizzen/telemetry/metrics/snapshot.hpp"
#include "mizzen/telemetry/resource.hpp"
#include "mizzen/telemetry/trace/span_data.hpp"

namespace mizzen::telemetry::otlp {

enum class Encoding { protobuf, json };

// The body of one export request (ExportTraceServiceRequest and its like): one resource, what belongs to one scope
// together, in the order it first came. Scopes that say the same are one. Text that is no UTF-8 is mended with U+FFFD,
// because a receiver refuses the whole request for one bad byte. Without anything to tell the request is empty ("", in
// JSON "{}"): there is no need to send it. Source: opentelemetry-proto 1.10; JSON: OTLP specification, JSON Protobuf
// Encoding.
std::string encode(const Resource& resource, std::span<const std::unique_ptr<SpanData>> spans, Encoding encoding);
std::string encode(const Resource& resource, std::span<const std::unique_ptr<LogRecord>> records, Encoding encoding);
// `scope` is who keeps the registry. Everything but gauges is cumulative since the snapshot's start. Labels become
// attributes; an empty label is left out. What a semantic convention names has its name, unit and types:
// http_server_request_duration_seconds is http.server.request.duration in "s", its label http_response_status_code the
// number http.response.status_code. Otherwise counters are named without _total, info metrics with _info, and units are
// UCUM codes ("s" for seconds). Info metrics and state sets are non-monotonic sums of ones, with their type in the
// metadata `prometheus.type`. Exemplars name their trace and span by the labels trace_id and span_id. The sum of a
// histogram is left out where values can have been negative. Source: OpenTelemetry specification,
// compatibility/prometheus_and_openmetrics.
std::string encode(const Resource& resource, const InstrumentationScope& scope, const Snapshot& snapshot,
                   Encoding encoding);

}  // namespace mizzen::telemetry::otlp
