// SPDX-License-Identifier: Apache-2.0
// SummaryWindow: from all that was ever counted to quantiles of the last minutes.
#pragma once
#include <deque>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "mizzen/base/time.hpp"
#include "mizzen/telemetry/metrics/cells.hpp"
#include "mizzen/telemetry/metrics/snapshot.hpp"

namespace mizzen::telemetry::detail {

// Keeps readings of a family's series from the last window, at most one a step, and tells what came after the oldest.
// Memory: for each series and step the buckets that are in use, 8 bytes each. Any thread may read.
class SummaryWindow {
  public:
    // Of `start` all series were at zero.
    SummaryWindow(std::vector<double> quantiles, Duration length, int steps, WallTime start);

    // The summaries of these series, now. A series keeps its slot for good.
    std::vector<SummaryPoint> read(const std::vector<Slot>& series, WallTime now);

  private:
    struct Mark {
        Duration age = {};
        std::unordered_map<Slot, ExponentialPoint> readings;  // a series that is missing had counted nothing
    };
    void grow_older(WallTime now);

    const std::vector<double> quantiles_;
    const Duration length_, step_;
    std::mutex mutex_;        // guards what follows
    WallTime last_;           // when it was last read
    std::deque<Mark> marks_;  // the oldest first, never empty
};

}  // namespace mizzen::telemetry::detail
