// SPDX-License-Identifier: Apache-2.0
// W3C Trace Context level 2 and W3C Baggage as propagators.
#include "mizzen/telemetry/trace/propagator.hpp"

namespace mizzen::telemetry {
namespace {

constexpr std::size_t version_0_size = 55;  // "00-" 32 "-" 16 "-" 2

std::string_view without_padding(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

class TraceContext final : public Propagator {
  public:
    void inject(const Propagated& what, HeaderWriter& headers) const override {
        if (!what.span.is_valid()) return;
        headers.set("traceparent", to_traceparent(what.span));
        if (!what.span.state.empty()) {
            std::string state = what.span.state.to_header();
            if (!state.empty()) headers.set("tracestate", std::move(state));
        }
    }

    void extract(const HeaderReader& headers, Propagated& what) const override {
        const auto parents = headers.all("traceparent");
        if (parents.size() != 1) return;
        auto span = parse_traceparent(without_padding(parents[0]));
        if (!span) return;
        if (auto state = TraceState::parse(headers.all("tracestate"))) span->state = *std::move(state);
        span->is_remote = true;
        what.span = *std::move(span);
    }

    std::vector<std::string_view> fields() const override { return {"traceparent", "tracestate"}; }
};

class W3cBaggage final : public Propagator {
  public:
    void inject(const Propagated& what, HeaderWriter& headers) const override {
        std::string value = what.baggage.to_header();
        if (!value.empty()) headers.set("baggage", std::move(value));
    }

    void extract(const HeaderReader& headers, Propagated& what) const override {
        Baggage found = Baggage::parse(headers.all("baggage"));
        if (!found.empty()) what.baggage = std::move(found);
    }

    std::vector<std::string_view> fields() const override { return {"baggage"}; }
};

}  // namespace

// A later version may add something behind a '-'; what version 0 knows of it stays where it is (section 4.3).
std::optional<SpanContext> parse_traceparent(std::string_view value) {
    if (value.size() < version_0_size || value[2] != '-' || value[35] != '-' || value[52] != '-') return std::nullopt;
    const auto version = parse_hex(value.substr(0, 2)), flags = parse_hex(value.substr(53, 2));
    if (!version || !flags || *version == 0xff) return std::nullopt;
    if (value.size() > version_0_size && (*version == 0 || value[version_0_size] != '-')) return std::nullopt;
    const auto trace = TraceId::parse(value.substr(3, 32));
    const auto span = SpanId::parse(value.substr(36, 16));
    if (!trace || !span) return std::nullopt;
    return SpanContext{
        .trace = *trace, .span = *span, .flags = {static_cast<std::uint8_t>(*flags & TraceFlags::known)}};
}

std::string to_traceparent(const SpanContext& span) {
    std::string out;
    out.reserve(version_0_size);
    out += "00-";
    append_hex(out, span.trace.high, 16);
    append_hex(out, span.trace.low, 16);
    out += '-';
    append_hex(out, span.span.value, 16);
    out += '-';
    append_hex(out, span.flags.bits & TraceFlags::known, 2);
    return out;
}

std::unique_ptr<Propagator> trace_context_propagator() { return std::make_unique<TraceContext>(); }
std::unique_ptr<Propagator> baggage_propagator() { return std::make_unique<W3cBaggage>(); }

}  // namespace mizzen::telemetry
