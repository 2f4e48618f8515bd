// SPDX-License-Identifier: Apache-2.0
#include "mizzen/telemetry/semconv/family.hpp"

#include "mizzen/telemetry/semconv/conventions.hpp"
#include "mizzen/telemetry/semconv/prometheus_name.hpp"

namespace mizzen::telemetry::semconv {
namespace {

// Whether `text` begins as the convention's name does in Prometheus. The names in the tables need no more than that.
bool begins_as(std::string_view text, std::string_view name) {
    if (text.size() < name.size()) return false;
    for (std::size_t i = 0; i < name.size(); ++i)
        if (text[i] != (name[i] == '.' ? '_' : name[i])) return false;
    return true;
}

MetricType in_prometheus(MetricType type) {
    if (type == MetricType::up_down_counter) return MetricType::gauge;
    if (type == MetricType::exponential_histogram) return MetricType::histogram;
    return type;
}

}  // namespace

std::string family_of(const Metric& metric) {
    return std::string(family_name(metric.type, prometheus_name(metric.name, metric.unit, metric.type)));
}

const Metric* metric_of_family(std::string_view family, MetricType type) {
    for (const auto table : metric_tables)
        for (const Metric& metric : table)
            if (begins_as(family, metric.name) && in_prometheus(metric.type) == in_prometheus(type) &&
                family_of(metric) == family)
                return &metric;
    return nullptr;
}

std::string_view attribute_of_label(std::string_view label) {
    for (const auto table : attribute_tables)
        for (const Attribute& attribute : table)
            if (attribute.name.size() == label.size() && begins_as(label, attribute.name) &&
                attribute.type != Type::text_by_key && attribute.type != Type::texts_by_key)
                return attribute.name;
    return {};
}

}  // namespace mizzen::telemetry::semconv
