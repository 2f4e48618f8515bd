// SPDX-License-Identifier: Apache-2.0
// Processors and exporters of configuration files, of spans and log records.
#include <gtest/gtest.h>

#include "mizzen/telemetry/configuration/testing/read_file.hpp"

namespace mizzen::telemetry {
namespace {

using namespace std::chrono_literals;
using testing::problem, testing::read;

std::string traces(const std::string& processor) { return "tracer_provider: {processors: [" + processor + "]}"; }
std::string exporter(const std::string& text) { return traces("{simple: {exporter: " + text + "}}"); }
OtlpTarget target(const std::string& text, testing::Variables variables = {}) {
    return read(exporter(text), std::move(variables)).traces.at(0).otlp;
}
std::string url(const OtlpTarget& t) {
    return std::string(t.tls ? "https" : "http") + " " + t.host + " " + std::to_string(t.port) + " " + t.options.path;
}

TEST(ExporterSection, BatchesAndLimits) {
    const Configuration c = read(R"(
tracer_provider:
  processors:
    - batch:
        schedule_delay: 100
        export_timeout: 0
        max_queue_size: 20
        max_export_batch_size: 10
        exporter:
          console:
    - simple:
        exporter: {otlp_http: {}}
    - batch:
        max_queue_size: 50
        exporter: {otlp_http: }
  limits:
    attribute_value_length_limit: 1
    attribute_count_limit: 2
    event_count_limit: 3
    link_count_limit: 4
    event_attribute_count_limit: 5
    link_attribute_count_limit: 6
  id_generator: {random: }
logger_provider:
  processors:
    - batch: {exporter: {otlp_file/development: {output_stream: "file:///tmp/a%20b.jsonl"}}}
    - batch: {exporter: {otlp_file/development: }}
  limits: {attribute_count_limit: 9}
)");
    ASSERT_EQ(c.traces.size(), 3u);
    EXPECT_EQ(c.traces[0].kind, ExporterKind::console);
    EXPECT_EQ(c.traces[0].batches.delay, 100ms);
    EXPECT_EQ(c.traces[0].batches.export_timeout, 24h * 365 * 100);
    EXPECT_EQ(c.traces[0].batches.queue, 20u);
    EXPECT_EQ(c.traces[0].batches.batch, 10u);
    EXPECT_EQ(c.traces[1].kind, ExporterKind::otlp);
    EXPECT_EQ(c.traces[1].batches.batch, 1u) << "each at once";
    EXPECT_EQ(c.traces[1].batches.delay, 0s);
    EXPECT_EQ(c.traces[2].batches.batch, 50u) << "never larger than the queue";
    EXPECT_EQ(c.traces[2].batches.delay, 5s);
    EXPECT_EQ(c.span_limits.attributes.value_length, 1u);
    EXPECT_EQ(c.span_limits.attributes.count, 2u);
    EXPECT_EQ(c.span_limits.events, 3u);
    EXPECT_EQ(c.span_limits.links, 4u);
    EXPECT_EQ(c.span_limits.event_attributes, 5u);
    EXPECT_EQ(c.span_limits.link_attributes, 6u);
    ASSERT_EQ(c.logs.size(), 2u);
    EXPECT_EQ(c.logs[0].kind, ExporterKind::file);
    EXPECT_EQ(c.logs[0].file, "/tmp/a b.jsonl");
    EXPECT_EQ(c.logs[0].batches.delay, 1s);
    EXPECT_EQ(c.logs[1].file, "");
    EXPECT_EQ(c.log_limits.count, 9u);
    for (const char* bad :
         {"{batch: {exporter: {console: }, max_queue_size: 0}}", "{batch: {exporter: {console: }, schedule_delay: -1}}",
          "{batch: {exporter: {console: }, max_queue_size: 5, max_export_batch_size: 6}}",
          "{simple: {exporter: {console: }, schedule_delay: 1}}", "{batch: {exporter: {zipkin: {}}}}",
          "{simple: {exporter: {console: {color: 1}}}}", "{}"})
        EXPECT_NE(problem(traces(bad)), "") << bad;
    EXPECT_NE(
        problem("tracer_provider: {processors: [{simple: {exporter: {console: }}}], tracer_configurator/development: "
                "{tracers: []}}"),
        "");
}

TEST(ExporterSection, Http) {
    EXPECT_EQ(url(target("{otlp_http: }")), "http localhost 4318 ");
    const OtlpTarget t = target(R"({otlp_http: {
        endpoint: "https://collector/in/v1/traces?a=b", encoding: json, compression: zstd, timeout: 2500,
        tls: {ca_file: /ca.pem, key_file: /key.pem, cert_file: /cert.pem},
        headers_list: "a=1,key=list%20x", headers: [{name: Key, value: own}, {name: none, value: }],
        max_request_size: 1000, max_response_size: 2000}})");
    EXPECT_EQ(url(t), "https collector 443 /in/v1/traces?a=b");
    EXPECT_EQ(t.options.protocol, otlp::Protocol::http_json);
    EXPECT_EQ(t.options.compression, otlp::Compression::zstd);
    EXPECT_EQ(t.options.timeout, 2500ms);
    EXPECT_EQ(t.options.most_request, 1000u);
    EXPECT_EQ(t.options.most_answer, 2000u);
    EXPECT_EQ(t.certificate_file, "/ca.pem");
    EXPECT_EQ(t.client_key_file, "/key.pem");
    EXPECT_EQ(t.client_certificate_file, "/cert.pem");
    EXPECT_EQ(t.options.headers, (std::vector<std::pair<std::string, std::string>>{{"a", "1"}, {"Key", "own"}}));
    EXPECT_EQ(url(target("{otlp_http: {endpoint: \"${E:-http://h:1}/v1/traces\"}}")), "http h 1 /v1/traces");
    EXPECT_EQ(url(target("{otlp_http: {endpoint: \"${E:-http://h:1}/v1/traces\"}}", {{"E", "http://g:2"}})),
              "http g 2 /v1/traces");
    EXPECT_EQ(url(target("{otlp_http: {endpoint: \"http://h\"}}")), "http h 80 /");
    for (const char* bad : {"{endpoint: \"h:4318\"}", "{endpoint: \"ftp://h\"}", "{endpoint: 5}", "{encoding: xml}",
                            "{compression: snappy}", "{timeout: -1}", "{timeout: 1.5}", "{tls: {insecure: true}}",
                            "{tls: {key_file: /k}}", "{headers: []}", "{headers: [{name: a}]}",
                            "{headers: [{name: \"a b\", value: x}]}", "{headers_list: \"a\"}", "{max_request_size: -1}",
                            "{max_response_size: 0}", "{temporality_preference: delta}", "{endpont: \"http://h\"}"})
        EXPECT_NE(problem(exporter("{otlp_http: " + std::string(bad) + "}")), "") << bad;
}

TEST(ExporterSection, Grpc) {
    EXPECT_EQ(url(target("{otlp_grpc: }")), "http localhost 4317 ");
    const OtlpTarget t = target("{otlp_grpc: {endpoint: \"http://collector:5\", compression: gzip}}");
    EXPECT_EQ(url(t), "http collector 5 ");
    EXPECT_EQ(t.options.protocol, otlp::Protocol::grpc);
    EXPECT_EQ(t.options.compression, otlp::Compression::gzip);
    EXPECT_EQ(url(target("{otlp_grpc: {endpoint: \"collector\"}}")), "https collector 4317 ");
    EXPECT_EQ(url(target("{otlp_grpc: {endpoint: \"collector\", tls: {insecure: true}}}")), "http collector 4317 ");
    EXPECT_NE(problem(exporter("{otlp_grpc: {encoding: json}}")), "");
}

TEST(ExporterSection, NothingSecretIsShown) {
    const testing::Variables variables = {{"KEY", "hunter2"}};
    for (const char* text :
         {"{otlp_http: {headers: [{name: key, value: \"hunter2\\n\"}]}}",
          "{otlp_http: {headers_list: \"key hunter2\"}}", "{otlp_http: {headers: [{name: key, value: [hunter2]}]}}",
          "{otlp_http: {headers: [{name: \"hunter2 \", value: a}]}}",
          "{otlp_http: {endpoint: \"http://me:hunter2@h/\"}}", "{otlp_http: {endpoint: \"${KEY}\"}}",
          "{otlp_http: {compression: \"${KEY}\"}}", "{otlp_http: {timeout: \"${KEY}\"}}",
          "{otlp_file/development: {output_stream: \"${KEY}\"}}"}) {
        const std::string said = problem(exporter(text), variables);
        EXPECT_NE(said, "") << text;
        EXPECT_EQ(said.find("hunter2"), std::string::npos) << said;
    }
}

TEST(ExporterSection, Files) {
    for (const char* bad : {"stderr", "/var/log/x", "file://host/x", "file:///%zz", "file:///a%00b", "\"\""})
        EXPECT_NE(problem(exporter("{otlp_file/development: {output_stream: " + std::string(bad) + "}}")), "") << bad;
    EXPECT_EQ(read(exporter("{otlp_file/development: {output_stream: stdout}}")).traces.at(0).file, "");
}

}  // namespace
}  // namespace mizzen::telemetry
