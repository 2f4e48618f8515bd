// SPDX-License-Identifier: Apache-2.0
// Log records as JSON lines, written without a tree in between.
#include "mizzen/telemetry/logs/json_lines.hpp"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "mizzen/json/json.hpp"
#include "mizzen/telemetry/logs/log_levels.hpp"
#include "mizzen/telemetry/logs/log_time.hpp"

namespace mizzen::telemetry {
namespace {

void write(std::string& out, bool value) { out += value ? "true" : "false"; }
void write(std::string& out, std::int64_t value) { fmt::format_to(std::back_inserter(out), "{}", value); }
void write(std::string& out, const std::string& value) { json::write_string(out, value); }
void write(std::string& out, double value) {
    if (std::isnan(value))
        out += "\"NaN\"";
    else if (std::isinf(value))
        out += value > 0 ? "\"Infinity\"" : "\"-Infinity\"";
    else
        fmt::format_to(std::back_inserter(out), "{}", value);
}
template <class T>
void write(std::string& out, const std::vector<T>& values) {
    out += '[';
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i != 0) out += ',';
        write(out, static_cast<const T&>(values[i]));
    }
    out += ']';
}

void write_member(std::string& out, std::string_view key, std::string_view text) {
    json::write_string(out += ',', key);
    json::write_string(out += ':', text);
}

}  // namespace

void append_json_line(std::string& out, const LogRecord& record) {
    out.append("{\"time\":\"").append(to_rfc3339_nano(record.time)).append("\"");
    write_member(out, "level", to_string(record.severity));
    write_member(out, "logger", record.scope ? std::string_view(record.scope->name) : std::string_view());
    write_member(out, "message", record.body);
    if (!record.event_name.empty()) write_member(out, "event", record.event_name);
    if (record.span.is_valid()) {
        write_member(out, "trace_id", record.span.trace.to_hex());
        write_member(out, "span_id", record.span.span.to_hex());
    }
    const char* before = ",\"fields\":{";
    for (const Attribute& attribute : record.attributes) {
        json::write_string(out += before, attribute.key.view());
        out += ':';
        std::visit([&out](const auto& value) { write(out, value); }, attribute.value.variant());
        before = ",";
    }
    out += record.attributes.begin() == record.attributes.end() ? "}\n" : "}}\n";
}

}  // namespace mizzen::telemetry
