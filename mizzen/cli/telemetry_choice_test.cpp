// SPDX-License-Identifier: Apache-2.0
// A command tells about itself only when asked, and where it was asked.
#include "mizzen/cli/telemetry_choice.hpp"

#include <gtest/gtest.h>

#include <map>

#include "mizzen/base/error.hpp"

namespace mizzen::cli {
namespace {

using Variables = std::map<std::string, std::string, std::less<>>;

telemetry::Configuration configuration(Variables variables, std::string otlp = "") {
    return telemetry::read_environment(command_environment(
        [variables = std::move(variables)](std::string_view name) -> std::optional<std::string> {
            const auto at = variables.find(name);
            return at == variables.end() ? std::nullopt : std::optional(at->second);
        },
        std::move(otlp), "mizzen"));
}

TEST(TelemetryChoice, NothingIsSentUnlessAskedFor) {
    const auto chosen = configuration({});
    EXPECT_TRUE(chosen.traces.empty());
    EXPECT_TRUE(chosen.metrics.empty());
    EXPECT_TRUE(chosen.logs.empty());
    EXPECT_EQ(chosen.warnings, std::vector<std::string>());
}

TEST(TelemetryChoice, TheCommandLineSendsAllSignalsThere) {
    const auto chosen = configuration({{"OTEL_EXPORTER_OTLP_ENDPOINT", "http://elsewhere:1"},
                                       {"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://elsewhere:2"},
                                       {"OTEL_CONFIG_FILE", "elsewhere.yaml"}},
                                      "http://collector:4318");
    ASSERT_EQ(chosen.traces.size(), 1U);
    EXPECT_EQ(chosen.traces[0].otlp.host, "collector");
    ASSERT_EQ(chosen.metrics.size(), 1U);
    EXPECT_EQ(chosen.metrics[0].otlp.port, 4318);
    ASSERT_EQ(chosen.logs.size(), 1U);
    EXPECT_EQ(chosen.warnings, std::vector<std::string>());
}

TEST(TelemetryChoice, AnEndpointOfOneSignalSendsThatOne) {
    const auto chosen = configuration({{"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://tempo:4318/v1/traces"}});
    ASSERT_EQ(chosen.traces.size(), 1U);
    EXPECT_EQ(chosen.traces[0].otlp.host, "tempo");
    EXPECT_TRUE(chosen.metrics.empty());
    EXPECT_TRUE(chosen.logs.empty());
}

TEST(TelemetryChoice, AnExporterThatIsNamedIsUsed) {
    const auto chosen = configuration({{"OTEL_METRICS_EXPORTER", "prometheus"}, {"OTEL_LOGS_EXPORTER", ""}});
    EXPECT_TRUE(chosen.traces.empty());
    ASSERT_EQ(chosen.metrics.size(), 1U);
    EXPECT_EQ(chosen.metrics[0].kind, telemetry::ExporterKind::prometheus);
    EXPECT_TRUE(chosen.logs.empty());
    EXPECT_TRUE(configuration({{"OTEL_TRACES_EXPORTER", "none"}}, "http://collector:4318").traces.empty());
}

TEST(TelemetryChoice, TheServiceIsTheProgramUnlessItIsNamed) {
    const auto name = [](const telemetry::Configuration& chosen) {
        return *chosen.resource.attributes.find("service.name")->as<std::string>();
    };
    EXPECT_EQ(name(configuration({})), "mizzen");
    EXPECT_EQ(name(configuration({{"OTEL_SERVICE_NAME", "mine"}})), "mine");
    EXPECT_EQ(name(configuration({{"OTEL_RESOURCE_ATTRIBUTES", "service.name=mine"}})), "mine");
}

TEST(TelemetryChoice, WhatIsNoUrlIsRefused) {
    EXPECT_NO_THROW(check_otlp("http://localhost:4318"));
    EXPECT_NO_THROW(check_otlp("https://[::1]/prefix"));
    for (const std::string_view bad : {"", "localhost:4318", "ftp://collector", "http://", "http://user:word@host"})
        EXPECT_THROW(check_otlp(bad), Error) << bad;
}

}  // namespace
}  // namespace mizzen::cli
