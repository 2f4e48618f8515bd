// SPDX-License-Identifier: Apache-2.0
// The variables that read_environment() looks at, as a table that the documentation is made of.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mizzen::telemetry {

struct DescribedVariable {
    std::string_view name;
    std::string_view otherwise;  // what counts where it is not set; "" for nothing
    std::string_view meaning;    // Markdown, one line
    // "OTEL_EXPORTER_OTLP_TIMEOUT" is there for each signal too, as "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", which wins.
    bool is_per_signal = false;
};

// In the order of the specification. Source: OpenTelemetry specification, configuration/sdk-environment-variables and
// protocol/exporter; what is not from there says so.
std::span<const DescribedVariable> environment_variables();

// The name itself, and those of each signal.
std::vector<std::string> names_of(const DescribedVariable& variable);

// docs/telemetry-variables.md.
std::string variables_page();

}  // namespace mizzen::telemetry
