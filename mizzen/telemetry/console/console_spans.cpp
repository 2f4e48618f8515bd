// SPDX-License-Identifier: Apache-2.0
// Lines about spans.
#include "mizzen/telemetry/console/console_spans.hpp"

#include <fmt/format.h>

#include <array>
#include <iterator>

#include "mizzen/telemetry/console/detail/console_value.hpp"
#include "mizzen/telemetry/logs/log_time.hpp"

namespace mizzen::telemetry {
namespace {

std::string_view name_of(SpanKind kind) {
    constexpr std::array<std::string_view, 6> names = {"", "internal", "server", "client", "producer", "consumer"};
    const auto number = static_cast<std::size_t>(kind);
    return number < names.size() ? names[number] : "";
}

void append_ids(std::string& out, const SpanContext& span) {
    fmt::format_to(std::back_inserter(out), " trace_id={} span_id={}", span.trace.to_hex(), span.span.to_hex());
}

}  // namespace

void append_console_span(std::string& out, const SpanData& span) {
    constexpr std::size_t scope_width = 16;
    out.append("S ").append(to_clock(span.start)).append(" ");
    const std::size_t start = out.size();
    if (span.scope) append_console_text(out, span.scope->name);
    out.append(scope_width - std::min(scope_width, out.size() - start), ' ').append(" ");
    append_console_text(out, span.name.view());
    fmt::format_to(std::back_inserter(out), "  {} {}", mizzen::to_string(span.end - span.start), name_of(span.kind));
    if (span.status.code == StatusCode::ok) out += " ok";
    if (span.status.code == StatusCode::error) {
        out += " error";
        if (!span.status.message.empty()) append_console_value(out += '=', span.status.message);
    }
    append_console_attributes(out, span.attributes);
    append_ids(out, span.context);
    if (span.parent.is_valid()) out.append(" parent_id=").append(span.parent.to_hex());
    out += '\n';
    for (const SpanEvent& event : span.events) {
        out.append("  ").append(to_clock(event.at)).append(" ");
        append_console_text(out, event.name.view());
        append_console_attributes(out, event.attributes);
        out += '\n';
    }
    for (const SpanLink& link : span.links) {
        append_ids(out += "  link", link.span);
        append_console_attributes(out, link.attributes);
        out += '\n';
    }
}

void ConsoleSpans::ended(std::unique_ptr<SpanData> span) {
    if (!span->context.flags.is_sampled()) return;
    std::string lines;
    append_console_span(lines, *span);
    sink_(lines);
}

}  // namespace mizzen::telemetry
