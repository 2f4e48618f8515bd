// SPDX-License-Identifier: Apache-2.0
// Which examples stay, and what a reader is told of them.
#include "mizzen/telemetry/metrics/exemplars.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "mizzen/telemetry/trace/span.hpp"

namespace mizzen::telemetry::detail {
namespace {

std::int64_t age(std::uint64_t ticks, std::uint64_t now) { return static_cast<std::int64_t>(now - ticks); }

// Values of one sign between two powers of two.
bool are_alike(double a, double b) {
    if (a == 0 || b == 0) return a == b;
    return std::signbit(a) == std::signbit(b) && std::ilogb(a) == std::ilogb(b);
}

}  // namespace

void Exemplars::offer(Slot series, std::size_t bucket, double value, const Span* span) {
    if (filter_ == ExemplarFilter::always_off) return;
    if (filter_ == ExemplarFilter::trace_based && !(span && span->context().flags.is_sampled())) return;
    const std::unique_lock lock(mutex_, std::try_to_lock);
    if (!lock) return;
    Kept* const kept = place(series_[series], bucket, value);
    if (!kept) return;
    *kept = {.value = value, .ticks = ticks_(), .is_set = true};
    if (!span) return;
    kept->trace = span->context().trace;
    kept->span = span->context().span;
}

Exemplars::Kept* Exemplars::place(std::vector<Kept>& kept, std::size_t bucket, double value) const {
    if (shape_ != Shape::spread) {
        if (kept.empty()) kept.resize(buckets_);
        return bucket < kept.size() ? &kept[bucket] : nullptr;
    }
    const auto alike = std::ranges::find_if(kept, [&](const Kept& each) { return are_alike(each.value, value); });
    if (alike != kept.end()) return &*alike;
    if (kept.size() < most_exponential_exemplars) return &kept.emplace_back();
    const std::uint64_t now = ticks_();
    return &*std::ranges::max_element(kept, {}, [&](const Kept& each) { return age(each.ticks, now); });
}

std::vector<Exemplars::Kept> Exemplars::in_order(std::vector<Kept> kept) const {
    if (shape_ == Shape::spread)
        std::ranges::sort(kept, [](const Kept& a, const Kept& b) { return age(a.ticks, b.ticks) > 0; });
    return kept;
}

std::vector<Exemplar> Exemplars::list(std::span<const Slot> rows, const TickCalendar& calendar, WallTime start,
                                      WallTime now) const {
    std::vector<std::vector<Kept>> all(rows.size());
    {
        const std::lock_guard lock(mutex_);
        if (series_.empty()) return {};
        for (std::size_t row = 0; row < rows.size(); ++row)
            if (const auto found = series_.find(rows[row]); found != series_.end()) all[row] = found->second;
    }
    std::vector<Exemplar> out;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const std::vector<Kept> kept = in_order(std::move(all[row]));
        for (std::size_t i = 0; i < kept.size(); ++i) {
            if (!kept[i].is_set) continue;
            Exemplar& exemplar = out.emplace_back(Exemplar{.row = row, .bucket = i, .value = kept[i].value});
            exemplar.time = std::min(now, std::max(start, calendar.at(kept[i].ticks)));
            if (!kept[i].trace.is_valid() || !kept[i].span.is_valid()) continue;
            exemplar.labels = {{"trace_id", kept[i].trace.to_hex()}, {"span_id", kept[i].span.to_hex()}};
        }
    }
    return out;
}

}  // namespace mizzen::telemetry::detail
