// SPDX-License-Identifier: Apache-2.0
// Spans as OTLP. Source: opentelemetry-proto 1.10, trace/v1/trace.proto.
#include "mizzen/telemetry/otlp/detail/encode_request.hpp"

namespace mizzen::telemetry::otlp {
namespace {

// SpanFlags: the W3C trace flags; that the next bit is known; whether the parent, or a link's span, is remote.
std::uint32_t span_flags(TraceFlags flags, bool is_remote) {
    constexpr std::uint32_t has_is_remote = 0x100, remote = 0x200;
    return flags.bits | has_is_remote | (is_remote ? remote : 0);
}

template <class Wire>
void write_event(Wire& out, const SpanEvent& event) {
    out.fixed64({1, "timeUnixNano"}, unix_nano(event.at));
    out.text({2, "name"}, event.name.view());
    write_attributes(out, {3, "attributes"}, event.attributes);
    out.uint32({4, "droppedAttributesCount"}, event.attributes.dropped());
}

template <class Wire>
void write_link(Wire& out, const SpanLink& link) {
    out.id({1, "traceId"}, link.span.trace);
    out.id({2, "spanId"}, link.span.span);
    out.text({3, "traceState"}, link.span.state.view());
    write_attributes(out, {4, "attributes"}, link.attributes);
    out.uint32({5, "droppedAttributesCount"}, link.attributes.dropped());
    out.fixed32({6, "flags"}, span_flags(link.span.flags, link.span.is_remote));
}

template <class Wire>
void write_status(Wire& out, const SpanStatus& status) {
    out.text({2, "message"}, status.message);
    out.uint32({3, "code"}, static_cast<std::uint32_t>(status.code));
}

template <class Wire>
void write_span(Wire& out, const SpanData& span) {
    out.id({1, "traceId"}, span.context.trace);
    out.id({2, "spanId"}, span.context.span);
    out.text({3, "traceState"}, span.context.state.view());
    out.id({4, "parentSpanId"}, span.parent);
    out.text({5, "name"}, span.name.view());
    out.uint32({6, "kind"}, static_cast<std::uint32_t>(span.kind));
    out.fixed64({7, "startTimeUnixNano"}, unix_nano(span.start));
    out.fixed64({8, "endTimeUnixNano"}, unix_nano(span.end));
    write_attributes(out, {9, "attributes"}, span.attributes);
    out.uint32({10, "droppedAttributesCount"}, span.attributes.dropped());
    out.each({11, "events"}, span.events, [&](const SpanEvent& event) { write_event(out, event); });
    out.uint32({12, "droppedEventsCount"}, span.dropped_events);
    out.each({13, "links"}, span.links, [&](const SpanLink& link) { write_link(out, link); });
    out.uint32({14, "droppedLinksCount"}, span.dropped_links);
    if (span.status != SpanStatus{}) out.message({15, "status"}, [&] { write_status(out, span.status); });
    out.fixed32({16, "flags"}, span_flags(span.context.flags, span.parent_is_remote));
}

}  // namespace

std::string encode(const Resource& resource, std::span<const std::unique_ptr<SpanData>> spans, Encoding encoding) {
    return encode_request(encoding, 512 * (1 + spans.size()), {"resourceSpans", "scopeSpans", "spans"}, resource,
                          by_scope(spans), [](auto& out, const SpanData& span) { write_span(out, span); });
}

}  // namespace mizzen::telemetry::otlp
