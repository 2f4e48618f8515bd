// SPDX-License-Identifier: Apache-2.0
// Families are matched by name, series by their labels.
#include "mizzen/telemetry/metrics/delta.hpp"

#include <algorithm>
#include <unordered_map>

#include "mizzen/telemetry/metrics/exponential.hpp"

namespace mizzen::telemetry {
namespace {

Number difference(const Number& now, const Number& before) {
    if (now.index() != before.index() || now < before) return now;
    return std::visit([&](auto value) -> Number { return value - std::get<decltype(value)>(before); }, now);
}

HistogramPoint difference(const HistogramPoint& now, const HistogramPoint& before) {
    if (now.counts.size() != before.counts.size()) return now;
    HistogramPoint out{.sum = now.sum - before.sum};
    for (std::size_t i = 0; i < now.counts.size(); ++i) {
        if (now.counts[i] < before.counts[i]) return now;
        out.counts.push_back(now.counts[i] - before.counts[i]);
    }
    return out;
}

SummaryPoint difference(const SummaryPoint& now, const SummaryPoint&) { return now; }

bool is_nothing(const Number& number) {
    return std::visit([](auto value) { return value == 0; }, number);
}
bool is_nothing(const HistogramPoint& point) { return point.count() == 0; }
bool is_nothing(const ExponentialPoint& point) { return point.count() == 0; }
bool is_nothing(const SummaryPoint&) { return false; }

// Without empty labels: the overflow label is a column only once it is needed.
std::string key_of(const Family& family, std::size_t row) {
    std::string key;
    for (std::size_t i = 0; i < family.label_names.size(); ++i) {
        const std::string_view value = family.labels.at(row, i);
        if (value.empty()) continue;
        for (const std::string_view part : {std::string_view(family.label_names[i]), value})
            key += std::to_string(part.size()) + ':' + std::string(part);
    }
    return key;
}

void make_delta(Family& family, const Family* before, WallTime since) {
    std::unordered_map<std::string, std::size_t> row_before;
    if (before && before->points.index() == family.points.index() && before->bounds == family.bounds)
        for (std::size_t row = 0; row < before->size(); ++row) row_before.emplace(key_of(*before, row), row);
    LabelTable labels(family.label_names.size());
    std::vector<std::optional<std::size_t>> new_row(family.size());
    std::visit(
        [&]<class Point>(std::vector<Point>& points) {
            std::vector<Point> left;
            for (std::size_t row = 0; row < points.size(); ++row) {
                const auto found = row_before.find(key_of(family, row));
                Point point =
                    found == row_before.end()
                        ? std::move(points[row])
                        : difference(points[row], std::get<std::vector<Point>>(before->points)[found->second]);
                if (is_nothing(point)) continue;
                new_row[row] = left.size();
                left.push_back(std::move(point));
                for (std::size_t i = 0; i < family.label_names.size(); ++i) labels.add(family.labels.at(row, i));
            }
            points = std::move(left);
        },
        family.points);
    family.labels = std::move(labels);
    std::erase_if(family.exemplars, [&](const Exemplar& exemplar) {
        return exemplar.row >= new_row.size() || !new_row[exemplar.row] || (exemplar.time && *exemplar.time < since);
    });
    for (Exemplar& exemplar : family.exemplars) exemplar.row = *new_row[exemplar.row];
}

}  // namespace

Temporality temporality_of(const Family& family, TemporalityPreference preference) {
    const bool is_sum = family.type == MetricType::counter;
    const bool is_histogram = family.type == MetricType::histogram || family.type == MetricType::exponential_histogram;
    if (preference == TemporalityPreference::cumulative || !(is_sum || is_histogram)) return Temporality::cumulative;
    if (preference == TemporalityPreference::low_memory && family.is_observed) return Temporality::cumulative;
    return Temporality::delta;
}

Snapshot delta_since(const Snapshot& before, Snapshot now, TemporalityPreference preference) {
    for (Family& family : now.families) {
        if (temporality_of(family, preference) == Temporality::cumulative) continue;
        const auto found = std::ranges::find(before.families, family.name, &Family::name);
        make_delta(family, found == before.families.end() ? nullptr : &*found, before.time);
        family.temporality = Temporality::delta;
        family.start = std::min(before.time, now.time);  // the clock may have been set back
    }
    return now;
}

}  // namespace mizzen::telemetry
