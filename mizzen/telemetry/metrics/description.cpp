// SPDX-License-Identifier: Apache-2.0
// What follows from a metric's type: how many cells, which names.
#include "mizzen/telemetry/metrics/description.hpp"

#include "mizzen/telemetry/metrics/exponential.hpp"

namespace mizzen::telemetry::detail {

std::uint32_t Description::cells() const {
    switch (type) {
        case MetricType::histogram:
            return static_cast<std::uint32_t>(bounds.size()) + 2;
        case MetricType::exponential_histogram:
            return exponential_cells;
        case MetricType::summary:
            return summary_cells;
        default:
            return 1;
    }
}

std::vector<std::string> Description::sample_names() const {
    const std::string family(family_name(type, name));
    std::vector<std::string> all = {family};
    const auto add = [&](std::initializer_list<const char*> suffixes) {
        for (const char* suffix : suffixes) all.push_back(family + suffix);
    };
    if (type == MetricType::counter) add({"_total", "_created"});
    if (type == MetricType::info) add({"_info"});
    if (type == MetricType::histogram || type == MetricType::exponential_histogram)
        add({"_bucket", "_count", "_sum", "_created"});
    if (type == MetricType::summary) add({"_count", "_sum", "_created"});
    return all;
}

}  // namespace mizzen::telemetry::detail
