// SPDX-License-Identifier: Apache-2.0
// Exponential buckets: which one a value falls into, and how one thread's cells hold them.
#pragma once
#include <cstdint>

#include "mizzen/telemetry/metrics/cells.hpp"
#include "mizzen/telemetry/metrics/snapshot.hpp"

namespace mizzen::telemetry {

// Resolution: base 2^(2^-8), 0.27 % apart; the finest that Prometheus knows. It halves whenever more than
// `exponential_buckets` are needed on a side (OpenTelemetry's MaxSize).
inline constexpr std::int32_t finest_scale = 8;
inline constexpr std::int64_t exponential_buckets = 160;

// The bucket of a positive finite value: i with base^i < value <= base^(i+1), exactly, for scales from -10 to 8.
std::int32_t exponential_index(double value, std::int32_t scale = finest_scale);

// What a series needs: sequence, halvings, zero count, sum; then for each sign first index, length and the counts.
inline constexpr std::uint32_t exponential_cells = 4 + 2 * (2 + exponential_buckets);

// Counts a finite value in this thread's cells, of which `cells` is the first.
void observe_exponential(Cell* cells, double value);
// The sum of all threads.
ExponentialPoint read_exponential(Slot first);

// The same for summaries, which live on their resolution: twice the buckets keep quantiles within 1.1 % where values
// span a factor of a thousand, within 2.2 % for a million.
inline constexpr std::int64_t summary_buckets = 320;
inline constexpr std::uint32_t summary_cells = 4 + 2 * (2 + summary_buckets);
void observe_summary(Cell* cells, double value);
ExponentialPoint read_summary(Slot first);

// What was counted after `before`, an earlier reading of the same series; all of `now` if it is none. Pure.
ExponentialPoint difference(const ExponentialPoint& now, const ExponentialPoint& before);

// The value below which a share q (0 to 1) of what was counted lies: the nearest-rank quantile, off by at most
// (base - 1) / (base + 1) of itself with base = 2^(2^-scale). NaN if nothing was counted. Pure.
double quantile(const ExponentialPoint& point, double q);

}  // namespace mizzen::telemetry
