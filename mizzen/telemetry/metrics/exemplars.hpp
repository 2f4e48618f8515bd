// SPDX-License-Identifier: Apache-2.0
// Exemplars: of what is counted a few examples, each with the span in which it happened.
#pragma once
#include <cstdint>
#include <mutex>
#include <span>
#include <unordered_map>
#include <vector>

#include "mizzen/telemetry/logs/log_ticks.hpp"
#include "mizzen/telemetry/metrics/cells.hpp"
#include "mizzen/telemetry/metrics/snapshot.hpp"
#include "mizzen/telemetry/trace/ids.hpp"

namespace mizzen::telemetry {

class Span;

// Which of the values that come with a span (`add(n, span)`, `observe(value, span)`) may be kept: all, even if there
// is no span; none; those whose span is sampled. Source: OpenTelemetry specification, metrics/sdk, ExemplarFilter.
enum class ExemplarFilter { always_on, always_off, trace_based };

// Of an exponential histogram; of a classic one it is one for each bucket, of a counter one for each series.
inline constexpr std::size_t most_exponential_exemplars = 20;

namespace detail {

// What keeps the exemplars of all series of one metric; 48 bytes each, from a series' first one on. The newest of a
// bucket stays; of an exponential histogram the newest of each power of two, and when those are too many the oldest
// goes.
class Exemplars {
  public:
    enum class Shape { single, by_bucket, spread };
    // `buckets`: of a series, if kept by bucket.
    Exemplars(Shape shape, std::size_t buckets, ExemplarFilter filter, TickSource ticks)
        : shape_(shape), buckets_(shape == Shape::by_bucket ? buckets : 1), filter_(filter), ticks_(ticks) {}

    // Nobody waits: an example that meets another one, or a reader, is let go.
    void offer(Slot series, std::size_t bucket, double value, const Span* span);
    // Those of the series in `rows`, by row, then bucket; none older than `start` or newer than `now`.
    std::vector<Exemplar> list(std::span<const Slot> rows, const TickCalendar& calendar, WallTime start,
                               WallTime now) const;

  private:
    struct Kept {
        TraceId trace;
        SpanId span;
        double value = 0;
        std::uint64_t ticks = 0;
        bool is_set = false;
    };
    Kept* place(std::vector<Kept>& kept, std::size_t bucket, double value) const;
    std::vector<Kept> in_order(std::vector<Kept> kept) const;

    const Shape shape_;
    const std::size_t buckets_;
    const ExemplarFilter filter_;
    const TickSource ticks_;
    mutable std::mutex mutex_;
    std::unordered_map<Slot, std::vector<Kept>> series_;
};

}  // namespace detail
}  // namespace mizzen::telemetry
