// SPDX-License-Identifier: Apache-2.0
// The variables OTEL_EXPORTER_OTLP_*, for one signal.
#pragma once
#include "mizzen/telemetry/configuration/configuration.hpp"
#include "mizzen/telemetry/environment/detail/values.hpp"

namespace mizzen::telemetry {

OtlpTarget read_otlp_target(const Variables& variables, otlp::Signal signal);
// Whether a header field may have that name and value. Source: RFC 9110, 5.
bool can_be_sent(const std::pair<std::string, std::string>& field);
// What is not right with the variables for all signals is told once, and not for each of them.
void forget_repeated(std::vector<std::string>& warnings);

}  // namespace mizzen::telemetry
