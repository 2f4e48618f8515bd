// SPDX-License-Identifier: Apache-2.0
// One series, ready for use: a handle to copy freely. A default-made one counts nothing.
#pragma once
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <limits>

#include "mizzen/base/time.hpp"
#include "mizzen/telemetry/metrics/cells.hpp"
#include "mizzen/telemetry/metrics/exponential.hpp"
#include "mizzen/telemetry/metrics/family_state.hpp"

namespace mizzen::telemetry {

// A sum kept in each thread's own cells. T is std::uint64_t, std::int64_t or double.
//
// Here and below, what is counted together with the span that is current (`current_span(co_await context())`) may be
// kept as an exemplar (ExemplarFilter). The span may be null. Without a span there is none, and nothing is paid.
template <MetricType Type, class T>
class BoundSum {
  public:
    static constexpr MetricType type = Type;
    static constexpr detail::NumberKind kind = std::is_same_v<T, double> ? detail::NumberKind::floating
                                               : std::is_signed_v<T>     ? detail::NumberKind::signed_integer
                                                                         : detail::NumberKind::unsigned_integer;
    BoundSum() = default;
    BoundSum(const detail::FamilyState& family, Slot slot) : family_(&family), slot_(slot) {}

    // Counters do not go down: negative amounts and NaN are ignored, as OpenTelemetry asks.
    void add(T n = 1) const {
        if (!slot_ || !can_add(n)) return;
        if constexpr (std::is_same_v<T, double>)
            add_to_own(slot_, n);
        else
            add_to_own(slot_, static_cast<std::uint64_t>(n));
    }
    void add(T n, const Span* span) const {
        add(n);
        if (slot_ && can_add(n)) family_->offer_exemplar(slot_, 0, static_cast<double>(n), span);
    }

  private:
    static bool can_add(T n) {
        if constexpr (std::is_same_v<T, double>)
            return type == MetricType::counter ? n >= 0 && n <= std::numeric_limits<double>::max() : n - n == 0;
        else
            return true;
    }
    const detail::FamilyState* family_ = nullptr;
    Slot slot_ = 0;
};

// A value that is set. All threads share it; the last one to set it wins.
class BoundGauge {
  public:
    static constexpr MetricType type = MetricType::gauge;
    static constexpr detail::NumberKind kind = detail::NumberKind::floating;

    BoundGauge() = default;
    BoundGauge(const detail::FamilyState&, Slot slot) : cell_(slot ? &shared_cell(slot) : nullptr) {}

    void set(double value) const {
        if (cell_) cell_->store(std::bit_cast<std::uint64_t>(value), std::memory_order_relaxed);
    }
    // In seconds since 1970, as Prometheus keeps times.
    void set(WallTime time) const { set(std::chrono::duration<double>(time.time_since_epoch()).count()); }
    void add(double n) const {
        if (!cell_) return;
        std::uint64_t now = cell_->load(std::memory_order_relaxed);
        while (!cell_->compare_exchange_weak(now, std::bit_cast<std::uint64_t>(std::bit_cast<double>(now) + n),
                                             std::memory_order_relaxed)) {
        }
    }

  private:
    Cell* cell_ = nullptr;
};

namespace detail {
inline bool is_finite(double value) { return value - value == 0; }
inline double seconds(Duration duration) { return std::chrono::duration<double>(duration).count(); }
}  // namespace detail

// A classic histogram. Values that are not finite are ignored.
class BoundHistogram {
  public:
    static constexpr MetricType type = MetricType::histogram;
    static constexpr detail::NumberKind kind = detail::NumberKind::floating;

    BoundHistogram() = default;
    BoundHistogram(const detail::FamilyState& family, Slot slot)
        : family_(&family),
          bounds_(family.description.bounds.data()),
          slot_(slot),
          count_(family.description.type == type ? static_cast<std::uint32_t>(family.description.bounds.size())
                                                 : as_exponential) {}

    void observe(double value) const {
        if (!slot_ || !detail::is_finite(value)) return;
        if (count_ > few) return observe_otherwise(value);
        count(few_bucket(value), value);
    }
    void observe(double value, const Span* span) const {
        observe(value);
        if (slot_ && detail::is_finite(value)) family_->offer_exemplar(slot_, bucket(value), value, span);
    }
    // In seconds.
    void observe(Duration duration) const { observe(detail::seconds(duration)); }
    void observe(Duration duration, const Span* span) const { observe(detail::seconds(duration), span); }

  private:
    // Few bounds are compared all, without a branch to mispredict.
    static constexpr std::uint32_t few = 16;
    // Instead of a count of bounds: a view has made the histogram exponential.
    static constexpr std::uint32_t as_exponential = 0xffffffff;

    // The first bucket whose bound is not below.
    std::uint32_t few_bucket(double value) const {
        std::uint32_t at = 0;
        for (std::uint32_t i = 0; i < count_; ++i) at += value > bounds_[i];
        return at;
    }
    std::uint32_t bucket(double value) const {
        if (count_ <= few) return few_bucket(value);
        if (count_ == as_exponential) return 0;
        return static_cast<std::uint32_t>(std::lower_bound(bounds_, bounds_ + count_, value) - bounds_);
    }
    void count(std::uint32_t bucket, double value) const {
        add_to_own(slot_ + bucket, std::uint64_t{1});
        add_to_own(slot_ + count_ + 1, value);
    }
    [[gnu::noinline]] void observe_otherwise(double value) const {
        if (count_ != as_exponential) return count(bucket(value), value);
        with_own_cell(slot_, [value](Cell& first) { observe_exponential(&first, value); });
    }
    const detail::FamilyState* family_ = nullptr;
    const double* bounds_ = nullptr;
    Slot slot_ = 0;
    std::uint32_t count_ = 0;
};

// An exponential histogram. Values that are not finite are ignored.
class BoundExponentialHistogram {
  public:
    static constexpr MetricType type = MetricType::exponential_histogram;
    static constexpr detail::NumberKind kind = detail::NumberKind::floating;

    BoundExponentialHistogram() = default;
    BoundExponentialHistogram(const detail::FamilyState& family, Slot slot) : family_(&family), slot_(slot) {}

    void observe(double value) const {
        if (!slot_ || !detail::is_finite(value)) return;
        with_own_cell(slot_, [value](Cell& first) { observe_exponential(&first, value); });
    }
    void observe(double value, const Span* span) const {
        observe(value);
        if (slot_ && detail::is_finite(value)) family_->offer_exemplar(slot_, 0, value, span);
    }
    // In seconds.
    void observe(Duration duration) const { observe(detail::seconds(duration)); }
    void observe(Duration duration, const Span* span) const { observe(detail::seconds(duration), span); }

  private:
    const detail::FamilyState* family_ = nullptr;
    Slot slot_ = 0;
};

// A summary: quantiles over a sliding window, count and sum since the start. Costs what an exponential histogram does;
// values that are not finite are ignored.
//
// Quantiles come of exponential buckets. They are off by at most 1.1 % of their value as long as all values ever
// observed span less than a factor of 1000; 2.2 % for a million, 4.4 % for 10^12. Rank and count are exact.
//
// Nothing reads a clock here: the window moves when the registry is collected, by the time given to it. A collection
// that is a step (a fifth of the window) after the last mark leaves a mark, and quantiles are of what came after the
// mark that the window reaches: with the default, of the last 8 to 10 minutes. Collected less often they look back
// further, to the last collection that is at least 8 minutes old; if nobody ever collected, to the start. Where the
// clock is set back the window stands still until time goes on. Several readers share the marks. Source: client_golang,
// SummaryOpts MaxAge and AgeBuckets.
class BoundSummary {
  public:
    static constexpr MetricType type = MetricType::summary;
    static constexpr detail::NumberKind kind = detail::NumberKind::floating;

    BoundSummary() = default;
    BoundSummary(const detail::FamilyState&, Slot slot) : slot_(slot) {}

    void observe(double value) const {
        if (!slot_ || !detail::is_finite(value)) return;
        with_own_cell(slot_, [value](Cell& first) { observe_summary(&first, value); });
    }
    // In seconds.
    void observe(Duration duration) const { observe(detail::seconds(duration)); }

  private:
    Slot slot_ = 0;
};

}  // namespace mizzen::telemetry
