// SPDX-License-Identifier: Apache-2.0
// Every variable: what it sets, what it leaves alone, what is said when it makes no sense.
#include "mizzen/telemetry/environment/environment.hpp"

#include <gtest/gtest.h>

#include <map>

#include "mizzen/base/error.hpp"
#include "mizzen/base/random.hpp"

namespace mizzen::telemetry {
namespace {
using namespace std::chrono_literals;
using Variables = std::map<std::string, std::string, std::less<>>;
using Warnings = std::vector<std::string>;

Configuration read(Variables variables) {
    return read_environment(
        [&](std::string_view name) -> std::optional<std::string> {
            const auto at = variables.find(name);
            if (at == variables.end()) return std::nullopt;
            return at->second;
        },
        Machine{});
}

std::string attribute(const Configuration& c, std::string_view key) {
    const AttributeValue* value = c.resource.attributes.find(key);
    return value && value->as<std::string>() ? *value->as<std::string>() : "(none)";
}

constexpr Duration century = 24h * 365 * 100;

// What holds of a number: some text gives it, other texts leave the default with one warning that names the variable.
template <class Read>
void expect_number(const std::string& name, Read field, std::uint64_t otherwise) {
    EXPECT_EQ(field(read({})), otherwise) << name;
    EXPECT_EQ(field(read({{name, ""}})), otherwise) << name;
    const Configuration good = read({{name, " 7 "}});
    EXPECT_EQ(field(good), 7u) << name;
    EXPECT_EQ(good.warnings, Warnings{}) << name;
    for (const char* bad : {"seven", "7.5", "-7", "0x7", "7ms", "99999999999999999999"}) {
        const Configuration c = read({{name, bad}});
        EXPECT_EQ(field(c), otherwise) << name << "=" << bad;
        ASSERT_EQ(c.warnings.size(), 1u) << name << "=" << bad;
        EXPECT_TRUE(c.warnings[0].starts_with(name + ": expected a whole number")) << c.warnings[0];
        EXPECT_NE(c.warnings[0].find(bad), std::string::npos) << c.warnings[0];
    }
}

std::uint64_t ms(Duration d) { return static_cast<std::uint64_t>(d / 1ms); }

TEST(Environment, Disabled) {
    EXPECT_FALSE(read({}).disabled);
    EXPECT_TRUE(read({{"OTEL_SDK_DISABLED", "true"}}).disabled);
    EXPECT_TRUE(read({{"OTEL_SDK_DISABLED", " True "}}).disabled);
    EXPECT_FALSE(read({{"OTEL_SDK_DISABLED", ""}}).disabled);
    EXPECT_EQ(read({{"OTEL_SDK_DISABLED", "FALSE"}}).warnings, Warnings{});
    const Configuration one = read({{"OTEL_SDK_DISABLED", "1"}});
    EXPECT_FALSE(one.disabled);
    EXPECT_EQ(one.warnings, Warnings{"OTEL_SDK_DISABLED: expected true or false, got \"1\"; that counts as false"});
}

TEST(Environment, ServiceNameAndResourceAttributes) {
    EXPECT_EQ(attribute(read({}), "service.name"), "unknown_service");
    EXPECT_EQ(attribute(read({}), "telemetry.sdk.language"), "cpp");
    EXPECT_EQ(attribute(read({}), "telemetry.sdk.name"), "mizzen");
    Variables variables = {{"OTEL_RESOURCE_ATTRIBUTES", "service.name=a, team=caf%C3%A9%2C+x ,,empty="}};
    Configuration c = read(variables);
    EXPECT_EQ(attribute(c, "service.name"), "a");
    EXPECT_EQ(attribute(c, "team"), "café,+x");
    EXPECT_EQ(attribute(c, "empty"), "");
    EXPECT_EQ(c.warnings, Warnings{});
    variables["OTEL_SERVICE_NAME"] = "b=c,d";
    EXPECT_EQ(attribute(read(variables), "service.name"), "b=c,d") << "wins, and is no list";
    for (const char* bad : {"team=x,oops", "team=x,a=%zz", "team=x,=y", "team=x,a=%ff", "team=x,a=%C"}) {
        c = read({{"OTEL_RESOURCE_ATTRIBUTES", bad}});
        EXPECT_EQ(attribute(c, "team"), "(none)") << "all of it is left out: " << bad;
        ASSERT_EQ(c.warnings.size(), 1u) << bad;
        EXPECT_TRUE(c.warnings[0].starts_with("OTEL_RESOURCE_ATTRIBUTES: expected name=value")) << c.warnings[0];
    }
}

TEST(Environment, PropagatorsAndSampler) {
    Configuration c = read({{"OTEL_PROPAGATORS", "b3,baggage"},
                            {"OTEL_TRACES_SAMPLER", "traceidratio"},
                            {"OTEL_TRACES_SAMPLER_ARG", "0.25"}});
    EXPECT_EQ(c.propagators, "b3,baggage");
    EXPECT_EQ(c.sampler, "traceidratio");
    EXPECT_EQ(c.sampler_argument, "0.25");
    EXPECT_EQ(c.warnings, Warnings{});
    EXPECT_EQ(read({{"OTEL_PROPAGATORS", "b4"}}).warnings.size(), 1u);
    EXPECT_EQ(read({{"OTEL_TRACES_SAMPLER", "always"}}).warnings.size(), 1u);
    EXPECT_EQ(read({{"OTEL_TRACES_SAMPLER", "traceidratio"}, {"OTEL_TRACES_SAMPLER_ARG", "2"}}).warnings.size(), 1u);
}

TEST(Environment, Exporters) {
    using enum ExporterKind;
    using Kinds = std::vector<ExporterKind>;
    struct Signal {
        std::string name;
        std::vector<Output> Configuration::* field;
    };
    const Signal signals[] = {{"OTEL_TRACES_EXPORTER", &Configuration::traces},
                              {"OTEL_METRICS_EXPORTER", &Configuration::metrics},
                              {"OTEL_LOGS_EXPORTER", &Configuration::logs}};
    for (const Signal& s : signals) {
        const auto kinds = [&](const char* text) {
            Kinds found;
            for (const Output& output : read({{s.name, text}}).*s.field) found.push_back(output.kind);
            return found;
        };
        const auto warnings = [&](const char* text) { return read({{s.name, text}}).warnings.size(); };
        EXPECT_EQ(kinds(""), Kinds{otlp});
        EXPECT_EQ(kinds("none"), Kinds{});
        EXPECT_EQ(kinds("console, OTLP,otlp"), (Kinds{console, otlp}));
        EXPECT_EQ(warnings("console, OTLP,otlp"), 0u);
        EXPECT_EQ(kinds("otlp/stdout"), Kinds{file});
        EXPECT_EQ(kinds("zipkin"), Kinds{otlp});
        EXPECT_EQ(kinds("zipkin,console"), Kinds{console});
        EXPECT_EQ(warnings("zipkin,console"), 1u);
        EXPECT_EQ(kinds("none,otlp"), Kinds{});
        EXPECT_EQ(warnings("none,otlp"), 1u);
        const bool is_metrics = s.name == "OTEL_METRICS_EXPORTER";
        EXPECT_EQ(kinds("prometheus"), is_metrics ? Kinds{prometheus} : Kinds{otlp});
        EXPECT_EQ(warnings("prometheus"), is_metrics ? 0u : 1u);
    }
}

TEST(Environment, Batches) {
    for (const bool logs : {false, true}) {
        const std::string prefix = logs ? "OTEL_BLRP_" : "OTEL_BSP_";
        const auto limits = [logs](const Configuration& c) { return (logs ? c.logs : c.traces).at(0).batches; };
        expect_number(
            prefix + "SCHEDULE_DELAY", [&](const auto& c) { return ms(limits(c).delay); }, logs ? 1000 : 5000);
        expect_number(prefix + "EXPORT_TIMEOUT", [&](const auto& c) { return ms(limits(c).export_timeout); }, 30000);
        expect_number(prefix + "MAX_EXPORT_BATCH_SIZE", [&](const auto& c) { return limits(c).batch; }, 512);
        EXPECT_EQ(limits(read({{prefix + "MAX_QUEUE_SIZE", "1000"}})).queue, 1000u);
        EXPECT_EQ(limits(read({{prefix + "MAX_QUEUE_SIZE", "x"}})).queue, 2048u);
        EXPECT_EQ(limits(read({{prefix + "EXPORT_TIMEOUT", "0"}})).export_timeout, century);
        EXPECT_EQ(limits(read({{prefix + "SCHEDULE_DELAY", "0"}})).delay, 0s);
        const Configuration small = read({{prefix + "MAX_QUEUE_SIZE", "100"}});
        EXPECT_EQ(limits(small).batch, 100u);
        EXPECT_EQ(small.warnings.size(), 1u);
        const Configuration zero = read({{prefix + "MAX_QUEUE_SIZE", "0"}, {prefix + "MAX_EXPORT_BATCH_SIZE", "0"}});
        EXPECT_EQ(limits(zero).queue, 1u);
        EXPECT_EQ(limits(zero).batch, 1u);
        EXPECT_EQ(zero.warnings.size(), 1u);
    }
}

TEST(Environment, Limits) {
    const auto span = [](const Configuration& c) { return c.span_limits.attributes; };
    constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
    expect_number("OTEL_ATTRIBUTE_COUNT_LIMIT", [&](const auto& c) { return span(c).count; }, 128);
    expect_number("OTEL_ATTRIBUTE_COUNT_LIMIT", [](const auto& c) { return c.log_limits.count; }, 128);
    expect_number("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", [&](const auto& c) { return span(c).value_length; }, none);
    expect_number("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", [](const auto& c) { return c.log_limits.value_length; }, none);
    expect_number("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", [&](const auto& c) { return span(c).count; }, 128);
    expect_number("OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", [&](const auto& c) { return span(c).value_length; }, none);
    expect_number("OTEL_SPAN_EVENT_COUNT_LIMIT", [](const auto& c) { return c.span_limits.events; }, 128);
    expect_number("OTEL_SPAN_LINK_COUNT_LIMIT", [](const auto& c) { return c.span_limits.links; }, 128);
    expect_number(
        "OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT", [](const auto& c) { return c.span_limits.event_attributes; }, 128);
    expect_number("OTEL_LINK_ATTRIBUTE_COUNT_LIMIT", [](const auto& c) { return c.span_limits.link_attributes; }, 128);
    expect_number("OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT", [](const auto& c) { return c.log_limits.count; }, 128);
    expect_number(
        "OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT", [](const auto& c) { return c.log_limits.value_length; }, none);
    const Configuration c = read({{"OTEL_ATTRIBUTE_COUNT_LIMIT", "10"},
                                  {"OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "20"},
                                  {"OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT", "30"}});
    EXPECT_EQ(span(c).count, 20u);
    EXPECT_EQ(c.log_limits.count, 30u);
    EXPECT_EQ(c.span_limits.event_attributes, 128u);
}

TEST(Environment, Metrics) {
    expect_number(
        "OTEL_METRIC_EXPORT_INTERVAL", [](const auto& c) { return ms(c.metrics.at(0).reader.interval); }, 60000);
    expect_number(
        "OTEL_METRIC_EXPORT_TIMEOUT", [](const auto& c) { return ms(c.metrics.at(0).reader.timeout); }, 30000);
    EXPECT_EQ(read({{"OTEL_METRIC_EXPORT_TIMEOUT", "0"}}).metrics.at(0).reader.timeout, century);
    expect_number(
        "OTEL_EXPORTER_PROMETHEUS_PORT", [](const auto& c) { return static_cast<std::uint64_t>(c.metrics.at(0).port); },
        9464);
    EXPECT_EQ(read({{"OTEL_EXPORTER_PROMETHEUS_PORT", "65536"}}).warnings.size(), 1u);
    EXPECT_EQ(read({}).metrics.at(0).host, "localhost");
    EXPECT_EQ(read({{"OTEL_EXPORTER_PROMETHEUS_HOST", "0.0.0.0"}}).metrics.at(0).host, "0.0.0.0");
    const auto filter = [](const char* text) { return read({{"OTEL_METRICS_EXEMPLAR_FILTER", text}}).exemplar_filter; };
    EXPECT_EQ(filter(""), ExemplarFilter::trace_based);
    EXPECT_EQ(filter("always_on"), ExemplarFilter::always_on);
    EXPECT_EQ(filter("Always_Off"), ExemplarFilter::always_off);
    EXPECT_EQ(filter("sometimes"), ExemplarFilter::trace_based);
    EXPECT_EQ(read({{"OTEL_METRICS_EXEMPLAR_FILTER", "sometimes"}}).warnings,
              Warnings{"OTEL_METRICS_EXEMPLAR_FILTER: expected one of always_on, always_off, trace_based, got "
                       "\"sometimes\"; the default is used"});
}

TEST(Environment, LogLevel) {
    const auto level = [](const char* text) { return read({{"OTEL_LOG_LEVEL", text}}).log_level; };
    EXPECT_EQ(level(""), Severity::info);
    EXPECT_EQ(level("DEBUG"), Severity::debug);
    EXPECT_EQ(level("fatal"), Severity::fatal);
    EXPECT_EQ(level("none"), std::nullopt);
    EXPECT_EQ(level("loud"), Severity::info);
    EXPECT_EQ(read({{"OTEL_LOG_LEVEL", "loud"}}).warnings.size(), 1u);
}

TEST(Environment, WhatIsNotThereIsSaid) {
    for (const char* name :
         {"OTEL_EXPORTER_ZIPKIN_ENDPOINT", "OTEL_EXPORTER_ZIPKIN_TIMEOUT", "OTEL_EXPORTER_ZIPKIN_PROTOCOL"})
        EXPECT_EQ(read({{name, "1"}}).warnings,
                  Warnings{name + std::string(": there is no exporter for Zipkin; send OTLP to a Collector that has "
                                              "one")});
}

TEST(Environment, Temporality) {
    const std::string name = "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE";
    const auto temporality = [&](const char* text) { return read({{name, text}}).metrics.at(0).reader.temporality; };
    EXPECT_EQ(temporality(""), TemporalityPreference::cumulative);
    EXPECT_EQ(temporality("Cumulative"), TemporalityPreference::cumulative);
    EXPECT_EQ(temporality("delta"), TemporalityPreference::delta);
    EXPECT_EQ(temporality("LowMemory"), TemporalityPreference::low_memory);
    EXPECT_EQ(temporality("low_memory"), TemporalityPreference::cumulative);
    EXPECT_EQ(
        read({{name, "low_memory"}}).warnings,
        Warnings{name + ": expected one of cumulative, delta, lowmemory, got \"low_memory\"; the default is used"});
    const Configuration both = read({{name, "delta"}, {"OTEL_METRICS_EXPORTER", "otlp,otlp/stdout"}});
    EXPECT_EQ(both.metrics.at(1).reader.temporality, TemporalityPreference::delta);
    EXPECT_EQ(both.warnings, Warnings{});
}

TEST(Environment, HistogramAggregation) {
    const std::string name = "OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION";
    EXPECT_TRUE(read({}).views.empty());
    EXPECT_TRUE(read({{name, "explicit_bucket_histogram"}}).views.empty());
    EXPECT_EQ(read({{name, "summary"}}).warnings.size(), 1u);
    const Variables exponential = {{name, "Base2_Exponential_Bucket_Histogram"}};
    const Configuration c = read(exponential);
    ASSERT_EQ(c.views.size(), 1u);
    EXPECT_TRUE(c.views[0].exponential);
    EXPECT_EQ(c.views[0].type, MetricType::histogram);
    EXPECT_EQ(c.views[0].name, "*");
    const auto with_exporters = [&](const char* exporters) {
        Variables variables = exponential;
        variables["OTEL_METRICS_EXPORTER"] = exporters;
        return read(variables);
    };
    EXPECT_EQ(with_exporters("otlp/stdout,console").views.size(), 1u);
    EXPECT_EQ(with_exporters("console").views.size(), 0u);
    const Configuration shared = with_exporters("otlp,prometheus");
    EXPECT_TRUE(shared.views.empty()) << "a page that is scraped keeps its buckets";
    ASSERT_EQ(shared.warnings.size(), 1u);
    EXPECT_NE(shared.warnings[0].find("Prometheus reads the same histograms"), std::string::npos);
}

TEST(Environment, DetectedAttributesCountLeast) {
    Variables variables = {{"OTEL_RESOURCE_ATTRIBUTES", "host.name=configured"}};
    const Machine machine{.pid = 7, .executable = "/usr/bin/shop", .host_name = "detected", .architecture = "x86_64"};
    const auto read = [&] {
        return read_environment(
            [&](std::string_view name) -> std::optional<std::string> {
                const auto at = variables.find(name);
                return at == variables.end() ? std::nullopt : std::optional(at->second);
            },
            machine);
    };
    EXPECT_EQ(attribute(read(), "host.name"), "configured");
    EXPECT_EQ(attribute(read(), "host.arch"), "amd64");
    EXPECT_EQ(attribute(read(), "service.name"), "unknown_service:shop");
    EXPECT_EQ(read().warnings, Warnings{});
    variables["OTEL_EXPERIMENTAL_RESOURCE_DETECTORS"] = "Process, os";
    EXPECT_EQ(attribute(read(), "host.arch"), "(none)");
    EXPECT_EQ(attribute(read(), "process.executable.name"), "shop");
    variables["OTEL_EXPERIMENTAL_RESOURCE_DETECTORS"] = "none";
    EXPECT_EQ(attribute(read(), "process.executable.name"), "(none)");
    variables["OTEL_EXPERIMENTAL_RESOURCE_DETECTORS"] = "all";
    EXPECT_EQ(attribute(read(), "process.executable.name"), "shop");
    variables["OTEL_EXPERIMENTAL_RESOURCE_DETECTORS"] = "hosts,os";
    EXPECT_EQ(
        read().warnings,
        Warnings{"OTEL_EXPERIMENTAL_RESOURCE_DETECTORS: unknown detector \"hosts\" is left out. There are process, "
                 "host, os, container, kubernetes, all, none"});
}

TEST(Environment, EntitiesAreAttributesToo) {
    const Configuration c = read(
        {{"OTEL_ENTITIES", "service{service.name=a}[team=x];host{host.id=h"}, {"OTEL_RESOURCE_ATTRIBUTES", "team=y"}});
    EXPECT_EQ(attribute(c, "service.name"), "a");
    EXPECT_EQ(attribute(c, "team"), "y");
    EXPECT_EQ(c.resource.entities, (std::vector<Entity>{{"service", "", {"service.name"}, {"team"}}}));
    EXPECT_EQ(c.warnings,
              Warnings{"OTEL_ENTITIES: \"host{host.id=h\" is left out: expected {key=value} behind the type"});
}

TEST(Environment, AFileTakesTheirPlace) {
    Variables variables = {{"OTEL_CONFIG_FILE", "/etc/otel.yaml"}, {"OTEL_SERVICE_NAME", "a"}, {"TEAM", "x"}};
    Machine machine;
    machine.read = [](std::string_view path) -> std::optional<std::string> {
        if (path != "/etc/otel.yaml") return std::nullopt;
        return "file_format: \"1.0\"\nresource: {attributes: [{name: team, value: \"${TEAM}\"}]}\n";
    };
    const auto read = [&] {
        return read_environment(
            [&](std::string_view name) -> std::optional<std::string> {
                const auto at = variables.find(name);
                return at == variables.end() ? std::nullopt : std::optional(at->second);
            },
            machine);
    };
    EXPECT_EQ(attribute(read(), "service.name"), "unknown_service");
    EXPECT_EQ(attribute(read(), "team"), "x");
    EXPECT_TRUE(read().traces.empty());
    variables = {{"OTEL_EXPERIMENTAL_CONFIG_FILE", "/etc/otel.yaml"}, {"TEAM", "z"}};
    EXPECT_EQ(attribute(read(), "team"), "z");
    variables["OTEL_CONFIG_FILE"] = "/elsewhere.yaml";
    try {
        read();
        FAIL() << "a file that cannot be read refuses the start";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::invalid);
        EXPECT_TRUE(error.message().starts_with("OTEL_CONFIG_FILE: cannot read /elsewhere.yaml")) << error.message();
    }
}

TEST(Environment, NoValueDoesHarm) {
    Random random(1);
    for (int round = 0; round < 500; ++round) {
        read_environment(
            [&](std::string_view asked) -> std::optional<std::string> {
                if (asked.ends_with("CONFIG_FILE")) return std::nullopt;
                static constexpr std::string_view letters = "a=,:/[]@%?#0189 \x01\xff\n{}";
                std::string value;
                for (std::uint64_t n = random.below(12); n > 0; --n) value += letters[random.below(letters.size())];
                return value;
            },
            Machine{});
    }
}

}  // namespace
}  // namespace mizzen::telemetry
