// SPDX-License-Identifier: Apache-2.0
#include "mizzen/cli/command_telemetry.hpp"

#include <cstdio>
#include <cstdlib>

#include "mizzen/cli/telemetry_choice.hpp"

namespace mizzen::cli {
namespace {

constexpr Duration grace = std::chrono::seconds(2);

std::optional<std::string> variable(std::string_view name) {
    const char* text = std::getenv(std::string(name).c_str());
    return text ? std::optional<std::string>(text) : std::nullopt;
}

}  // namespace

telemetry::Telemetry command_telemetry(Loop& loop, net::Network& network, std::string otlp, std::string service) {
    if (!otlp.empty()) check_otlp(otlp);
    auto configuration =
        telemetry::read_environment(command_environment(variable, std::move(otlp), std::move(service)));
    for (const std::string& warning : configuration.warnings) std::fprintf(stderr, "%s\n", warning.c_str());
    return {loop, network, std::move(configuration), Random::from_system()};
}

telemetry::InstrumentationScope command_scope() { return {.name = "mizzen", .version = MIZZEN_VERSION}; }

Task<> end_telemetry(telemetry::Telemetry& telemetry) {
    if (co_await telemetry.shut_down(grace)) co_return;
    const std::string problem = telemetry.problem();
    std::fprintf(stderr, "not all telemetry was delivered%s%s\n", problem.empty() ? "" : ": ", problem.c_str());
}

}  // namespace mizzen::cli
