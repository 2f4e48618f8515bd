// SPDX-License-Identifier: Apache-2.0
// Description: what a metric is, as a plain value.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "mizzen/base/time.hpp"
#include "mizzen/telemetry/metrics/names.hpp"
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
    std::vector<double> quantiles;    // of a summary
    Duration window = {};             // of a summary
    int window_steps = 0;             // of a summary
    std::uint32_t cap = 0;            // 0: the label set is closed
    std::size_t rows = 0;             // of a closed set
    LabelTable labels;                // of a closed set
    std::vector<std::string> states;  // of a state set
    bool operator==(const Description&) const = default;

    std::uint32_t cells() const;  // of one series
    bool has_cells_together() const { return type == MetricType::exponential_histogram || type == MetricType::summary; }
    // The names of all samples that the metric may have in OpenMetrics, which no other metric may use.
    std::vector<std::string> sample_names() const;
};

}  // namespace mizzen::telemetry::detail
