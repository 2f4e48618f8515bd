// SPDX-License-Identifier: Apache-2.0
// LogEntry: a log call as it lies in a ring, and how a record is made of it.
#pragma once
#include <cstddef>
#include <cstdint>
#include <source_location>
#include <string>
#include <type_traits>

#include "mizzen/telemetry/logs/log_field.hpp"
#include "mizzen/telemetry/logs/log_levels.hpp"
#include "mizzen/telemetry/logs/log_record.hpp"

namespace mizzen::telemetry::detail {

// What a call of a call site has in common with all others, but for the time and the arguments.
struct LogHead {
    std::uint32_t size;  // of the whole entry, bytes
    Severity severity;
    std::uint8_t argument_count;
    bool has_span;
    TraceFlags flags;
    std::uint64_t ticks;
    const LogModule* module;
    const char* text;
    std::source_location where;
    const ArgumentType* arguments;
};
// Follows the head where has_span; then come the arguments.
struct LogSpan {
    TraceId trace;
    SpanId span;
};
static_assert(std::is_trivially_copyable_v<LogHead> && sizeof(LogHead) % 8 == 0);
static_assert(std::is_trivially_copyable_v<LogSpan> && sizeof(LogSpan) % 8 == 0);

LogHead head_of(const std::byte* entry);

// Appends the message to `body` and sets the fields and the span of `record`, whose texts are valid UTF-8 then.
void read_entry(const std::byte* entry, LogRecord& record, const AttributeLimits& limits = {});
// Attributes code.file.path and code.line.number. Source: OpenTelemetry semantic conventions, code.
void set_source(LogRecord& record, const std::source_location& where);

}  // namespace mizzen::telemetry::detail
