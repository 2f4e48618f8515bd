// SPDX-License-Identifier: Apache-2.0
// SpanContext: the part of a span that travels.
#pragma once
#include "mizzen/telemetry/trace/ids.hpp"
#include "mizzen/telemetry/trace/trace_state.hpp"

namespace mizzen::telemetry {

// Immutable by habit. Source: OpenTelemetry specification, trace/api, SpanContext.
struct SpanContext {
    TraceId trace;
    SpanId span;
    TraceFlags flags;
    bool is_remote = false;  // It came with a message from elsewhere.
    bool is_debug = false;   // B3 and Jaeger: sampled whatever the samplers say; passed on in their headers.
    TraceState state;

    bool is_valid() const { return trace.is_valid() && span.is_valid(); }
    friend bool operator==(const SpanContext&, const SpanContext&) = default;
};

}  // namespace mizzen::telemetry
