// SPDX-License-Identifier: Apache-2.0
// Ratios become thresholds; thresholds and randomness are read from and written to tracestate.
#include "mizzen/telemetry/trace/threshold.hpp"

#include <algorithm>
#include <cmath>

#include "mizzen/base/text.hpp"

namespace mizzen::telemetry {
namespace {

constexpr int all_digits = 14, precision = 4;

std::optional<std::uint64_t> parse_threshold(std::string_view digits) {
    if (digits.size() > all_digits) return std::nullopt;
    const auto value = parse_hex(digits);
    if (!value) return std::nullopt;
    return *value << (4 * (all_digits - static_cast<int>(digits.size())));
}

}  // namespace

std::uint64_t threshold_of(double ratio) {
    if (ratio >= 1) return 0;
    if (!(ratio >= 0x1p-56)) return never_sampled;
    const std::uint64_t exact = never_sampled - static_cast<std::uint64_t>(std::llround(ratio * 0x1p56));
    // A small ratio has a threshold of many f's; they do not count among the significant digits.
    const int leading = static_cast<int>(-std::floor(std::log2(ratio)) - 1) / 4;
    const int dropped_bits = 4 * std::max(0, all_digits - precision - leading);
    if (dropped_bits == 0) return exact;
    const std::uint64_t half = std::uint64_t{1} << (dropped_bits - 1);
    const std::uint64_t rounded = (exact + half) >> dropped_bits << dropped_bits;
    // Rounding must not turn a ratio above zero into none.
    return rounded >= never_sampled ? exact : rounded;
}

double ratio_of(std::uint64_t threshold) {
    return static_cast<double>(never_sampled - std::min(threshold, never_sampled)) * 0x1p-56;
}

OtelTraceState OtelTraceState::parse(std::string_view value) {
    OtelTraceState out;
    if (value.empty()) return out;
    for (const std::string_view member : split(value, ';')) {
        if (member.starts_with("th:")) {
            out.threshold = parse_threshold(member.substr(3));
        } else if (member.starts_with("rv:")) {
            if (member.size() == 3 + all_digits) out.randomness = parse_hex(member.substr(3));
        } else if (!member.empty()) {
            if (!out.others.empty()) out.others += ';';
            out.others += member;
        }
    }
    return out;
}

std::string OtelTraceState::to_string() const {
    std::string out;
    if (threshold && *threshold < never_sampled) {
        out += "th:";
        append_hex(out, *threshold, all_digits);
        while (out.ends_with('0')) out.pop_back();
        if (out.ends_with(':')) out += '0';
    }
    if (randomness) {
        out += out.empty() ? "rv:" : ";rv:";
        append_hex(out, *randomness, all_digits);
    }
    if (!others.empty()) {
        if (!out.empty()) out += ';';
        out += others;
    }
    return out;
}

TraceState OtelTraceState::in(const TraceState& state) const {
    const std::string value = to_string();
    if (value == state.find("ot").value_or("")) return state;
    if (value.empty()) return state.without("ot");
    // Too long with what others put there: their members go, since an untrue threshold is worse than none.
    if (!is_trace_state_value(value)) return OtelTraceState{threshold, randomness, {}}.in(state);
    return state.with("ot", value);
}

}  // namespace mizzen::telemetry
