// SPDX-License-Identifier: Apache-2.0
// Names of Prometheus to names of the conventions.
#include "mizzen/telemetry/otlp/detail/family_names.hpp"

#include <algorithm>
#include <charconv>

#include "mizzen/telemetry/metrics/series_table.hpp"
#include "mizzen/telemetry/otlp/detail/encode_unit.hpp"
#include "mizzen/telemetry/semconv/family.hpp"

namespace mizzen::telemetry::otlp {
namespace {

LabelName name_of(const Family& family, const std::string& label) {
    if (label == overflow_label) return {"otel.metric.overflow", semconv::Type::boolean};
    const semconv::Attribute* attribute = semconv::find_attribute_of_label(label);
    if (!attribute || std::ranges::find(family.label_names, attribute->name) != family.label_names.end())
        return {label};
    return {attribute->name, attribute->type};
}

}  // namespace

FamilyNames names_of(const Family& family) {
    FamilyNames out;
    if (const semconv::Metric* metric = semconv::metric_of_family(family.name, family.type)) {
        out.name = metric->name;
        out.unit = metric->unit;
    } else {
        out.name = family.type == MetricType::info ? family.name + "_info" : family.name;
        out.unit = to_ucum(family.unit);
    }
    out.labels.reserve(family.label_names.size());
    for (const std::string& label : family.label_names) out.labels.push_back(name_of(family, label));
    return out;
}

std::optional<std::int64_t> integer_of(std::string_view text) {
    std::int64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc{} || stop != end || text.starts_with("-0") || (text.size() > 1 && text[0] == '0'))
        return std::nullopt;
    return number;
}

}  // namespace mizzen::telemetry::otlp
