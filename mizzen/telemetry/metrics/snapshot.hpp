// SPDX-License-Identifier: Apache-2.0
// Snapshot: what all metrics of a registry said at one time; a plain value, which every exporter reads.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "mizzen/base/time.hpp"
#include "mizzen/telemetry/metrics/names.hpp"

namespace mizzen::telemetry {

// Values of labels, row by row, in one piece of text. Well-formed UTF-8 is the writer's duty.
class LabelTable {
  public:
    LabelTable() = default;
    explicit LabelTable(std::size_t columns) : columns_(columns) {}
    void add(std::string_view value) {
        text_ += value;
        ends_.push_back(static_cast<std::uint32_t>(text_.size()));
    }
    std::string_view at(std::size_t row, std::size_t column) const {
        const std::size_t i = row * columns_ + column;
        const std::uint32_t begin = i == 0 ? 0 : ends_[i - 1];
        return std::string_view(text_).substr(begin, ends_[i] - begin);
    }
    std::size_t columns() const { return columns_; }
    bool operator==(const LabelTable&) const = default;

  private:
    std::size_t columns_ = 0;
    std::string text_;
    std::vector<std::uint32_t> ends_;
};

// A value that was counted in whole steps, or was not.
using Number = std::variant<std::int64_t, std::uint64_t, double>;

struct HistogramPoint {
    std::vector<std::uint64_t> counts;  // not cumulative, one for each bound of the family, then +Inf
    double sum = 0;
    bool operator==(const HistogramPoint&) const = default;
    std::uint64_t count() const {
        std::uint64_t all = 0;
        for (const std::uint64_t n : counts) all += n;
        return all;
    }
};

// Buckets as OpenTelemetry counts them: bucket i holds values in (base^i, base^(i+1)] with base = 2^(2^-scale).
struct ExponentialPoint {
    struct Buckets {
        std::int32_t offset = 0;  // i of counts[0]
        std::vector<std::uint64_t> counts;
        bool operator==(const Buckets&) const = default;
    };
    std::int32_t scale = 0;
    std::uint64_t zero_count = 0;
    double sum = 0;
    Buckets positive, negative;  // negative: of the absolute values
    bool operator==(const ExponentialPoint&) const = default;
    std::uint64_t count() const {
        std::uint64_t all = zero_count;
        for (const std::uint64_t n : positive.counts) all += n;
        for (const std::uint64_t n : negative.counts) all += n;
        return all;
    }
};

// Quantiles of what was observed lately; count and sum of all that was ever observed.
struct SummaryPoint {
    std::vector<double> values;  // one for each quantile of the family; NaN if nothing was observed lately
    std::uint64_t count = 0;
    double sum = 0;
    bool operator==(const SummaryPoint&) const = default;
};

using Points = std::variant<std::vector<Number>, std::vector<HistogramPoint>, std::vector<ExponentialPoint>,
                            std::vector<SummaryPoint>>;

// Since when a point counts: since the start, or since the snapshot before.
enum class Temporality { cumulative, delta };

// One example of what was counted, with the ids of its trace (OpenMetrics 1.0: labels of at most 128 characters in
// all).
struct Exemplar {
    std::size_t row = 0;     // which series
    std::size_t bucket = 0;  // of a classic histogram; of an exponential one, how many are before it
    std::vector<std::pair<std::string, std::string>> labels;
    double value = 0;
    std::optional<WallTime> time;
    bool operator==(const Exemplar&) const = default;
};

struct Family {
    MetricType type = MetricType::gauge;
    std::string name;  // without _total and _info; any UTF-8
    std::string help;
    std::string unit;
    std::vector<std::string> label_names;
    std::vector<double> bounds;     // of a classic histogram, without +Inf
    std::vector<double> quantiles;  // of a summary, ascending, from 0 to 1
    LabelTable labels;              // one row for each point
    Points points;
    std::vector<Exemplar> exemplars;  // by row, then bucket
    Temporality temporality = Temporality::cumulative;
    std::optional<WallTime> start;  // if it is not the snapshot's
    bool is_observed = false;       // its values are asked for, not counted

    std::size_t size() const {
        return std::visit([](const auto& all) { return all.size(); }, points);
    }
    bool operator==(const Family&) const = default;
};

struct Snapshot {
    WallTime start;                 // since when is counted
    WallTime time;                  // when it was taken
    std::vector<Family> families;   // by name
    std::vector<std::string> lost;  // what a callback could not tell, and why
};

}  // namespace mizzen::telemetry
