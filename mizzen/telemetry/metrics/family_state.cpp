// SPDX-License-Identifier: Apache-2.0
// Taking cells for series, and reading them into a Family.
#include "mizzen/telemetry/metrics/family_state.hpp"

#include <algorithm>

#include "mizzen/telemetry/metrics/exponential.hpp"

namespace mizzen::telemetry::detail {
namespace {

Number read_number(const Description& d, Slot slot) {
    if (d.type == MetricType::gauge) return std::bit_cast<double>(shared_cell(slot).load(std::memory_order_relaxed));
    switch (d.kind) {
        case NumberKind::unsigned_integer:
            return sum_integers(slot);
        case NumberKind::signed_integer:
            return static_cast<std::int64_t>(sum_integers(slot));
        case NumberKind::floating:
            break;
    }
    return sum_doubles(slot);
}

HistogramPoint read_histogram(const Description& d, Slot slot) {
    const auto buckets = static_cast<Slot>(d.bounds.size()) + 1;
    HistogramPoint point;
    point.counts.reserve(buckets);
    for (Slot i = 0; i < buckets; ++i) point.counts.push_back(sum_integers(slot + i));
    point.sum = sum_doubles(slot + buckets);
    return point;
}

template <class Point, class Read>
std::vector<Point> read_all(const std::vector<Slot>& slots, Read&& read) {
    std::vector<Point> points;
    points.reserve(slots.size());
    for (const Slot slot : slots) points.push_back(read(slot));
    return points;
}

void read_points(Family& family, const Description& d, const std::vector<Slot>& slots) {
    if (d.type == MetricType::histogram)
        family.points = read_all<HistogramPoint>(slots, [&](Slot slot) { return read_histogram(d, slot); });
    else if (d.type == MetricType::exponential_histogram)
        family.points = read_all<ExponentialPoint>(slots, read_exponential);
    else
        family.points = read_all<Number>(slots, [&](Slot slot) { return read_number(d, slot); });
}

// One cell holds all states, so that a reader never sees half a change. The label is named as the family.
void read_states(Family& family, const Description& d, const std::vector<Slot>& slots) {
    family.label_names.push_back(family.name);
    LabelTable labels(d.label_names.size() + 1);
    std::vector<Number> points;
    for (std::size_t row = 0; row < slots.size(); ++row) {
        const std::uint64_t bits = shared_cell(slots[row]).load(std::memory_order_relaxed);
        for (std::size_t state = 0; state < d.states.size(); ++state) {
            for (std::size_t i = 0; i < d.label_names.size(); ++i) labels.add(d.labels.at(row, i));
            labels.add(d.states[state]);
            points.emplace_back(std::uint64_t{(bits >> state) & 1});
        }
    }
    family.labels = std::move(labels);
    family.points = std::move(points);
}

// Series that came after the cap are told as one, whose only label says so.
void add_overflow(Family& family, SeriesTable::Series& series) {
    const std::size_t columns = family.label_names.size();
    LabelTable labels(columns + 1);
    for (std::size_t row = 0; row < series.slots.size(); ++row) {
        for (std::size_t i = 0; i < columns; ++i) labels.add(series.labels.at(row, i));
        labels.add("");
    }
    for (std::size_t i = 0; i < columns; ++i) labels.add("");
    labels.add("true");
    series.labels = std::move(labels);
    series.slots.push_back(series.overflow);
    family.label_names.emplace_back(overflow_label);
}

Exemplars::Shape shape_of(MetricType type) {
    if (type == MetricType::histogram) return Exemplars::Shape::by_bucket;
    return type == MetricType::exponential_histogram ? Exemplars::Shape::spread : Exemplars::Shape::single;
}

}  // namespace

FamilyState::FamilyState(const Description& declared, Viewed viewed, const RegistryOptions& options)
    : description(std::move(viewed.description)),
      declared_(description == declared ? std::nullopt : std::optional(declared)),
      columns_(std::move(viewed.columns)),
      exemplars_(shape_of(description.type), description.bounds.size() + 1, options.exemplar_filter, options.ticks) {
    const Description& d = description;
    if (d.type == MetricType::info) return;
    if (d.type == MetricType::summary)
        window_ = std::make_unique<SummaryWindow>(d.quantiles, d.window, d.window_steps, options.start);
    if (d.cap > 0) {
        table_ = std::make_unique<SeriesTable>(d.label_names.size(), d.cap, d.cells(), d.has_cells_together());
        return;
    }
    series_.reserve(d.rows);
    for (std::size_t row = 0; row < d.rows; ++row) series_.push_back(take_cells(d.cells(), d.has_cells_together()));
    if (columns_)
        for (const std::size_t row : viewed.rows) slots_.push_back(series_[row]);
    else
        slots_ = series_;
}

FamilyState::~FamilyState() {
    for (const Slot slot : series_) give_back_cells(slot, description.cells());
}

void FamilyState::set_info(std::span<const std::string_view> values) {
    std::vector<std::string> valid;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (columns_ && std::ranges::find(*columns_, i) == columns_->end()) continue;
        const std::string_view value = values[i];
        valid.push_back(canonical_value(value));
    }
    const std::lock_guard lock(mutex_);
    info_ = std::move(valid);
}

Family FamilyState::read(const Collection& collection) const {
    const Description& d = description;
    Family family{.type = d.type,
                  .name = std::string(family_name(d.type, d.name)),
                  .help = d.help,
                  .unit = d.unit,
                  .label_names = d.label_names,
                  .bounds = d.bounds,
                  .quantiles = d.quantiles,
                  .labels = d.labels};
    const auto read_series = [&](const std::vector<Slot>& slots) {
        if (window_) {
            family.points = window_->read(slots, collection.now);
            return;
        }
        read_points(family, d, slots);
        family.exemplars = exemplars_.list(slots, collection.calendar, collection.start, collection.now);
    };
    if (d.type == MetricType::info) {
        const std::lock_guard lock(mutex_);
        if (!info_) return family;
        for (const std::string& value : *info_) family.labels.add(value);
        family.points = std::vector<Number>{std::uint64_t{1}};
    } else if (d.type == MetricType::state_set) {
        read_states(family, d, series_);
    } else if (table_) {
        SeriesTable::Series series = table_->list();
        if (series.overflow) add_overflow(family, series);
        family.labels = std::move(series.labels);
        read_series(series.slots);
    } else {
        read_series(series_);
    }
    return family;
}

}  // namespace mizzen::telemetry::detail
