// SPDX-License-Identifier: Apache-2.0
// The top of configuration files, resources, propagators and samplers; what is said about mistakes.
#include "mizzen/telemetry/configuration/file.hpp"

#include <gtest/gtest.h>

#include "mizzen/base/files.hpp"
#include "mizzen/telemetry/configuration/testing/read_file.hpp"
#include "mizzen/telemetry/trace/propagator.hpp"

namespace mizzen::telemetry {
namespace {

using namespace std::chrono_literals;
using testing::problem, testing::read;
using Warnings = std::vector<std::string>;

std::string attribute(const Configuration& c, std::string_view key) {
    const AttributeValue* value = c.resource.attributes.find(key);
    return value && value->as<std::string>() ? *value->as<std::string>() : "(none)";
}

TEST(ConfigurationFile, WhatIsNotNamedIsOff) {
    const Configuration c = read("");
    EXPECT_FALSE(c.disabled);
    EXPECT_EQ(c.log_level, Severity::info);
    EXPECT_TRUE(c.traces.empty() && c.metrics.empty() && c.logs.empty() && c.views.empty());
    EXPECT_EQ(c.propagators, "none");
    EXPECT_EQ(attribute(c, "service.name"), "unknown_service");
    EXPECT_EQ(attribute(c, "telemetry.sdk.language"), "cpp");
    EXPECT_EQ(c.warnings, Warnings{});
}

TEST(ConfigurationFile, FormatIsOfTheFirstVersion) {
    const auto read_as = [](const char* text) {
        try {
            read_configuration(text, "otel.yaml", testing::environment_of({}), Machine{});
            return std::string();
        } catch (const Error& error) {
            return std::string(error.what());
        }
    };
    EXPECT_EQ(read_as("file_format: \"1.0\""), "");
    EXPECT_EQ(read_as("file_format: '1.1'"), "");
    EXPECT_EQ(read_as("file_format: 1.0"),
              "otel.yaml:1:1: file_format: expected \"1.0\" or \"1.1\", got 1; put quotes around it");
    EXPECT_EQ(read_as("file_format: \"0.4\""), "otel.yaml:1:1: file_format: expected \"1.0\" or \"1.1\", got \"0.4\"");
    EXPECT_EQ(read_as("disabled: true"), "otel.yaml:1:1: expected the key file_format");
    EXPECT_EQ(read_as(""), "otel.yaml: expected one YAML document, got 0");
    EXPECT_EQ(read_as("a: 1\n---\nb: 1"), "otel.yaml: expected one YAML document, got 2");
    EXPECT_EQ(read_as("[1]"), "otel.yaml:1:1: expected a mapping, got a list");
    EXPECT_NE(read_as("a: [").find("otel.yaml:"), std::string::npos);
}

TEST(ConfigurationFile, DisabledLevelAndLimits) {
    const Configuration c = read(R"(
disabled: true
log_level: warn3
attribute_limits: {attribute_count_limit: 7, attribute_value_length_limit: 100, attribute_value_depth_limit: 64}
)");
    EXPECT_TRUE(c.disabled);
    EXPECT_EQ(c.log_level, Severity::warn);
    EXPECT_EQ(c.span_limits.attributes.count, 7u);
    EXPECT_EQ(c.log_limits.value_length, 100u);
    EXPECT_EQ(read("log_level: fatal").log_level, Severity::fatal);
    EXPECT_EQ(problem("log_level: loud").substr(0, 47), "otel.yaml:2:1: log_level: expected one of trace");
    EXPECT_NE(problem("attribute_limits: {attribute_value_depth_limit: 1}").find("not supported here"),
              std::string::npos);
}

TEST(ConfigurationFile, MistakesAreNamedWithTheirPlace) {
    const std::pair<const char*, const char*> cases[] = {
        {"resorce: {}", "otel.yaml:2:1: resorce: unknown key; did you mean resource? There are file_format, disabled"},
        {"disabled: yes please", "otel.yaml:2:1: disabled: expected true or false, got \"yes please\""},
        {"disabled: 1", "otel.yaml:2:1: disabled: expected true or false, got 1"},
        {"resource: 5", "otel.yaml:2:1: resource: expected a mapping, got 5"},
        {"resource:\n  attributes:\n    - name: a\n      vlue: b",
         "otel.yaml:5:7: resource.attributes[0].vlue: unknown key; did you mean value? There are name, value, type"},
        {"resource: {attributes: []}", "otel.yaml:2:12: resource.attributes: expected a list with at least one entry"},
        {"resource: {attributes: [{value: b}]}", "otel.yaml:2:25: resource.attributes[0]: expected the key name"},
        {"resource: {attributes: [{name: b}]}", "otel.yaml:2:25: resource.attributes[0]: expected the key value"},
        {"tracer_provider: {}", "otel.yaml:2:1: tracer_provider: expected the key processors"},
        {"tracer_provider: {processors: [{batch: {}}]}",
         "otel.yaml:2:33: tracer_provider.processors[0].batch: expected the key exporter"},
        {"tracer_provider: {processors: [{batch: {exporter: {}}}]}",
         "otel.yaml:2:41: tracer_provider.processors[0].batch.exporter: expected a mapping with one of the keys "
         "otlp_http, otlp_grpc, otlp_file/development, console, got an empty mapping"},
        {"tracer_provider: {processors: [{bach: {}}]}",
         "otel.yaml:2:33: tracer_provider.processors[0].bach: unknown key; did you mean batch? There are batch, "
         "simple"},
        {"log_level: ${env:}", "otel.yaml:2:1: log_level: ${env:}: expected ${NAME}"},
        {"instrumentation/development: {general: {a: \"${1}\"}}",
         "otel.yaml:2:41: instrumentation/development.general.a: ${1}: expected ${NAME}"},
    };
    for (const auto& [text, expected] : cases) EXPECT_TRUE(problem(text).starts_with(expected)) << problem(text);
}

TEST(ConfigurationFile, WhatNobodyReadsIsSaid) {
    EXPECT_EQ(read("instrumentation/development: {general: {}}\ndistribution: {x: {}}\n").warnings,
              (Warnings{"otel.yaml:2: instrumentation/development: nothing here reads it",
                        "otel.yaml:3: distribution: nothing here reads it"}));
}

TEST(ConfigurationFile, VariablesAreReadAsWhatTheySpell) {
    const std::string text =
        "disabled: ${OFF}\nattribute_limits: {attribute_count_limit: \"${COUNT:-5}\"}\n"
        "resource: {attributes: [{name: team, value: \"${TEAM}\"}]}\n";
    const Configuration c = read(text, {{"OFF", "true"}, {"COUNT", "0x10"}, {"TEAM", "12"}});
    EXPECT_TRUE(c.disabled);
    EXPECT_EQ(c.log_limits.count, 16u);
    EXPECT_EQ(attribute(c, "team"), "12");
    const Configuration without = read(text);
    EXPECT_FALSE(without.disabled);
    EXPECT_EQ(without.log_limits.count, 5u);
    EXPECT_EQ(attribute(without, "team"), "(none)") << "what is empty is not set";
    EXPECT_EQ(attribute(read(text, {{"TEAM", "a\nb: {c: d}"}}), "team"), "a\nb: {c: d}") << "never YAML";
    const std::string wrong = problem(text, {{"COUNT", "hunter2"}});
    EXPECT_EQ(
        wrong,
        "otel.yaml:3:20: attribute_limits.attribute_count_limit: expected a whole number from 0 to 2147483647, got "
        "something else from a variable");
}

TEST(ConfigurationFile, Resource) {
    const Configuration c = read(R"(
resource:
  schema_url: https://opentelemetry.io/schemas/1.44.0
  attributes_list: "team=list,region=eu%2C1"
  attributes:
    - {name: service.name, value: shop}
    - {name: team, value: own}
    - {name: ignored, value: }
    - {name: b, value: true, type: bool}
    - {name: i, value: -5, type: int}
    - {name: d, value: 2, type: double}
    - {name: ss, value: [a, b], type: string_array}
    - {name: bs, value: [true, no], type: bool_array}
    - {name: is, value: [1, 2], type: int_array}
    - {name: ds, value: [1.5], type: double_array}
)");
    EXPECT_EQ(c.resource.schema_url, "https://opentelemetry.io/schemas/1.44.0");
    EXPECT_EQ(attribute(c, "service.name"), "shop");
    EXPECT_EQ(attribute(c, "team"), "own");
    EXPECT_EQ(attribute(c, "region"), "eu,1");
    const auto is = [&](std::string_view key, const AttributeValue& value) {
        const AttributeValue* found = c.resource.attributes.find(key);
        EXPECT_TRUE(found && *found == value) << key;
    };
    EXPECT_EQ(c.resource.attributes.find("ignored"), nullptr);
    is("b", true);
    is("i", -5);
    is("d", 2.0);
    is("ss", std::vector<std::string>{"a", "b"});
    is("bs", std::vector<bool>{true, false});
    is("is", std::vector<std::int64_t>{1, 2});
    is("ds", std::vector<double>{1.5});
    for (const char* bad :
         {"{name: a, value: 1}", "{name: a, value: x, type: int}", "{name: a, value: [], type: int_array}",
          "{name: a, value: 1, type: number}", "{name: \"\", value: x}", "{name: 1, value: x}",
          "{name: a, value: [1.5], type: int_array}", "{name: a, value: {b: c}}"})
        EXPECT_NE(problem("resource: {attributes: [" + std::string(bad) + "]}"), "") << bad;
    EXPECT_NE(problem("resource: {attributes_list: \"a\"}"), "");
}

TEST(ConfigurationFile, DetectorsAreThoseThatAreNamed) {
    const Machine machine{.pid = 7, .host_name = "web", .architecture = "x86_64", .system = "Linux"};
    const auto found = [&](const std::string& text) {
        std::string out;
        for (const Attribute& each : read("resource: {detection/development: " + text + "}",
                                          {{"OTEL_SERVICE_NAME", "shop"}, {"K8S_POD_NAME", "p"}}, machine)
                                         .resource.attributes) {
            const std::string_view key = each.key.view();
            if (!key.starts_with("telemetry.") && !key.starts_with("process.runtime"))
                out += (out.empty() ? "" : " ") + std::string(key);
        }
        return out;
    };
    EXPECT_EQ(found("{}"), "service.name");
    EXPECT_EQ(found("{detectors: [{host: }]}"), "service.name host.name host.arch os.type");
    EXPECT_EQ(found("{detectors: [{process: {}}, {os: }]}"), "service.name process.pid os.type");
    EXPECT_EQ(found("{detectors: [{container: }, {kubernetes: }]}"), "service.name k8s.pod.name");
    EXPECT_EQ(found("{detectors: [{host: }], attributes: {included: [host.*, os.t?pe], excluded: [\"*.arch\"]}}"),
              "service.name host.name os.type");
    const Configuration c =
        read("resource: {detection/development: {detectors: [{service: }]}}", {{"OTEL_SERVICE_NAME", "shop"}});
    EXPECT_EQ(attribute(c, "service.name"), "shop");
    EXPECT_EQ(attribute(read("", {{"OTEL_SERVICE_NAME", "shop"}}), "service.name"), "unknown_service");
    EXPECT_NE(problem("resource: {detection/development: {detectors: [{aws: }]}}"), "");
}

// What the room's page shows is a file as it may be.
TEST(ConfigurationFile, ThePagesExampleIsRead) {
    const std::string page = read_file(MIZZEN_SOURCE_DIR "/mizzen/telemetry/README.md"), begin = "```yaml\n";
    const std::size_t from = page.find(begin) + begin.size(), to = page.find("```", from);
    const Configuration c = read_configuration(page.substr(from, to - from), "README.md",
                                               testing::environment_of({{"API_KEY", "k"}}), Machine{.pid = 7});
    EXPECT_EQ(attribute(c, "service.name"), "shop");
    EXPECT_NE(c.resource.attributes.find("process.pid"), nullptr);
    EXPECT_EQ(c.propagators, "tracecontext,baggage");
    EXPECT_EQ(c.sampler_choice->parts.at(0).ratio, 0.25);
    EXPECT_EQ(c.traces.at(0).otlp.options.compression, otlp::Compression::zstd);
    EXPECT_EQ(c.metrics.size(), 2u);
    EXPECT_EQ(c.views.at(0).name, "http_server_request_duration_seconds");
    EXPECT_EQ(c.logs.at(0).otlp.options.headers.at(0).second, "k");
    EXPECT_EQ(c.warnings, Warnings{});
}

TEST(ConfigurationFile, Propagators) {
    const auto propagators = [](const std::string& text) { return read("propagator: " + text).propagators; };
    EXPECT_EQ(propagators("{composite: [{tracecontext: }, {baggage: {}}]}"), "tracecontext,baggage");
    EXPECT_EQ(propagators("{composite: [{b3multi: }], composite_list: \"b3, b3multi,baggage\"}"), "b3multi,b3,baggage");
    EXPECT_EQ(propagators("{composite_list: \"\"}"), "none");
    EXPECT_EQ(propagators("{}"), "none");
    EXPECT_TRUE(configure_propagator(propagators("{composite_list: \"jaeger\"}")).warnings.empty());
    EXPECT_NE(problem("propagator: {composite: [{xray: }]}"), "");
    EXPECT_NE(problem("propagator: {composite_list: \"tracecontext,xray\"}"), "");
}

std::string sampler(const std::string& text) {
    const Configuration c =
        read("tracer_provider: {processors: [{simple: {exporter: {console: }}}], sampler: " + text + "}");
    return make_sampler(c.sampler_choice.value())->description();
}
std::string sampler_problem(const std::string& text) {
    return problem("tracer_provider: {processors: [{simple: {exporter: {console: }}}], sampler: " + text + "}");
}

TEST(ConfigurationFile, Samplers) {
    EXPECT_EQ(sampler("{always_on: }"), always_on()->description());
    EXPECT_EQ(sampler("{always_off: {}}"), always_off()->description());
    EXPECT_EQ(sampler("{trace_id_ratio_based: {ratio: 0.25}}"), trace_id_ratio(0.25)->description());
    EXPECT_EQ(sampler("{trace_id_ratio_based: }"), trace_id_ratio(1)->description());
    EXPECT_EQ(sampler("{probability/development: {ratio: 0.5}}"), consistent_probability(0.5)->description());
    EXPECT_EQ(sampler("{composite/development: {parent_threshold: {root: {probability: {ratio: 0.5}}}}}"),
              consistent_parent(0.5)->description());
    EXPECT_EQ(sampler("{composite/development: {always_off: }}"), consistent_probability(0)->description());
    EXPECT_EQ(sampler("{parent_based: }"), parent_based(always_on())->description());
    EXPECT_EQ(
        sampler(
            "{parent_based: {root: {trace_id_ratio_based: {ratio: 0.5}}, local_parent_not_sampled: {always_on: }}}"),
        parent_based({.root = trace_id_ratio(0.5), .local_not_sampled = always_on()})->description());
    EXPECT_EQ(sampler("{always_record: {root: {always_off: }}}"), "AlwaysRecord{" + always_off()->description() + "}");
    for (const char* bad : {"{}", "{always_on: , always_off: }", "{always_on: {x: 1}}",
                            "{trace_id_ratio_based: {ratio: 2}}", "{trace_id_ratio_based: {ratio: \"0.5\"}}",
                            "{parent_based: {roots: {always_on: }}}", "{jaeger_remote/development: {endpoint: x}}",
                            "{always_record: }", "{composite/development: {rule_based: }}", "always_on"})
        EXPECT_NE(sampler_problem(bad), "") << bad;
    EXPECT_EQ(sampler_problem("{trace_id_ratio_based: {ratio: -0.5}}"),
              "otel.yaml:2:101: tracer_provider.sampler.trace_id_ratio_based.ratio: expected a number from 0 to 1, "
              "got -0.5");
}

TEST(ConfigurationFile, WhatAlwaysRecordDropsIsRecorded) {
    const auto decides = [](const char* root) {
        const Configuration c = read(
            "tracer_provider: {processors: [{simple: {exporter: {console: }}}], sampler: {always_record: "
            "{root: " +
            std::string(root) + "}}}");
        return make_sampler(*c.sampler_choice)->sample({.parent = {}, .trace = {1, 2}, .name = "x"}).decision;
    };
    EXPECT_EQ(decides("{always_off: }"), Decision::record_only);
    EXPECT_EQ(decides("{always_on: }"), Decision::record_and_sample);
}

}  // namespace
}  // namespace mizzen::telemetry
