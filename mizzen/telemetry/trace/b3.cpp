// SPDX-License-Identifier: Apache-2.0
// B3 in one field and in several (openzipkin/b3-propagation, and OpenTelemetry's rules for it in
// context/api-propagators).
#include "mizzen/base/text.hpp"
#include "mizzen/telemetry/trace/propagator.hpp"

namespace mizzen::telemetry {
namespace {

// 16 digits are the right half of a trace id.
std::optional<TraceId> parse_trace(std::string_view hex) {
    if (hex.size() == 32) return TraceId::parse(hex);
    const auto half = SpanId::parse(hex);
    if (!half) return std::nullopt;
    return TraceId{0, half->value};
}

std::optional<SpanContext> ids(std::string_view trace_hex, std::string_view span_hex) {
    const auto trace = parse_trace(trace_hex);
    const auto span = SpanId::parse(span_hex);
    if (!trace || !span) return std::nullopt;
    return SpanContext{.trace = *trace, .span = *span, .is_remote = true};
}

// False if `state` is none that B3 knows. "true" and "false" are of older tracers.
bool apply_state(std::string_view state, SpanContext& span) {
    span.is_debug = state == "d";
    const bool sampled = span.is_debug || state == "1" || state == "true";
    span.flags = span.flags.with_sampled(sampled);
    return sampled || state == "0" || state == "false";
}

// trace-span, trace-span-state or trace-span-state-parent. A state alone names no span.
std::optional<SpanContext> parse_single(std::string_view value) {
    const auto parts = split(value, '-');
    if (parts.size() < 2 || parts.size() > 4) return std::nullopt;
    auto span = ids(parts[0], parts[1]);
    if (!span) return std::nullopt;
    if (parts.size() > 2 && (parts[2].size() != 1 || !apply_state(parts[2], *span))) return std::nullopt;
    if (parts.size() > 3 && (parts[3].size() != 16 || !parse_hex(parts[3]))) return std::nullopt;
    return span;
}

class B3 final : public Propagator {
  public:
    explicit B3(B3Form form) : form_(form) {}

    void inject(const Propagated& what, HeaderWriter& headers) const override {
        const SpanContext& span = what.span;
        if (!span.is_valid()) return;
        const char* state = span.flags.is_sampled() ? "1" : "0";
        if (form_ == B3Form::single) {
            headers.set("b3", span.trace.to_hex() + '-' + span.span.to_hex() + '-' + (span.is_debug ? "d" : state));
            return;
        }
        headers.set("x-b3-traceid", span.trace.to_hex());
        headers.set("x-b3-spanid", span.span.to_hex());
        // Debug implies sampled, which is then not sent.
        headers.set(span.is_debug ? "x-b3-flags" : "x-b3-sampled", span.is_debug ? "1" : state);
    }

    void extract(const HeaderReader& headers, Propagated& what) const override {
        std::optional<SpanContext> found;
        if (const auto value = only(headers, "b3")) found = parse_single(*value);
        if (!found) found = parse_multi(headers);
        if (found) what.span = *std::move(found);
    }

    std::vector<std::string_view> fields() const override {
        if (form_ == B3Form::single) return {"b3"};
        return {"x-b3-traceid", "x-b3-spanid", "x-b3-sampled", "x-b3-flags"};
    }

  private:
    static std::optional<std::string_view> only(const HeaderReader& headers, std::string_view name) {
        const auto values = headers.all(name);
        if (values.size() != 1) return std::nullopt;
        return trim(values[0]);
    }

    static std::optional<SpanContext> parse_multi(const HeaderReader& headers) {
        const auto trace = only(headers, "x-b3-traceid"), span_id = only(headers, "x-b3-spanid");
        if (!trace || !span_id) return std::nullopt;
        auto span = ids(*trace, *span_id);
        if (!span) return std::nullopt;
        const auto sampled = only(headers, "x-b3-sampled");
        if (only(headers, "x-b3-flags") == "1") {
            apply_state("d", *span);
        } else if (sampled && (*sampled == "d" || !apply_state(*sampled, *span))) {
            return std::nullopt;
        }
        return span;
    }

    B3Form form_;
};

}  // namespace

std::unique_ptr<Propagator> b3_propagator(B3Form form) { return std::make_unique<B3>(form); }

}  // namespace mizzen::telemetry
