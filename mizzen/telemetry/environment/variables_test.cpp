// SPDX-License-Identifier: Apache-2.0
// Every variable of the table changes what it says and nothing else; the page is made of the table.
#include "mizzen/telemetry/environment/variables.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "mizzen/base/files.hpp"
#include "mizzen/telemetry/environment/environment.hpp"

namespace mizzen::telemetry {
namespace {

using Variables = std::map<std::string, std::string, std::less<>>;
using Lines = std::set<std::string>;

std::int64_t ms(Duration d) { return std::chrono::duration_cast<std::chrono::milliseconds>(d).count(); }

void tell_output(Lines& out, const std::string& at, const Output& o) {
    const auto add = [&](std::string_view field, const auto& value) {
        out.insert(fmt::format("{}.{}={}", at, field, value));
    };
    add("kind", static_cast<int>(o.kind));
    add("tls", o.otlp.tls);
    add("host", o.otlp.host);
    add("port", o.otlp.port);
    add("path", o.otlp.options.path);
    add("protocol", static_cast<int>(o.otlp.options.protocol));
    add("compression", static_cast<int>(o.otlp.options.compression));
    add("timeout", ms(o.otlp.options.timeout));
    for (const auto& [name, value] : o.otlp.options.headers) add("header", name + ":" + value);
    add("certificate", o.otlp.certificate_file);
    add("client_key", o.otlp.client_key_file);
    add("client_certificate", o.otlp.client_certificate_file);
    add("queue", o.batches.queue);
    add("batch", o.batches.batch);
    add("delay", ms(o.batches.delay));
    add("export_timeout", ms(o.batches.export_timeout));
    add("interval", ms(o.reader.interval));
    add("reader_timeout", ms(o.reader.timeout));
    add("temporality", static_cast<int>(o.reader.temporality));
    add("prometheus_host", o.host);
    add("prometheus_port", o.port);
}

// All that is configured, a line for each field.
Lines tell(const Configuration& c) {
    Lines out;
    const auto add = [&](std::string_view field, const auto& value) { out.insert(fmt::format("{}={}", field, value)); };
    const auto tell_outputs = [&](const std::string& signal, const std::vector<Output>& outputs) {
        for (std::size_t i = 0; i < outputs.size(); ++i) tell_output(out, signal + std::to_string(i), outputs[i]);
    };
    tell_outputs("traces", c.traces);
    tell_outputs("metrics", c.metrics);
    tell_outputs("logs", c.logs);
    add("disabled", c.disabled);
    for (const Attribute& each : c.resource.attributes)
        add(each.key.view(), each.value.as<std::string>() ? *each.value.as<std::string>() : "(number)");
    for (const Entity& each : c.resource.entities) add("entity", each.type);
    add("propagators", c.propagators);
    add("sampler", c.sampler);
    add("sampler_argument", c.sampler_argument);
    add("span_attributes", c.span_limits.attributes.count);
    add("span_value_length", c.span_limits.attributes.value_length);
    add("events", c.span_limits.events);
    add("links", c.span_limits.links);
    add("event_attributes", c.span_limits.event_attributes);
    add("link_attributes", c.span_limits.link_attributes);
    add("log_attributes", c.log_limits.count);
    add("log_value_length", c.log_limits.value_length);
    add("exemplars", static_cast<int>(c.exemplar_filter));
    add("views", c.views.size());
    add("log_level", c.log_level ? static_cast<int>(*c.log_level) : 0);
    for (const std::string& warning : c.warnings) add("warning", warning.substr(0, warning.find(':')));
    return out;
}

Lines read(const Variables& variables) {
    Machine machine{.host_name = "web"};
    machine.read = [](std::string_view path) -> std::optional<std::string> {
        if (path != "/otel.yaml") return std::nullopt;
        return "file_format: \"1.0\"\npropagator: {composite_list: \"b3\"}\n";
    };
    return tell(read_environment(
        [&](std::string_view name) -> std::optional<std::string> {
            const auto at = variables.find(name);
            return at == variables.end() ? std::nullopt : std::optional(at->second);
        },
        machine));
}

struct Probe {
    std::string value;
    Lines expected;         // what is told then and was not before
    Variables before = {};  // what is set already
};

// Of the general variable all signals change, of a signal's own that one.
void add_otlp(std::map<std::string, Probe>& probes, const std::string& what, const std::string& value,
              const std::vector<std::string>& fields, const Variables& before = {}) {
    const std::pair<std::string, std::string> signals[] = {
        {"TRACES_", "traces"}, {"METRICS_", "metrics"}, {"LOGS_", "logs"}};
    Lines all;
    for (const auto& [part, signal] : signals) {
        Lines own;
        for (std::string field : fields) {
            const std::size_t path = field.find("<signal>");
            std::string general = field;
            if (path != field.npos) {
                general.replace(path, 8, "/v1/" + signal);
                field.replace(path, 8, "");
            }
            own.insert(signal + "0." + field);
            all.insert(signal + "0." + general);
        }
        probes["OTEL_EXPORTER_OTLP_" + part + what] = {value, own, before};
    }
    probes["OTEL_EXPORTER_OTLP_" + what] = {value, all, before};
}

std::map<std::string, Probe> make_probes() {
    const Variables grpc = {{"OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"}, {"OTEL_EXPORTER_OTLP_ENDPOINT", "h:1"}};
    const auto zipkin = [](std::string name) { return Probe{"1", {"warning=" + name}}; };
    std::map<std::string, Probe> probes = {
        {"OTEL_CONFIG_FILE", {"/otel.yaml", {"propagators=b3"}}},
        {"OTEL_EXPERIMENTAL_CONFIG_FILE", {"/otel.yaml", {"propagators=b3"}}},
        {"OTEL_SDK_DISABLED", {"true", {"disabled=true"}}},
        {"OTEL_SERVICE_NAME", {"shop", {"service.name=shop"}}},
        {"OTEL_RESOURCE_ATTRIBUTES", {"team=a%20b", {"team=a b"}}},
        {"OTEL_ENTITIES", {"host{host.id=h}", {"entity=host", "host.id=h"}}},
        {"OTEL_EXPERIMENTAL_RESOURCE_DETECTORS",
         {"host", {"host.name=web"}, {{"OTEL_EXPERIMENTAL_RESOURCE_DETECTORS", "none"}}}},
        {"OTEL_LOG_LEVEL", {"error", {"log_level=17"}}},
        {"OTEL_PROPAGATORS", {"b3", {"propagators=b3"}}},
        {"OTEL_TRACES_SAMPLER", {"always_off", {"sampler=always_off"}}},
        {"OTEL_TRACES_SAMPLER_ARG", {"0.5", {"sampler_argument=0.5"}}},
        {"OTEL_TRACES_EXPORTER", {"console", {"traces0.kind=2"}}},
        {"OTEL_METRICS_EXPORTER", {"prometheus", {"metrics0.kind=3"}}},
        {"OTEL_LOGS_EXPORTER", {"otlp/stdout", {"logs0.kind=1"}}},
        {"OTEL_EXPORTER_OTLP_SPAN_INSECURE", {"true", {"traces0.tls=false"}, grpc}},
        {"OTEL_EXPORTER_OTLP_METRIC_INSECURE", {"true", {"metrics0.tls=false"}, grpc}},
        {"OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE", {"delta", {"metrics0.temporality=1"}}},
        {"OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION",
         {"base2_exponential_bucket_histogram", {"views=1"}}},
        {"OTEL_BSP_SCHEDULE_DELAY", {"7", {"traces0.delay=7"}}},
        {"OTEL_BSP_EXPORT_TIMEOUT", {"7", {"traces0.export_timeout=7"}}},
        {"OTEL_BSP_MAX_QUEUE_SIZE", {"700", {"traces0.queue=700"}}},
        {"OTEL_BSP_MAX_EXPORT_BATCH_SIZE", {"7", {"traces0.batch=7"}}},
        {"OTEL_BLRP_SCHEDULE_DELAY", {"7", {"logs0.delay=7"}}},
        {"OTEL_BLRP_EXPORT_TIMEOUT", {"7", {"logs0.export_timeout=7"}}},
        {"OTEL_BLRP_MAX_QUEUE_SIZE", {"700", {"logs0.queue=700"}}},
        {"OTEL_BLRP_MAX_EXPORT_BATCH_SIZE", {"7", {"logs0.batch=7"}}},
        {"OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", {"7", {"span_value_length=7", "log_value_length=7"}}},
        {"OTEL_ATTRIBUTE_COUNT_LIMIT", {"7", {"span_attributes=7", "log_attributes=7"}}},
        {"OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", {"7", {"span_value_length=7"}}},
        {"OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", {"7", {"span_attributes=7"}}},
        {"OTEL_SPAN_EVENT_COUNT_LIMIT", {"7", {"events=7"}}},
        {"OTEL_SPAN_LINK_COUNT_LIMIT", {"7", {"links=7"}}},
        {"OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT", {"7", {"event_attributes=7"}}},
        {"OTEL_LINK_ATTRIBUTE_COUNT_LIMIT", {"7", {"link_attributes=7"}}},
        {"OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT", {"7", {"log_value_length=7"}}},
        {"OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT", {"7", {"log_attributes=7"}}},
        {"OTEL_METRIC_EXPORT_INTERVAL", {"7", {"metrics0.interval=7"}}},
        {"OTEL_METRIC_EXPORT_TIMEOUT", {"7", {"metrics0.reader_timeout=7"}}},
        {"OTEL_METRICS_EXEMPLAR_FILTER", {"always_on", {"exemplars=0"}}},
        {"OTEL_EXPORTER_PROMETHEUS_HOST", {"0.0.0.0", {"metrics0.prometheus_host=0.0.0.0"}}},
        {"OTEL_EXPORTER_PROMETHEUS_PORT", {"7", {"metrics0.prometheus_port=7"}}},
        {"OTEL_EXPORTER_ZIPKIN_ENDPOINT", zipkin("OTEL_EXPORTER_ZIPKIN_ENDPOINT")},
        {"OTEL_EXPORTER_ZIPKIN_TIMEOUT", zipkin("OTEL_EXPORTER_ZIPKIN_TIMEOUT")},
        {"OTEL_EXPORTER_ZIPKIN_PROTOCOL", zipkin("OTEL_EXPORTER_ZIPKIN_PROTOCOL")},
    };
    add_otlp(probes, "ENDPOINT", "https://c:5", {"tls=true", "host=c", "port=5", "path=<signal>"});
    add_otlp(probes, "PROTOCOL", "http/json", {"protocol=1"});
    add_otlp(probes, "HEADERS", "key=a", {"header=key:a"});
    add_otlp(probes, "COMPRESSION", "gzip", {"compression=1"});
    add_otlp(probes, "TIMEOUT", "7", {"timeout=7"});
    add_otlp(probes, "CERTIFICATE", "/ca", {"certificate=/ca"});
    add_otlp(probes, "CLIENT_KEY", "/key", {"client_key=/key"});
    add_otlp(probes, "CLIENT_CERTIFICATE", "/cert", {"client_certificate=/cert"});
    add_otlp(probes, "INSECURE", "true", {"tls=false"}, grpc);
    for (auto& [name, probe] : probes)
        if (name.ends_with("S_ENDPOINT"))
            for (auto node : {std::string("traces0.path="), std::string("metrics0.path="), std::string("logs0.path=")})
                if (probe.expected.erase(node) > 0) probe.expected.insert(node + "/");
    return probes;
}

TEST(Variables, EachChangesWhatItSaysAndNothingElse) {
    std::map<std::string, Probe> probes = make_probes();
    std::size_t tested = 0;
    for (const DescribedVariable& row : environment_variables()) {
        for (const std::string& name : names_of(row)) {
            ASSERT_TRUE(probes.contains(name)) << name << " has no test";
            const Probe& probe = probes[name];
            const Lines before = read(probe.before);
            Variables variables = probe.before;
            variables[name] = probe.value;
            Lines changed;
            std::ranges::set_difference(read(variables), before, std::inserter(changed, changed.end()));
            EXPECT_EQ(changed, probe.expected) << name;
            Variables empty = probe.before;
            if (!empty.contains(name)) empty[name] = "";
            EXPECT_EQ(read(empty), before) << name << ": an empty value is as good as none";
            ++tested;
        }
    }
    EXPECT_EQ(tested, probes.size()) << "a test for what is not in the table";
}

// Whatever is asked for is in the table, and the table has nothing that is not asked for.
TEST(Variables, TheTableIsWhatIsRead) {
    std::set<std::string> asked, told;
    read_environment(
        [&](std::string_view name) -> std::optional<std::string> {
            if (name.starts_with("OTEL_") && !name.starts_with("OTEL_RESOURCE_ATTRIBUTES_")) asked.emplace(name);
            if (name == "OTEL_EXPORTER_OTLP_ENDPOINT") return "http://h:1";
            return std::nullopt;
        },
        Machine{});
    for (const DescribedVariable& row : environment_variables())
        for (const std::string& name : names_of(row)) EXPECT_TRUE(told.insert(name).second) << name << " twice";
    EXPECT_EQ(asked, told);
}

TEST(Variables, ThePageIsMadeOfTheTable) {
    const std::string file = MIZZEN_SOURCE_DIR "/docs/telemetry-variables.md";
    if (std::getenv("MIZZEN_WRITE_DOCS")) write_private_file(file, variables_page());
    EXPECT_EQ(read_file(file), variables_page())
        << "docs/telemetry-variables.md is out of date; write it again: MIZZEN_WRITE_DOCS=1 telemetry_test";
}

}  // namespace
}  // namespace mizzen::telemetry
