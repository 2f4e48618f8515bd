// SPDX-License-Identifier: Apache-2.0
// What a registry knows about one metric: its description and where its cells are.
#pragma once
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "mizzen/telemetry/metrics/cells.hpp"
#include "mizzen/telemetry/metrics/exemplars.hpp"
#include "mizzen/telemetry/metrics/names.hpp"
#include "mizzen/telemetry/metrics/registry_options.hpp"
#include "mizzen/telemetry/metrics/series_table.hpp"
#include "mizzen/telemetry/metrics/snapshot.hpp"

namespace mizzen::telemetry::detail {

enum class NumberKind { unsigned_integer, signed_integer, floating };

struct Description {
    MetricType type = MetricType::gauge;
    NumberKind kind = NumberKind::floating;
    std::string name;  // as declared, with _total or _info
    std::string help;
    std::string unit;
    std::vector<std::string> label_names;
    std::vector<double> bounds;
    std::uint32_t cap = 0;            // 0: the label set is closed
    std::size_t rows = 0;             // of a closed set
    LabelTable labels;                // of a closed set
    std::vector<std::string> states;  // of a state set
    bool operator==(const Description&) const = default;

    std::uint32_t cells() const;  // of one series
    bool has_cells_together() const { return type == MetricType::exponential_histogram; }
    // The names of all samples that the metric may have in OpenMetrics, which no other metric may use.
    std::vector<std::string> sample_names() const;
};

// One collection: when it is, and what ticks were until then.
struct Collection {
    WallTime start, now;
    TickCalendar calendar;
};

class FamilyState {
  public:
    FamilyState(Description description, const RegistryOptions& options);
    ~FamilyState();
    FamilyState(const FamilyState&) = delete;
    FamilyState& operator=(const FamilyState&) = delete;

    const Description description;
    Slot closed_series(std::size_t row) const { return row < slots_.size() ? slots_[row] : 0; }
    Slot series(std::span<const std::string_view> values) { return table_->at(values); }
    void set_info(std::span<const std::string_view> values);

    // `series` is its first cell; `bucket` of a classic histogram.
    void offer_exemplar(Slot series, std::size_t bucket, double value, const Span* span) const {
        exemplars_.offer(series, bucket, value, span);
    }

    Family read(const Collection& collection) const;

  private:
    std::vector<Slot> slots_;  // of a closed set, row by row
    std::unique_ptr<SeriesTable> table_;
    mutable Exemplars exemplars_;
    mutable std::mutex mutex_;
    std::optional<std::vector<std::string>> info_;
};

// The registry that is making a struct of metrics on this thread adds the metric; nothing if there is none. Throws
// Error(invalid) if its name is taken by another metric.
FamilyState* declare(Description description);

}  // namespace mizzen::telemetry::detail
