// SPDX-License-Identifier: Apache-2.0
// OTEL_EXPORTER_OTLP_*: endpoints and their paths, signals that differ, headers that are not shown.
#include <gtest/gtest.h>

#include <map>

#include "mizzen/telemetry/environment/endpoint.hpp"
#include "mizzen/telemetry/environment/environment.hpp"

namespace mizzen::telemetry {
namespace {
using namespace std::chrono_literals;
using Variables = std::map<std::string, std::string, std::less<>>;
using Warnings = std::vector<std::string>;
using otlp::Protocol;

// With OTEL_EXPORTER_OTLP_ before each name.
Configuration read(Variables variables) {
    return read_environment(
        [&](std::string_view name) -> std::optional<std::string> {
            constexpr std::string_view prefix = "OTEL_EXPORTER_OTLP_";
            const auto at = name.starts_with(prefix) ? variables.find(name.substr(prefix.size())) : variables.end();
            if (at == variables.end()) return std::nullopt;
            return at->second;
        },
        Machine{});
}

std::string url(const OtlpTarget& t) {
    return std::string(t.tls ? "https" : "http") + " " + t.host + " " + std::to_string(t.port) + " " + t.options.path;
}

TEST(OtlpTarget, Endpoint) {
    struct Case {
        std::string endpoint, url;
    };
    for (const Case& c : {Case{"", "http localhost 4318 "},
                          {"http://collector:4318", "http collector 4318 /v1/traces"},
                          {"http://collector:4318/", "http collector 4318 /v1/traces"},
                          {"https://collector/in//", "https collector 443 /in/v1/traces"},
                          {"HTTP://collector/in?key=1#x", "http collector 80 /in/v1/traces?key=1"},
                          {"http://[::1]:4318", "http ::1 4318 /v1/traces"}}) {
        const Configuration read_one = read({{"ENDPOINT", c.endpoint}});
        EXPECT_EQ(url(read_one.traces.at(0).otlp), c.url);
        EXPECT_EQ(read_one.warnings, Warnings{}) << c.endpoint;
    }
    const Configuration all = read({{"ENDPOINT", "http://c:1/in"}});
    EXPECT_EQ(all.metrics.at(0).otlp.options.path, "/in/v1/metrics");
    EXPECT_EQ(all.logs.at(0).otlp.options.path, "/in/v1/logs");
    for (const char* bad : {"collector:4318", "collector", "ftp://collector", "http://", "http://:1", "http://c:0",
                            "http://c:x", "http://c:99999", "http://[::1", "http://c d", "http://user:pw@c:4318"}) {
        const Configuration c = read({{"ENDPOINT", bad}});
        EXPECT_EQ(url(c.traces.at(0).otlp), "http localhost 4318 ") << bad;
        ASSERT_EQ(c.warnings.size(), 1u) << "once, not for each signal: " << bad;
        EXPECT_TRUE(c.warnings[0].starts_with("OTEL_EXPORTER_OTLP_ENDPOINT: expected a URL")) << c.warnings[0];
        EXPECT_EQ(c.warnings[0].find("pw"), std::string::npos) << "no password is shown";
    }
}

TEST(OtlpTarget, ASignalsOwnEndpointIsTakenAsItIs) {
    struct Case {
        std::string endpoint, url;
    };
    for (const Case& c : {Case{"http://own:9", "http own 9 /"},
                          {"http://own:9/", "http own 9 /"},
                          {"http://own:9?a=b", "http own 9 /?a=b"},
                          {"https://own/v1/traces/", "https own 443 /v1/traces/"}}) {
        EXPECT_EQ(url(read({{"ENDPOINT", "http://all:1"}, {"TRACES_ENDPOINT", c.endpoint}}).traces.at(0).otlp), c.url);
        EXPECT_EQ(url(read({{"ENDPOINT", "http://all:1"}, {"METRICS_ENDPOINT", c.endpoint}}).metrics.at(0).otlp),
                  c.url);
        EXPECT_EQ(url(read({{"ENDPOINT", "http://all:1"}, {"LOGS_ENDPOINT", c.endpoint}}).logs.at(0).otlp), c.url);
    }
    const Configuration c = read({{"ENDPOINT", "http://all:1"}, {"TRACES_ENDPOINT", "http://own:9"}});
    EXPECT_EQ(url(c.metrics.at(0).otlp), "http all 1 /v1/metrics");
}

TEST(OtlpTarget, ProtocolAndGrpc) {
    EXPECT_EQ(read({}).traces.at(0).otlp.options.protocol, Protocol::http_protobuf);
    EXPECT_EQ(read({{"PROTOCOL", "HTTP/JSON"}}).logs.at(0).otlp.options.protocol, Protocol::http_json);
    const Configuration mixed = read({{"PROTOCOL", "grpc"}, {"METRICS_PROTOCOL", "http/protobuf"}});
    EXPECT_EQ(url(mixed.traces.at(0).otlp), "http localhost 4317 ");
    EXPECT_EQ(url(mixed.metrics.at(0).otlp), "http localhost 4318 ");
    EXPECT_EQ(read({{"PROTOCOL", "soap"}}).traces.at(0).otlp.options.protocol, Protocol::http_protobuf);
    EXPECT_EQ(read({{"PROTOCOL", "soap"}}).warnings.size(), 1u);
    struct Case {
        std::string endpoint, insecure, url;
    };
    for (const Case& c : {Case{"http://c:4317/path", "", "http c 4317 "},
                          {"https://c:4317", "true", "https c 4317 "},
                          {"c:4317", "", "https c 4317 "},
                          {"c:4317", "true", "http c 4317 "},
                          {"c", "false", "https c 4317 "}}) {
        const Configuration one = read({{"PROTOCOL", "grpc"}, {"ENDPOINT", c.endpoint}, {"INSECURE", c.insecure}});
        EXPECT_EQ(url(one.traces.at(0).otlp), c.url);
        EXPECT_EQ(one.warnings, Warnings{});
    }
    const Configuration own =
        read({{"PROTOCOL", "grpc"}, {"ENDPOINT", "c:1"}, {"INSECURE", "true"}, {"TRACES_INSECURE", "false"}});
    EXPECT_TRUE(own.traces.at(0).otlp.tls);
    EXPECT_FALSE(own.logs.at(0).otlp.tls);
}

// Names that the specification has given up.
TEST(OtlpTarget, InsecureByItsOldNames) {
    const Variables variables = {
        {"PROTOCOL", "grpc"}, {"ENDPOINT", "collector:1"}, {"SPAN_INSECURE", "true"}, {"METRIC_INSECURE", "true"}};
    const Configuration c = read(variables);
    EXPECT_FALSE(c.traces.at(0).otlp.tls);
    EXPECT_FALSE(c.metrics.at(0).otlp.tls);
    EXPECT_TRUE(c.logs.at(0).otlp.tls);
    Variables both = variables;
    both["TRACES_INSECURE"] = "false";
    EXPECT_TRUE(read(both).traces.at(0).otlp.tls);
}

TEST(OtlpTarget, CompressionAndTimeout) {
    EXPECT_EQ(read({}).traces.at(0).otlp.options.compression, otlp::Compression::none);
    EXPECT_EQ(read({}).traces.at(0).otlp.options.timeout, 10s);
    const Configuration c = read({{"COMPRESSION", "gzip"},
                                  {"LOGS_COMPRESSION", "none"},
                                  {"METRICS_COMPRESSION", "ZSTD"},
                                  {"TIMEOUT", "2500"},
                                  {"METRICS_TIMEOUT", "0"}});
    EXPECT_EQ(c.traces.at(0).otlp.options.compression, otlp::Compression::gzip);
    EXPECT_EQ(c.logs.at(0).otlp.options.compression, otlp::Compression::none);
    EXPECT_EQ(c.metrics.at(0).otlp.options.compression, otlp::Compression::zstd);
    EXPECT_EQ(c.traces.at(0).otlp.options.timeout, 2500ms);
    EXPECT_GT(c.metrics.at(0).otlp.options.timeout, 24h * 365);
    EXPECT_EQ(c.warnings, Warnings{});
    const Configuration bad = read({{"COMPRESSION", "snappy"}, {"TRACES_TIMEOUT", "10s"}});
    EXPECT_EQ(bad.traces.at(0).otlp.options.compression, otlp::Compression::none);
    EXPECT_EQ(bad.traces.at(0).otlp.options.timeout, 10s);
    EXPECT_EQ(bad.warnings.size(), 2u);
}

TEST(OtlpTarget, Headers) {
    using Fields = std::vector<std::pair<std::string, std::string>>;
    const Configuration c =
        read({{"HEADERS", "api-key=s%20e=c;r, X-B = 2 "}, {"TRACES_HEADERS", "authorization=Bearer%20t"}});
    EXPECT_EQ(c.logs.at(0).otlp.options.headers, (Fields{{"api-key", "s e=c;r"}, {"X-B", "2"}}));
    EXPECT_EQ(c.traces.at(0).otlp.options.headers, (Fields{{"authorization", "Bearer t"}})) << "instead, not besides";
    EXPECT_EQ(c.warnings, Warnings{});
    for (const char* bad :
         {"s3cret", "a=s3cret,b", "a=s3cret%zz", "a=s3cret%0d%0ax:y", "a b=s3cret", "=s3cret", "a%0a=s3cret"}) {
        const Configuration broken = read({{"HEADERS", bad}});
        EXPECT_EQ(broken.traces.at(0).otlp.options.headers, Fields{}) << bad;
        ASSERT_EQ(broken.warnings.size(), 1u) << bad;
        EXPECT_EQ(broken.warnings[0].find("s3cret"), std::string::npos) << broken.warnings[0];
    }
}

TEST(OtlpTarget, Certificates) {
    const Configuration c = read({{"CERTIFICATE", "/ca.pem"},
                                  {"CLIENT_KEY", "/key.pem"},
                                  {"CLIENT_CERTIFICATE", "/cert.pem"},
                                  {"METRICS_CERTIFICATE", "/own.pem"}});
    EXPECT_EQ(c.traces.at(0).otlp.certificate_file, "/ca.pem");
    EXPECT_EQ(c.traces.at(0).otlp.client_key_file, "/key.pem");
    EXPECT_EQ(c.traces.at(0).otlp.client_certificate_file, "/cert.pem");
    EXPECT_EQ(c.metrics.at(0).otlp.certificate_file, "/own.pem");
    EXPECT_EQ(c.metrics.at(0).otlp.client_key_file, "/key.pem");
    EXPECT_EQ(read({}).logs.at(0).otlp.certificate_file, "");
}

TEST(Endpoint, Parts) {
    EXPECT_EQ(parse_endpoint("https://h:1/p/q?r#s"), (Endpoint{true, "h", 1, "/p/q", "?r"}));
    EXPECT_EQ(parse_endpoint("h"), (Endpoint{std::nullopt, "h", std::nullopt, "", ""}));
    EXPECT_EQ(parse_endpoint("http://h/a@b"), (Endpoint{false, "h", std::nullopt, "/a@b", ""}));
    EXPECT_EQ(parse_endpoint("http://[::1]x"), std::nullopt);
    EXPECT_EQ(parse_endpoint("http://h:"), std::nullopt);
    EXPECT_EQ(parse_endpoint("http://u@h"), std::nullopt);
    EXPECT_EQ(parse_endpoint(""), std::nullopt);
}

}  // namespace
}  // namespace mizzen::telemetry
