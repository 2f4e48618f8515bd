// SPDX-License-Identifier: Apache-2.0
// SpanData: what a recorded span is, as a value that processors and exporters read.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "mizzen/base/time.hpp"
#include "mizzen/telemetry/attribute.hpp"
#include "mizzen/telemetry/trace/span_context.hpp"

namespace mizzen::telemetry {

// The numbers are OTLP's.
enum class SpanKind : std::uint8_t { internal = 1, server = 2, client = 3, producer = 4, consumer = 5 };

enum class StatusCode : std::uint8_t { unset = 0, ok = 1, error = 2 };

struct SpanStatus {
    StatusCode code = StatusCode::unset;
    std::string message = {};  // Of errors only.
    friend bool operator==(const SpanStatus&, const SpanStatus&) = default;
};

struct SpanEvent {
    Name name;
    WallTime at{};
    Attributes attributes = {};
};

// Another span that caused this one, of the same trace or not.
struct SpanLink {
    SpanContext span;
    Attributes attributes = {};
};

// OTEL_SPAN_*_LIMIT, OTEL_EVENT_* and OTEL_LINK_ATTRIBUTE_COUNT_LIMIT, with their defaults.
struct SpanLimits {
    AttributeLimits attributes = {};
    std::size_t events = 128;
    std::size_t links = 128;
    std::size_t event_attributes = 128;
    std::size_t link_attributes = 128;
};

// Who makes the spans: a library or a room, its version and the schema its attributes follow.
struct InstrumentationScope {
    std::string name;
    std::string version = {};
    std::string schema_url = {};
    Attributes attributes = {};
};

// Source: opentelemetry-proto, trace/v1/trace.proto, and the specification, trace/sdk. What is past a limit is left out
// and counted; attributes count for themselves.
struct SpanData {
    SpanContext context;
    SpanId parent;  // Not valid: a root.
    bool parent_is_remote = false;
    Name name;
    SpanKind kind = SpanKind::internal;
    WallTime start{};
    WallTime end{};
    Attributes attributes = {};
    std::vector<SpanEvent> events = {};
    std::vector<SpanLink> links = {};
    std::uint32_t dropped_events = 0;
    std::uint32_t dropped_links = 0;
    SpanStatus status = {};
    std::shared_ptr<const InstrumentationScope> scope = {};
};

}  // namespace mizzen::telemetry
