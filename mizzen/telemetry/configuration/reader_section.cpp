// SPDX-License-Identifier: Apache-2.0
// Metric readers: what they send, how often, how much of it.
#include <algorithm>
#include <array>

#include "mizzen/telemetry/configuration/detail/sections.hpp"
#include "mizzen/telemetry/configuration/detail/view_section.hpp"

namespace mizzen::telemetry {
namespace {

using otlp::Signal;

struct Caps {
    std::vector<std::pair<std::optional<MetricType>, std::uint32_t>> by_type;  // the general one first
    bool operator==(const Caps&) const = default;
};

Caps read_caps(const Node& reader) {
    Caps caps;
    const auto limits = reader.find("cardinality_limits");
    if (!limits) return caps;
    limits->expect_members({"default", "counter", "gauge", "histogram", "up_down_counter", "observable_counter",
                            "observable_gauge", "observable_up_down_counter"});
    limits->refuse({"observable_counter", "observable_gauge", "observable_up_down_counter"},
                   "what is observed is bounded like what is counted; take counter, gauge or up_down_counter");
    static constexpr std::pair<std::string_view, std::optional<MetricType>> types[] = {
        {"default", std::nullopt},
        {"counter", MetricType::counter},
        {"gauge", MetricType::gauge},
        {"histogram", MetricType::histogram},
        {"up_down_counter", MetricType::up_down_counter}};
    for (const auto& [key, type] : types)
        if (const auto cap = limits->find(key)) caps.by_type.emplace_back(type, cap->number(1));
    return caps;
}

Output read_periodic(const Node& node) {
    node.expect_members(
        {"interval", "timeout", "max_export_batch_size/development", "exporter", "producers", "cardinality_limits"});
    node.refuse({"max_export_batch_size/development", "producers"}, "leave it out");
    Output output = read_exporter(node.get("exporter"), Signal::metrics);
    if (const auto interval = node.find("interval"))
        output.reader.interval = std::chrono::milliseconds(interval->number(1));
    if (const auto timeout = node.find("timeout")) output.reader.timeout = timeout->timeout();
    return output;
}

void read_prometheus_names(const Node& node) {
    const auto always = [&](std::string_view key, bool what, std::string_view why) {
        const auto flag = node.find(key);
        if (flag && flag->flag() != what) flag->fail("not supported here: " + std::string(why) + "; leave it out");
    };
    always("scope_info_enabled", false, "there are no labels for scopes");
    always("without_scope_info", true, "there are no labels for scopes");
    always("target_info_enabled/development", false, "there is no target_info");
    always("without_target_info/development", true, "there is no target_info");
    node.refuse({"resource_constant_labels", "with_resource_constant_labels"}, "labels are those of the metrics");
    if (const auto strategy = node.find("translation_strategy");
        strategy && strategy->text() != "underscore_escaping_with_suffixes")
        strategy->fail("not supported here: each scrape asks for the escaping it wants; leave it out");
}

Output read_pull(const Node& node) {
    node.expect_members({"exporter", "producers", "cardinality_limits"});
    node.refuse({"producers"}, "leave it out");
    const Node options = node.get("exporter").only({"prometheus/development"}).second;
    options.expect_members({"host", "port", "scope_info_enabled", "without_scope_info",
                            "target_info_enabled/development", "without_target_info/development",
                            "resource_constant_labels", "with_resource_constant_labels", "translation_strategy"});
    read_prometheus_names(options);
    Output output{.kind = ExporterKind::prometheus};
    if (const auto host = options.find("host")) output.host = host->text();
    if (const auto port = options.find("port")) output.port = static_cast<int>(port->number(0, 65535));
    return output;
}

// Whether the exporter asks for exponential histograms.
bool wants_exponential(const Node& periodic) {
    static constexpr std::pair<std::string_view, bool> aggregations[] = {{"explicit_bucket_histogram", false},
                                                                         {"base2_exponential_bucket_histogram", true}};
    const json::Value& exporter = periodic.get("exporter").value();
    const auto [kind, options] = periodic.get("exporter").only({exporter.as_object().begin()->key});
    const auto aggregation = options.find("default_histogram_aggregation");
    return aggregation && aggregation->choice(aggregations);
}

// All readers read one registry, so what they want of it has to be the same.
void read_readers(const Node& node, Configuration& out) {
    std::optional<Caps> caps;
    std::optional<bool> is_exponential;
    for (const Node& each : node.items()) {
        const auto [kind, options] = each.only({"periodic", "pull"});
        const bool is_periodic = kind == "periodic";
        Output output = is_periodic ? read_periodic(options) : read_pull(options);
        const auto has = [&](ExporterKind other) {
            return std::ranges::find(out.metrics, other, &Output::kind) != out.metrics.end();
        };
        for (const ExporterKind single : {ExporterKind::prometheus, ExporterKind::console})
            if (output.kind == single && has(single)) each.fail("there can be one such reader; leave this one out");
        const Caps wanted = read_caps(options);
        if (caps && *caps != wanted)
            each.fail("not supported here: other cardinality_limits than another reader has; all readers share them");
        const bool exponential = is_periodic && wants_exponential(options);
        if (is_exponential && *is_exponential != exponential)
            each.fail(
                "not supported here: another default_histogram_aggregation than another reader has (Prometheus has "
                "explicit_bucket_histogram); all readers share their histograms");
        caps = wanted;
        is_exponential = exponential;
        out.metrics.push_back(std::move(output));
    }
    if (is_exponential.value_or(false)) out.views.push_back(exponential_histograms());
    for (const auto& [type, cap] : caps.value_or(Caps{}).by_type) out.views.push_back({.type = type, .cap = cap});
}

}  // namespace

void read_meter_provider(const Node& node, Configuration& out) {
    static constexpr std::pair<std::string_view, ExemplarFilter> filters[] = {
        {"always_on", ExemplarFilter::always_on},
        {"always_off", ExemplarFilter::always_off},
        {"trace_based", ExemplarFilter::trace_based}};
    node.expect_members({"readers", "views", "exemplar_filter", "meter_configurator/development"});
    node.refuse({"meter_configurator/development"}, "a view with the aggregation drop does it");
    out.metrics.clear();
    read_readers(node.get("readers"), out);
    if (const auto filter = node.find("exemplar_filter")) out.exemplar_filter = filter->choice(filters);
    if (const auto views = node.find("views"))
        for (const Node& each : views->items())
            for (View& view : read_view(each)) out.views.push_back(std::move(view));
}

}  // namespace mizzen::telemetry
