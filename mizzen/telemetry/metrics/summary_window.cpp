// SPDX-License-Identifier: Apache-2.0
// Marks have an age, not a time, so that a clock that is set back makes none of them older or younger.
#include "mizzen/telemetry/metrics/summary_window.hpp"

#include <algorithm>
#include <utility>

#include "mizzen/telemetry/metrics/exponential.hpp"

namespace mizzen::telemetry::detail {
namespace {

// Without overflow, whatever the clocks say; no more than `most`.
Duration elapsed(WallTime from, WallTime to, Duration most) {
    if (to <= from) return {};
    const auto difference = static_cast<std::uint64_t>(to.time_since_epoch().count()) -
                            static_cast<std::uint64_t>(from.time_since_epoch().count());
    return Duration(static_cast<std::int64_t>(std::min(difference, static_cast<std::uint64_t>(most.count()))));
}

}  // namespace

SummaryWindow::SummaryWindow(std::vector<double> quantiles, Duration length, int steps, WallTime start)
    : quantiles_(std::move(quantiles)), length_(length), step_(length / steps), last_(start) {
    marks_.push_back({});
}

void SummaryWindow::grow_older(WallTime now) {
    const Duration too_old = length_ + Duration(1);
    const Duration passed = elapsed(last_, now, too_old);
    last_ = now;
    for (Mark& mark : marks_) mark.age = std::min(mark.age + passed, too_old);
    while (marks_.size() > 1 && marks_.front().age > length_ && marks_[1].age >= length_ - step_) marks_.pop_front();
}

std::vector<SummaryPoint> SummaryWindow::read(const std::vector<Slot>& series, WallTime now) {
    const std::lock_guard lock(mutex_);
    grow_older(now);
    std::vector<SummaryPoint> points;
    Mark mark;
    for (const Slot slot : series) {
        ExponentialPoint reading = read_summary(slot);
        SummaryPoint& point = points.emplace_back();
        point.count = reading.count();
        point.sum = reading.sum;
        const auto before = marks_.front().readings.find(slot);
        const bool is_new = before == marks_.front().readings.end();
        const ExponentialPoint recent = is_new ? reading : difference(reading, before->second);
        for (const double q : quantiles_) point.values.push_back(quantile(recent, q));
        if (point.count > 0) mark.readings.emplace(slot, std::move(reading));
    }
    if (marks_.back().age >= step_) marks_.push_back(std::move(mark));
    return points;
}

}  // namespace mizzen::telemetry::detail
