// SPDX-License-Identifier: Apache-2.0
// What a callback tells, as a family.
#include <exception>
#include <map>

#include "mizzen/telemetry/metrics/detail/observed_family.hpp"

namespace mizzen::telemetry::detail {
namespace {

// Of a series told twice the last value counts; but sums add up where a view has made two series one. What comes after
// the cap is summed up, or, of gauges, left out: a sum of gauges says nothing.
class Told {
  public:
    explicit Told(const Viewed& viewed)
        : d_(viewed.description),
          columns_(viewed.columns),
          adds_up_(viewed.columns && viewed.description.type != MetricType::gauge) {}

    void tell(std::span<const std::string_view> values, double value) {
        std::vector<std::string> key = key_of(values);
        if (const auto found = values_.find(key); found != values_.end())
            found->second = adds_up_ ? found->second + value : value;
        else if (values_.size() < d_.cap)
            values_.emplace(std::move(key), value);
        else {
            overflow_ += value;
            ++overflowed_;
        }
    }

    Family family() const {
        const bool has_overflow = overflowed_ > 0 && d_.type != MetricType::gauge;
        Family out{.type = d_.type,
                   .name = std::string(family_name(d_.type, d_.name)),
                   .help = d_.help,
                   .unit = d_.unit,
                   .label_names = d_.label_names,
                   .labels = LabelTable(d_.label_names.size() + has_overflow),
                   .is_observed = true};
        std::vector<Number> points;
        for (const auto& [key, value] : values_) {
            for (const std::string& each : key) out.labels.add(each);
            if (has_overflow) out.labels.add("");
            points.emplace_back(value);
        }
        if (has_overflow) {
            for (std::size_t i = 0; i < d_.label_names.size(); ++i) out.labels.add("");
            out.labels.add("true");
            out.label_names.emplace_back(overflow_label);
            points.emplace_back(overflow_);
        }
        out.points = std::move(points);
        return out;
    }
    std::size_t left_out() const { return d_.type == MetricType::gauge ? overflowed_ : 0; }

  private:
    std::vector<std::string> key_of(std::span<const std::string_view> values) const {
        std::vector<std::string> key;
        const auto add = [&](std::string_view value) { key.push_back(canonical_value(value)); };
        if (columns_)
            for (const std::size_t column : *columns_) add(values[column]);
        else
            for (const std::string_view value : values) add(value);
        return key;
    }

    const Description& d_;
    const std::optional<std::vector<std::size_t>>& columns_;
    const bool adds_up_;
    std::map<std::vector<std::string>, double> values_;
    double overflow_ = 0;
    std::size_t overflowed_ = 0;
};

}  // namespace

void read(std::span<const std::shared_ptr<ObservedFamily>> of_one_name, Snapshot& snapshot) {
    const Viewed& viewed = of_one_name.front()->viewed;
    const Description& d = viewed.description;
    Told told(viewed);
    bool is_asked = false;
    for (const auto& observed : of_one_name) {
        const std::lock_guard lock(observed->mutex);
        if (!observed->registry) continue;
        is_asked = true;
        try {
            observed->ask([&](std::span<const std::string_view> values, double value) { told.tell(values, value); },
                          snapshot.time);
        } catch (const std::exception& e) {  // a scrape must not fail because of one metric
            snapshot.lost.push_back(d.name + ": its callback failed: " + e.what());
            return;
        }
    }
    if (!is_asked) return;
    snapshot.families.push_back(told.family());
    if (told.left_out() > 0)
        snapshot.lost.push_back(d.name + ": " + std::to_string(told.left_out()) + " series are over the cap of " +
                                std::to_string(d.cap));
}

}  // namespace mizzen::telemetry::detail
