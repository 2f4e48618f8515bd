// SPDX-License-Identifier: Apache-2.0
// Selectors and streams.
#include "mizzen/telemetry/configuration/detail/view_section.hpp"

#include <algorithm>

#include "mizzen/base/error.hpp"
#include "mizzen/telemetry/metrics/applied_views.hpp"
#include "mizzen/telemetry/semconv/family.hpp"
#include "mizzen/telemetry/semconv/prometheus_name.hpp"

namespace mizzen::telemetry {
namespace {

// Source: OpenTelemetry specification, metrics/sdk, Explicit bucket histogram aggregation.
constexpr double default_bounds[] = {0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000};

std::string declared_name(const std::string& instrument) {
    std::string family = semconv::family_of(instrument);
    return family.empty() ? instrument : family;
}

void read_selector(const Node& node, View& view) {
    static constexpr std::pair<std::string_view, MetricType> types[] = {
        {"counter", MetricType::counter},
        {"gauge", MetricType::gauge},
        {"histogram", MetricType::histogram},
        {"up_down_counter", MetricType::up_down_counter}};
    node.expect_members(
        {"instrument_name", "instrument_type", "unit", "meter_name", "meter_version", "meter_schema_url"});
    node.refuse({"unit", "meter_name", "meter_version", "meter_schema_url"},
                "select by instrument_name and instrument_type");
    if (const auto name = node.find("instrument_name")) view.name = declared_name(name->text());
    if (const auto type = node.find("instrument_type")) {
        if (type->text().starts_with("observable_"))
            type->fail(
                "not supported here: what is observed is of the same type as what is counted; take it without "
                "observable_");
        view.type = type->choice(types);
    }
}

void read_buckets(const Node& node, View& view) {
    node.expect_members({"boundaries", "record_min_max"});
    if (const auto flag = node.find("record_min_max"); flag && flag->flag())
        flag->warn("the least and the greatest value are not recorded");
    view.buckets.assign(std::begin(default_bounds), std::end(default_bounds));
    const auto bounds = node.find("boundaries");
    if (!bounds) return;
    view.buckets.clear();
    for (const Node& each : bounds->items()) view.buckets.push_back(each.real(-1.7e308, 1.7e308));
}

void read_exponential(const Node& node, View& view) {
    node.expect_members({"max_scale", "max_size", "record_min_max"});
    if (const auto flag = node.find("record_min_max"); flag && flag->flag())
        flag->warn("the least and the greatest value are not recorded");
    if (const auto scale = node.find("max_scale"); scale && scale->number(0, 20) < 8)
        scale->fail("not supported here: histograms begin at scale 8; leave it out");
    if (const auto size = node.find("max_size"); size && size->number(2) != 160)
        size->fail("not supported here: a side has 160 buckets; leave it out");
    view.exponential = true;
}

void read_aggregation(const Node& node, View& view) {
    const auto [kind, options] = node.only(
        {"default", "drop", "explicit_bucket_histogram", "base2_exponential_bucket_histogram", "last_value", "sum"});
    if (kind == "explicit_bucket_histogram") return read_buckets(options, view);
    if (kind == "base2_exponential_bucket_histogram") return read_exponential(options, view);
    options.expect_members({});
    if (kind == "drop") view.drop = true;
    const bool is_sum = view.type == MetricType::counter || view.type == MetricType::up_down_counter;
    if ((kind == "sum" && !is_sum) || (kind == "last_value" && view.type != MetricType::gauge))
        options.fail("not supported here: sums and gauges stay what they are declared as; leave it out");
}

// What is included without what is excluded.
void read_attribute_keys(const Node& node, View& view) {
    node.expect_members({"included", "excluded"});
    std::vector<std::string> excluded;
    if (const auto names = node.find("excluded"))
        for (const std::string& name : names->names()) excluded.push_back(semconv::prometheus_label(name));
    const auto names = node.find("included");
    if (!names) return void(view.remove_labels = std::move(excluded));
    view.keep_labels.emplace();
    for (const std::string& name : names->names())
        if (std::string label = semconv::prometheus_label(name); std::ranges::find(excluded, label) == excluded.end())
            view.keep_labels->push_back(std::move(label));
}

void read_stream(const Node& node, View& view) {
    node.expect_members({"name", "description", "aggregation", "aggregation_cardinality_limit", "attribute_keys"});
    if (const auto name = node.find("name")) view.rename = name->text();
    if (const auto help = node.find("description")) view.help = help->text();
    if (const auto aggregation = node.find("aggregation")) read_aggregation(*aggregation, view);
    if (const auto cap = node.find("aggregation_cardinality_limit"))
        view.cap = static_cast<std::uint32_t>(cap->number(1));
    if (const auto keys = node.find("attribute_keys")) read_attribute_keys(*keys, view);
}

}  // namespace

std::vector<View> read_view(const Node& node) {
    node.expect_members({"selector", "stream"});
    View view;
    read_selector(node.get("selector"), view);
    read_stream(node.get("stream"), view);
    try {
        detail::check({&view, 1});
    } catch (const Error& error) {
        node.fail(error.message());
    }
    std::vector<View> views = {view};
    if (view.type == MetricType::histogram && view.buckets.empty() && !view.exponential) {
        view.type = MetricType::exponential_histogram;
        views.push_back(std::move(view));
    }
    return views;
}

}  // namespace mizzen::telemetry
