// SPDX-License-Identifier: Apache-2.0
// Thresholds and randomness of consistent probability sampling, and how they travel in the `ot` member of tracestate.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mizzen/telemetry/trace/span_context.hpp"

namespace mizzen::telemetry {

// A span with 56 bits of randomness R is kept where R >= threshold: 0 keeps all, 2^56 none. Whoever sees the same trace
// takes the same R, so a smaller ratio keeps a subset of what a larger one keeps.
// Source: OpenTelemetry specification, trace/tracestate-probability-sampling.
constexpr std::uint64_t never_sampled = std::uint64_t{1} << 56;

// The threshold that keeps `ratio` (0 to 1) of all traces, with four significant hexadecimal digits behind leading f's.
// A ratio below 2^-56, negative or not a number keeps nothing; 1 and more keep all.
std::uint64_t threshold_of(double ratio);
// The ratio that a threshold keeps.
double ratio_of(std::uint64_t threshold);

// The members of `ot=th:…;rv:…` that are understood; the others are kept as they are.
struct OtelTraceState {
    std::optional<std::uint64_t> threshold;   // th: 1 to 14 hexadecimal digits, zeros at the end left out
    std::optional<std::uint64_t> randomness;  // rv: exactly 14 hexadecimal digits
    std::string others;                       // "a:1;b:2"

    // A member th or rv that breaks the grammar is as if it were not there.
    static OtelTraceState parse(std::string_view value);
    static OtelTraceState of(const TraceState& state) { return parse(state.find("ot").value_or("")); }
    // What stands behind "ot="; "" if there is nothing to say.
    std::string to_string() const;
    // `state` with this as its `ot` member, or without one.
    TraceState in(const TraceState& state) const;
};

// The 56 bits of a trace: rv if it travels along, else the last 7 bytes of the trace id.
inline std::uint64_t randomness_of(TraceId trace, const OtelTraceState& state) {
    return state.randomness.value_or(trace.low & (never_sampled - 1));
}

}  // namespace mizzen::telemetry
