// SPDX-License-Identifier: Apache-2.0
// Where a command's own telemetry goes: the environment as a command reads it.
#pragma once
#include <string>
#include <string_view>

#include "mizzen/telemetry/environment/environment.hpp"

namespace mizzen::cli {

// The OTEL_* variables with what a command adds to them. OpenTelemetry's default is to send everything to
// localhost:4318; a tool that is started for something else sends a signal only when asked: by --otlp, by an endpoint,
// by the signal's exporter variable, or by a configuration file.
//
// `otlp` is the value of --otlp, "" without it: it stands for OTEL_EXPORTER_OTLP_ENDPOINT and hides the endpoints of
// the single signals and OTEL_CONFIG_FILE, because the command line wins. `service` is the name of the service where
// nothing else names it.
telemetry::Environment command_environment(telemetry::Environment environment, std::string otlp, std::string service);

// Throws Error(invalid) unless `otlp` is a URL that telemetry can be sent to.
void check_otlp(std::string_view otlp);

}  // namespace mizzen::cli
