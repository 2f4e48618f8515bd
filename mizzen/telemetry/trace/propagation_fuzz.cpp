// SPDX-License-Identifier: Apache-2.0
// Fuzz target: header fields of any content. What is read stays within its limits, and is written and read as the same.
#include <cstdlib>
#include <string>

#include "mizzen/base/text.hpp"
#include "mizzen/base/utf8.hpp"
#include "mizzen/telemetry/trace/http_headers.hpp"
#include "mizzen/telemetry/trace/propagator.hpp"
#include "mizzen/telemetry/trace/sampler.hpp"
#include "mizzen/telemetry/trace/threshold.hpp"

using namespace mizzen;
using namespace mizzen::telemetry;

static void check(bool holds) {
    if (!holds) std::abort();
}

// Each line is a field: the first byte chooses its name, the rest is its value.
static net::Headers headers_of(std::string_view input) {
    constexpr std::string_view names[] = {"traceparent",   "tracestate",  "baggage",      "b3",
                                          "x-b3-traceid",  "x-b3-spanid", "x-b3-sampled", "x-b3-flags",
                                          "uber-trace-id", "uberctx-a",   "uberctx-b"};
    net::Headers headers;
    for (const std::string_view line : split(input, '\n')) {
        if (line.empty()) continue;
        const auto choice = static_cast<unsigned char>(line[0]) % std::size(names);
        headers.add(std::string(names[choice]), std::string(line.substr(1)));
    }
    return headers;
}

static void check_header(std::string_view value) {
    for (const char c : value) check((c >= ' ' && c <= '~') || c == '\t');
}

static void round_trip(const char* name, const net::Headers& headers) {
    const auto propagator = configure_propagator(name).propagator;
    Propagated first, second;
    propagator->extract(HttpHeaderReader(headers), first);
    check(!first.span.is_valid() || first.span.is_remote);
    check(first.baggage.size() <= Baggage::most_members);
    for (const BaggageEntry& entry : first.baggage) check(is_utf8(entry.value));
    net::Headers sent;
    HttpHeaderWriter writer(sent);
    propagator->inject(first, writer);
    for (const auto& [field, value] : sent) check_header(value);
    propagator->extract(HttpHeaderReader(sent), second);
    check(first.span.trace == second.span.trace && first.span.span == second.span.span);
    check(first.span.flags.is_sampled() == second.span.flags.is_sampled() &&
          first.span.is_debug == second.span.is_debug);
}

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const net::Headers headers = headers_of(input);
    for (const char* name : {"tracecontext", "baggage", "b3", "b3multi", "jaeger", "tracecontext,baggage,jaeger"}) {
        round_trip(name, headers);
    }
    if (const auto state = TraceState::parse({input})) {
        check(TraceState::parse({state->view()}) == state);
        check(state->to_header(512).size() <= 512);
        const OtelTraceState otel = OtelTraceState::of(*state);
        const TraceState written = otel.in(*state);
        check(OtelTraceState::of(written).threshold == otel.threshold);
        check(OtelTraceState::of(written).randomness == otel.randomness);
    }
    check(configure_sampler(input.substr(0, size / 2), input.substr(size / 2)).sampler != nullptr);
    check(configure_propagator(input).propagator != nullptr);
    return 0;
}
