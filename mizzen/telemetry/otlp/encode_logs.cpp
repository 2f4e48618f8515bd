// SPDX-License-Identifier: Apache-2.0
// Log records as OTLP. Source: opentelemetry-proto 1.10, logs/v1/logs.proto.
#include "mizzen/telemetry/otlp/detail/encode_request.hpp"

namespace mizzen::telemetry::otlp {
namespace {

// The short names of the specification, logs/data-model: four numbers each, INFO, INFO2, INFO3, INFO4.
std::string severity_text(std::uint32_t number) {
    constexpr std::string_view names[] = {"TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"};
    if (number < 1 || number > 24) return "";
    std::string text(names[(number - 1) / 4]);
    if (const std::uint32_t step = (number - 1) % 4; step > 0) text += static_cast<char>('1' + step);
    return text;
}

template <class Wire>
void write_record(Wire& out, const LogRecord& record) {
    const auto severity = static_cast<std::uint32_t>(record.severity);
    out.fixed64({1, "timeUnixNano"}, unix_nano(record.time));
    out.uint32({2, "severityNumber"}, severity);
    out.text({3, "severityText"}, severity_text(severity));
    if (!record.body.empty()) out.message({5, "body"}, [&] { write_value(out, record.body); });
    write_attributes(out, {6, "attributes"}, record.attributes);
    out.uint32({7, "droppedAttributesCount"}, record.attributes.dropped());
    if (record.span.is_valid()) {
        out.fixed32({8, "flags"}, record.span.flags.bits);
        out.id({9, "traceId"}, record.span.trace);
        out.id({10, "spanId"}, record.span.span);
    }
    out.fixed64({11, "observedTimeUnixNano"}, unix_nano(record.observed));
    out.text({12, "eventName"}, record.event_name);
}

}  // namespace

std::string encode(const Resource& resource, std::span<const std::unique_ptr<LogRecord>> records, Encoding encoding) {
    return encode_request(encoding, 384 * (1 + records.size()), {"resourceLogs", "scopeLogs", "logRecords"}, resource,
                          by_scope(records), [](auto& out, const LogRecord& record) { write_record(out, record); });
}

}  // namespace mizzen::telemetry::otlp
