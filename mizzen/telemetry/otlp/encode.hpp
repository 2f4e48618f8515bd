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
// together, in the order it first came. Text that is no UTF-8 is mended with U+FFFD, because a receiver refuses the
// whole request for one bad byte. Source: opentelemetry-proto 1.10; JSON: OTLP specification, JSON Protobuf Encoding.
std::string encode(const Resource& resource, std::span<const std::unique_ptr<SpanData>> spans, Encoding encoding);
std::string encode(const Resource& resource, std::span<const std::unique_ptr<LogRecord>> records, Encoding encoding);
// `scope` is who keeps the registry. Everything is cumulative since the snapshot's start. Labels become attributes; an
// empty label is left out; counters and info metrics get the names OTLP gives them, without _total.
std::string encode(const Resource& resource, const InstrumentationScope& scope, const Snapshot& snapshot,
                   Encoding encoding);

}  // namespace mizzen::telemetry::otlp
