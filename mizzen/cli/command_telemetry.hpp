// SPDX-License-Identifier: Apache-2.0
// The telemetry of a command that runs for long: `mizzen up`, `mizzen operator`.
#pragma once
#include <string>

#include "mizzen/telemetry/telemetry.hpp"

namespace mizzen::cli {

// As --otlp and this process's OTEL_* variables say (telemetry_choice.hpp). What is not understood of them is told on
// standard error. Throws Error(invalid) for an --otlp that is no URL and for files that cannot be read.
telemetry::Telemetry command_telemetry(Loop& loop, net::Network& network, std::string otlp, std::string service);

// The scope of a command's spans.
telemetry::InstrumentationScope command_scope();

// Sends what is left, and says so if that was not possible.
Task<> end_telemetry(telemetry::Telemetry& telemetry);

}  // namespace mizzen::cli
