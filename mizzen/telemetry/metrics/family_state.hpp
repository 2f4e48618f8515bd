// SPDX-License-Identifier: Apache-2.0
// What a registry knows about one metric: its description and where its cells are.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "mizzen/telemetry/metrics/applied_views.hpp"
#include "mizzen/telemetry/metrics/cells.hpp"
#include "mizzen/telemetry/metrics/description.hpp"
#include "mizzen/telemetry/metrics/exemplars.hpp"
#include "mizzen/telemetry/metrics/registry_options.hpp"
#include "mizzen/telemetry/metrics/series_table.hpp"
#include "mizzen/telemetry/metrics/snapshot.hpp"
#include "mizzen/telemetry/metrics/summary_window.hpp"

namespace mizzen::telemetry::detail {

// One collection: when it is, and what ticks were until then.
struct Collection {
    WallTime start, now;
    TickCalendar calendar;
};

class FamilyState {
  public:
    FamilyState(const Description& declared, Viewed viewed, const RegistryOptions& options);
    ~FamilyState();
    FamilyState(const FamilyState&) = delete;
    FamilyState& operator=(const FamilyState&) = delete;

    // As views have it.
    const Description description;
    bool is_declared_as(const Description& other) const { return (declared_ ? *declared_ : description) == other; }

    // `row` is of the declared set.
    Slot closed_series(std::size_t row) const { return row < slots_.size() ? slots_[row] : 0; }
    Slot series(std::span<const std::string_view> values) {
        if (!columns_) return table_->at(values);
        return with_remaining(values, [&](std::span<const std::string_view> left) { return table_->at(left); });
    }
    void set_info(std::span<const std::string_view> values);

    // `series` is its first cell; `bucket` of a classic histogram.
    void offer_exemplar(Slot series, std::size_t bucket, double value, const Span* span) const {
        exemplars_.offer(series, bucket, value, span);
    }

    Family read(const Collection& collection) const;

  private:
    template <class Fn>
    Slot with_remaining(std::span<const std::string_view> values, Fn fn) const {
        std::array<std::string_view, 64> left;  // no label set has more
        std::size_t count = 0;
        for (const std::size_t column : *columns_) left[count++] = values[column];
        return fn(std::span<const std::string_view>(left.data(), count));
    }

    const std::optional<Description> declared_;              // if views have changed it
    const std::optional<std::vector<std::size_t>> columns_;  // of the declared labels, those that are left
    std::vector<Slot> slots_;                                // of a closed set, by declared row
    std::vector<Slot> series_;                               // of a closed set: each once
    std::unique_ptr<SeriesTable> table_;
    std::unique_ptr<SummaryWindow> window_;  // of a summary
    mutable Exemplars exemplars_;
    mutable std::mutex mutex_;
    std::optional<std::vector<std::string>> info_;
};

// The registry that is making a struct of metrics on this thread adds the metric; nothing if there is none. Throws
// Error(invalid) if its name is taken by another metric.
FamilyState* declare(Description description);

}  // namespace mizzen::telemetry::detail
