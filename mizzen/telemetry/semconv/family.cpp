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

// All names of a table begin with the same word, so most tables need no look into them.
template <class Convention>
bool may_have(std::span<const Convention> table, std::string_view text) {
    const std::string_view name = table.front().name, word = name.substr(0, name.find('.'));
    return text.size() > word.size() && text[word.size()] == '_' && text.starts_with(word);
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

std::string family_of(std::string_view metric) {
    const Metric* found = find_metric(metric);
    return found ? family_of(*found) : std::string();
}

const Metric* metric_of_family(std::string_view family, MetricType type) {
    if (family == "otel_sdk_log_records" && type == MetricType::counter) return find_metric("otel.sdk.log.created");
    for (const auto table : metric_tables) {
        if (!may_have(table, family)) continue;
        for (const Metric& metric : table)
            if (begins_as(family, metric.name) && in_prometheus(metric.type) == in_prometheus(type) &&
                family_of(metric) == family)
                return &metric;
    }
    return nullptr;
}

const Attribute* find_attribute_of_label(std::string_view label) {
    for (const auto table : attribute_tables) {
        if (!may_have(table, label)) continue;
        for (const Attribute& attribute : table)
            if (attribute.name.size() == label.size() && begins_as(label, attribute.name) &&
                attribute.type != Type::text_by_key && attribute.type != Type::texts_by_key)
                return &attribute;
    }
    return nullptr;
}

std::string_view attribute_of_label(std::string_view label) {
    const Attribute* attribute = find_attribute_of_label(label);
    return attribute ? attribute->name : std::string_view();
}

}  // namespace mizzen::telemetry::semconv
