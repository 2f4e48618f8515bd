// SPDX-License-Identifier: Apache-2.0
// Names and labels of series.
#include <algorithm>
#include <iterator>

#include "mizzen/base/utf8.hpp"
#include "mizzen/telemetry/exposition/text_writer.hpp"
#include "mizzen/telemetry/remote_write/detail/series.hpp"

namespace mizzen::telemetry::remote_write {
namespace {

constexpr std::string_view name_label = "__name__";

std::string bound_text(double bound) {
    std::string text;
    append_float(text, bound);
    return text;
}

double as_double(const Number& number) {
    return std::visit([](auto value) { return static_cast<double>(value); }, number);
}

class FamilySeries {
  public:
    FamilySeries(const Family& family, const EncodeOptions& options, const std::function<void(const Series&)>& use)
        : family_(family), options_(options), use_(use), name_(escaped_name(family.name, options.escaping)) {
        for (const std::string& name : family.label_names)
            label_names_.push_back(escaped_label(name, options.escaping));
    }

    void tell(const std::vector<Number>& points) const {
        const std::string name = metric_name(family_, options_.escaping);
        const bool is_counter = family_.type == MetricType::counter;
        for (std::size_t row = 0; row < points.size(); ++row) {
            use_({.family = family_,
                  .labels = labels(row, name),
                  .value = as_double(points[row]),
                  .exemplars = exemplars(row, 0),
                  .has_start = is_counter});
        }
    }
    void tell(const std::vector<HistogramPoint>& points) const {
        std::vector<std::string> bounds;
        for (const double bound : family_.bounds) bounds.push_back(bound_text(bound));
        bounds.emplace_back("+Inf");
        for (std::size_t row = 0; row < points.size(); ++row) {
            std::uint64_t below = 0;
            for (std::size_t i = 0; i < bounds.size(); ++i) {
                below += points[row].counts.at(i);
                use_({.family = family_,
                      .labels = labels(row, name_ + "_bucket", "le", bounds[i]),
                      .value = static_cast<double>(below),
                      .exemplars = exemplars(row, i),
                      .has_start = true});
            }
            tell_totals(row, points[row].sum, below);
        }
    }
    void tell(const std::vector<ExponentialPoint>& points) const {
        for (std::size_t row = 0; row < points.size(); ++row) {
            use_({.family = family_,
                  .labels = labels(row, name_),
                  .histogram = &points[row],
                  .exemplars = exemplars(row, std::nullopt),
                  .has_start = true});
        }
    }
    void tell(const std::vector<SummaryPoint>& points) const {
        for (std::size_t row = 0; row < points.size(); ++row) {
            for (std::size_t i = 0; i < family_.quantiles.size(); ++i) {
                use_({.family = family_,
                      .labels = labels(row, name_, "quantile", bound_text(family_.quantiles[i])),
                      .value = points[row].values.at(i)});
            }
            tell_totals(row, points[row].sum, points[row].count);
        }
    }

  private:
    void tell_totals(std::size_t row, double sum, std::uint64_t count) const {
        use_({.family = family_, .labels = labels(row, name_ + "_sum"), .value = sum, .has_start = true});
        use_({.family = family_,
              .labels = labels(row, name_ + "_count"),
              .value = static_cast<double>(count),
              .has_start = true});
    }

    // Of names that are equal the first counts: the metric's name, what the format adds, the series' own, those put to
    // all.
    std::vector<Label> labels(std::size_t row, std::string name, std::string_view extra_name = "",
                              std::string_view extra_value = "") const {
        std::vector<Label> all;
        const auto add = [&](std::string_view label, std::string_view value) {
            if (!value.empty() && std::ranges::find(all, label, &Label::name) == all.end())
                all.push_back({std::string(label), to_valid_utf8(value)});
        };
        add(name_label, name);
        add(extra_name, extra_value);
        for (std::size_t i = 0; i < label_names_.size(); ++i) add(label_names_[i], family_.labels.at(row, i));
        for (const auto& [label, value] : options_.labels) add(label, value);
        std::ranges::sort(all);
        return all;
    }

    std::vector<const Exemplar*> exemplars(std::size_t row, std::optional<std::size_t> bucket) const {
        std::vector<const Exemplar*> found;
        const auto of_row = std::ranges::equal_range(family_.exemplars, row, {}, &Exemplar::row);
        for (const Exemplar& exemplar : of_row)
            if (!bucket || exemplar.bucket == *bucket) found.push_back(&exemplar);
        return found;
    }

    const Family& family_;
    const EncodeOptions& options_;
    const std::function<void(const Series&)>& use_;
    std::string name_;
    std::vector<std::string> label_names_;
};

}  // namespace

std::string metric_name(const Family& family, Escaping escaping) {
    const std::string_view suffix = family.type == MetricType::counter ? "_total"
                                    : family.type == MetricType::info  ? "_info"
                                                                       : "";
    return escaped_name(family.name + std::string(suffix), escaping);
}

std::int64_t milliseconds(WallTime time) {
    return std::chrono::floor<std::chrono::milliseconds>(time).time_since_epoch().count();
}

std::int64_t start_milliseconds(const Snapshot& snapshot, const Family& family) {
    const std::int64_t start = milliseconds(family.start.value_or(snapshot.start));
    return start < milliseconds(snapshot.time) ? start : 0;
}

void for_each_series(const Snapshot& snapshot, const EncodeOptions& options,
                     const std::function<void(const Series&)>& use) {
    for (const Family& family : snapshot.families) {
        if (family.temporality == Temporality::delta) continue;
        const FamilySeries series(family, options, use);
        std::visit([&](const auto& points) { series.tell(points); }, family.points);
    }
}

std::uint64_t points_of(const Snapshot& snapshot) {
    std::uint64_t points = 0;
    for (const Family& family : snapshot.families) {
        if (family.temporality == Temporality::delta) continue;
        const bool is_classic = std::holds_alternative<std::vector<HistogramPoint>>(family.points);
        const bool is_summary = std::holds_alternative<std::vector<SummaryPoint>>(family.points);
        const std::size_t each = is_classic ? family.bounds.size() + 3 : is_summary ? family.quantiles.size() + 2 : 1;
        points += each * family.size();
    }
    return points;
}

}  // namespace mizzen::telemetry::remote_write
