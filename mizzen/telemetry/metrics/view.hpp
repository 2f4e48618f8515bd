// SPDX-License-Identifier: Apache-2.0
// View: metrics told in another way than they are declared, without touching the code that counts.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mizzen/telemetry/metrics/names.hpp"

namespace mizzen::telemetry {

// Given to a registry, for instance:
//
//     {.name = "shop_*", .remove_labels = {"user"}}                   series that become equal are added up
//     {.name = "shop_latency_seconds", .buckets = {0.1, 0.5, 1}}
//     {.type = MetricType::histogram, .exponential = true}            what OTEL_EXPORTER_OTLP_METRICS_DEFAULT_…
//                                                                     HISTOGRAM_AGGREGATION asks for
//     {.name = "*", .drop = true}, {.name = "shop_*"}                 these and no others
//
// All views that match a metric are applied in their order; where two say something of the same, the later one counts.
// (OpenTelemetry would make one metric of each view. Here a metric stays one, so that counting stays one addition.)
// What a view cannot do to a metric is left out, and Registry::warnings() says so. Source: OpenTelemetry specification,
// metrics/sdk, View.
struct View {
    // Which metrics: by the name, with or without _total and _info, where * stands for any characters and ? for one;
    // and by the type they are declared with.
    std::string name = "*";
    std::optional<MetricType> type = {};

    // Not counted at all: the handles are empty. A later view that matches brings the metric back.
    bool drop = false;
    // The name instead, any UTF-8, for a view that names one metric. _total and _info are added where they belong.
    std::string rename = {};
    std::string help = {};
    // Only these labels, or all but these; what any view removes is gone. Series that become equal are one: sums add
    // up, of gauges the last value counts.
    std::optional<std::vector<std::string>> keep_labels = {};
    std::vector<std::string> remove_labels = {};
    // Upper bounds of classic histograms: 1 to 64, finite, ascending.
    std::vector<double> buckets = {};
    // The most series of a metric with run-time labels.
    std::optional<std::uint32_t> cap = {};
    // Classic histograms become exponential ones.
    bool exponential = false;
};

}  // namespace mizzen::telemetry
