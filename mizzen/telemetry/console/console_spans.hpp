// SPDX-License-Identifier: Apache-2.0
// ConsoleSpans: spans as lines for people, as soon as they end.
#pragma once
#include <string>
#include <utility>

#include "mizzen/telemetry/console/line_sink.hpp"
#include "mizzen/telemetry/trace/tracer.hpp"

namespace mizzen::telemetry {

// Appends one line: when it started, in UTC, its scope, its name, how long it took, its kind, its status, its
// attributes, its ids; then one for each event and link.
//
//     S 12:00:00.123 shop             POST /orders  1.5ms server error="card refused" http.route=/orders
//           trace_id=4bf9… span_id=00f0… parent_id=53ce…           (on the same line)
//       12:00:00.124 exception  exception.message="card refused"
//
// What was recorded can neither add lines nor command the terminal.
void append_console_span(std::string& out, const SpanData& span);

class ConsoleSpans final : public SpanProcessor {
  public:
    explicit ConsoleSpans(LineSink sink) : sink_(std::move(sink)) {}
    // Spans that are not sampled are passed over.
    void ended(std::unique_ptr<SpanData> span) override;

  private:
    LineSink sink_;
};

}  // namespace mizzen::telemetry
