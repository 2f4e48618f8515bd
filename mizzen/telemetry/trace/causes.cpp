// SPDX-License-Identifier: Apache-2.0
#include "mizzen/telemetry/trace/causes.hpp"

namespace mizzen::telemetry {

void Causes::record(std::uint64_t version, const SpanContext& span, Time now) {
    if (!span.is_valid()) return;
    Entry& entry = entries_[version % entries_.size()];
    // Who served a write tells sooner and more exactly than who asked for it.
    if (entry.span.is_valid() && entry.version == version) return;
    entry = {version, now, span};
}

std::optional<SpanContext> Causes::find(std::uint64_t version, Time now) const {
    const Entry& entry = entries_[version % entries_.size()];
    if (!entry.span.is_valid() || entry.version != version || now - entry.at > longest_) return std::nullopt;
    return entry.span;
}

}  // namespace mizzen::telemetry
