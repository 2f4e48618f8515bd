// SPDX-License-Identifier: Apache-2.0
// LogRecord: one thing that was logged, as a value that processors and exporters read.
#pragma once
#include <cstdint>
#include <memory>
#include <string>

#include "mizzen/base/time.hpp"
#include "mizzen/telemetry/attribute.hpp"
#include "mizzen/telemetry/trace/span_data.hpp"

namespace mizzen::telemetry {

// The numbers are OTLP's: the first of each range of four.
enum class Severity : std::uint8_t { trace = 1, debug = 5, info = 9, warn = 13, error = 17, fatal = 21 };

// Source: opentelemetry-proto, logs/v1/logs.proto, and the specification, logs/data-model.
struct LogRecord {
    WallTime time{};      // when it happened
    WallTime observed{};  // when it was taken up; the same for what this process logs
    Severity severity = Severity::info;
    std::string body;  // the message, formatted
    Attributes attributes = {};
    SpanContext span = {};  // not valid: outside a trace
    std::string event_name = {};
    std::shared_ptr<const InstrumentationScope> scope = {};
};

}  // namespace mizzen::telemetry
