// SPDX-License-Identifier: Apache-2.0
// All variables, one after the other.
#include "mizzen/telemetry/environment/environment.hpp"

#include <algorithm>

#include "mizzen/base/text.hpp"
#include "mizzen/telemetry/configuration/file.hpp"
#include "mizzen/telemetry/environment/detail/otlp_target.hpp"
#include "mizzen/telemetry/environment/detail/resource_variables.hpp"
#include "mizzen/telemetry/environment/detail/values.hpp"
#include "mizzen/telemetry/trace/propagator.hpp"
#include "mizzen/telemetry/trace/sampler.hpp"

namespace mizzen::telemetry {
namespace {

// What is named and known, each once; otlp if nothing is. "none" is for none at all.
std::vector<ExporterKind> read_exporters(const Variables& variables, const std::string& name, bool has_prometheus) {
    std::vector<ExporterKind> kinds;
    const auto text = variables.text(name);
    if (!text) return {ExporterKind::otlp};
    bool none = false;
    for (const std::string_view part : split(*text, ',')) {
        const std::string kind = to_lower(trim(part));
        std::optional<ExporterKind> known;
        if (kind == "otlp") known = ExporterKind::otlp;
        if (kind == "otlp/stdout") known = ExporterKind::file;
        if (kind == "console") known = ExporterKind::console;
        if (kind == "prometheus" && has_prometheus) known = ExporterKind::prometheus;
        none = none || kind == "none";
        if (known && std::find(kinds.begin(), kinds.end(), *known) == kinds.end()) kinds.push_back(*known);
        if (known || kind == "none" || kind.empty()) continue;
        variables.warn(name, "unknown exporter \"" + kind + "\" is left out. There are otlp, otlp/stdout, console, " +
                                 (has_prometheus ? "prometheus, " : "") + "none");
    }
    if (none && !kinds.empty()) variables.warn(name, "none does not go together with others; none of them is used");
    if (none) return {};
    if (kinds.empty()) return {ExporterKind::otlp};
    return kinds;
}

void read_trace_choices(const Variables& variables, Configuration& out) {
    variables.read("OTEL_PROPAGATORS", out.propagators);
    variables.read("OTEL_TRACES_SAMPLER", out.sampler);
    variables.read("OTEL_TRACES_SAMPLER_ARG", out.sampler_argument);
    for (auto& warning : configure_propagator(out.propagators).warnings) out.warnings.push_back(std::move(warning));
    for (auto& warning : configure_sampler(out.sampler, out.sampler_argument).warnings)
        out.warnings.push_back(std::move(warning));
}

void read_batches(const Variables& variables, const std::string& prefix, BatchLimits& limits) {
    variables.read(prefix + "SCHEDULE_DELAY", limits.delay);
    variables.read_timeout(prefix + "EXPORT_TIMEOUT", limits.export_timeout);
    variables.read(prefix + "MAX_QUEUE_SIZE", limits.queue);
    variables.read(prefix + "MAX_EXPORT_BATCH_SIZE", limits.batch);
    if (limits.queue == 0 || limits.batch == 0) variables.warn(prefix + "MAX_*_SIZE", "0 counts as 1");
    limits.queue = std::max<std::size_t>(limits.queue, 1);
    limits.batch = std::max<std::size_t>(limits.batch, 1);
    if (limits.batch <= limits.queue) return;
    variables.warn(prefix + "MAX_EXPORT_BATCH_SIZE",
                   "a batch cannot be larger than the queue, " + std::to_string(limits.queue) + "; that is used");
    limits.batch = limits.queue;
}

void read_limits(const Variables& variables, Configuration& out) {
    AttributeLimits general;
    variables.read("OTEL_ATTRIBUTE_COUNT_LIMIT", general.count);
    variables.read("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", general.value_length);
    out.span_limits.attributes = out.log_limits = general;
    variables.read("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", out.span_limits.attributes.count);
    variables.read("OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", out.span_limits.attributes.value_length);
    variables.read("OTEL_SPAN_EVENT_COUNT_LIMIT", out.span_limits.events);
    variables.read("OTEL_SPAN_LINK_COUNT_LIMIT", out.span_limits.links);
    variables.read("OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT", out.span_limits.event_attributes);
    variables.read("OTEL_LINK_ATTRIBUTE_COUNT_LIMIT", out.span_limits.link_attributes);
    variables.read("OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT", out.log_limits.count);
    variables.read("OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT", out.log_limits.value_length);
}

void read_temporality(const Variables& variables, TemporalityPreference& temporality) {
    static constexpr std::pair<std::string_view, TemporalityPreference> preferences[] = {
        {"cumulative", TemporalityPreference::cumulative},
        {"delta", TemporalityPreference::delta},
        {"lowmemory", TemporalityPreference::low_memory}};
    variables.read_enum("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE", preferences, temporality);
}

std::vector<Output> read_outputs(const Variables& variables, otlp::Signal signal) {
    const bool is_metrics = signal == otlp::Signal::metrics, is_logs = signal == otlp::Signal::logs;
    Output output;
    if (is_metrics) {
        variables.read("OTEL_METRIC_EXPORT_INTERVAL", output.reader.interval);
        variables.read_timeout("OTEL_METRIC_EXPORT_TIMEOUT", output.reader.timeout);
        read_temporality(variables, output.reader.temporality);
        variables.read("OTEL_EXPORTER_PROMETHEUS_HOST", output.host);
        variables.read_port("OTEL_EXPORTER_PROMETHEUS_PORT", output.port);
    } else {
        if (is_logs) output.batches = default_log_batches;
        read_batches(variables, is_logs ? "OTEL_BLRP_" : "OTEL_BSP_", output.batches);
    }
    const std::string name = is_metrics ? "METRICS" : is_logs ? "LOGS" : "TRACES";
    std::vector<Output> outputs;
    for (const ExporterKind kind : read_exporters(variables, "OTEL_" + name + "_EXPORTER", is_metrics)) {
        output.kind = kind;
        if (kind == ExporterKind::otlp) output.otlp = read_otlp_target(variables, signal);
        outputs.push_back(output);
    }
    return outputs;
}

void read_exemplar_filter(const Variables& variables, ExemplarFilter& filter) {
    static constexpr std::pair<std::string_view, ExemplarFilter> filters[] = {
        {"always_on", ExemplarFilter::always_on},
        {"always_off", ExemplarFilter::always_off},
        {"trace_based", ExemplarFilter::trace_based}};
    variables.read_enum("OTEL_METRICS_EXEMPLAR_FILTER", filters, filter);
}

void read_log_level(const Variables& variables, std::optional<Severity>& level) {
    using Level = std::optional<Severity>;
    static constexpr std::pair<std::string_view, Level> levels[] = {
        {"trace", Severity::trace}, {"debug", Severity::debug}, {"info", Severity::info}, {"warn", Severity::warn},
        {"error", Severity::error}, {"fatal", Severity::fatal}, {"none", Level()}};
    variables.read_enum("OTEL_LOG_LEVEL", levels, level);
}

// OTLP alone, in a registry that all readers share: where Prometheus reads it too, what it scrapes must not lose its
// buckets, so they stay.
void read_histogram_aggregation(const Variables& variables, Configuration& out) {
    const std::string name = "OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION";
    static constexpr std::pair<std::string_view, bool> aggregations[] = {{"explicit_bucket_histogram", false},
                                                                         {"base2_exponential_bucket_histogram", true}};
    bool is_exponential = false;
    variables.read_enum(name, aggregations, is_exponential);
    if (!is_exponential) return;
    const auto has = [&](ExporterKind kind) {
        return std::ranges::find(out.metrics, kind, &Output::kind) != out.metrics.end();
    };
    if (has(ExporterKind::prometheus))
        return variables.warn(name,
                              "Prometheus reads the same histograms, so they keep their buckets; leave "
                              "\"prometheus\" out of OTEL_METRICS_EXPORTER to have exponential ones");
    if (has(ExporterKind::otlp) || has(ExporterKind::file)) out.views.push_back(exponential_histograms());
}

void warn_of_what_is_not_there(const Variables& variables) {
    for (const char* name :
         {"OTEL_EXPORTER_ZIPKIN_ENDPOINT", "OTEL_EXPORTER_ZIPKIN_TIMEOUT", "OTEL_EXPORTER_ZIPKIN_PROTOCOL"})
        if (variables.text(name))
            variables.warn(name, "there is no exporter for Zipkin; send OTLP to a Collector that has one");
}

// Which of the two variables names a file.
std::optional<std::string> config_file_variable(const Variables& variables) {
    for (const char* name : {"OTEL_CONFIG_FILE", "OTEL_EXPERIMENTAL_CONFIG_FILE"})
        if (variables.text(name)) return name;
    return std::nullopt;
}

}  // namespace

Configuration read_environment(const Environment& environment, const Machine& machine) {
    Configuration out;
    const Variables variables(environment, out.warnings);
    if (const auto name = config_file_variable(variables))
        return read_configuration_file(*name, *variables.text(*name), environment, machine);
    variables.read("OTEL_SDK_DISABLED", out.disabled);
    out.resource = read_resource(variables, environment, machine);
    read_trace_choices(variables, out);
    out.traces = read_outputs(variables, otlp::Signal::traces);
    out.metrics = read_outputs(variables, otlp::Signal::metrics);
    out.logs = read_outputs(variables, otlp::Signal::logs);
    read_limits(variables, out);
    read_exemplar_filter(variables, out.exemplar_filter);
    read_histogram_aggregation(variables, out);
    read_log_level(variables, out.log_level);
    warn_of_what_is_not_there(variables);
    forget_repeated(out.warnings);
    return out;
}

}  // namespace mizzen::telemetry
