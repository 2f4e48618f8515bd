// SPDX-License-Identifier: Apache-2.0
// The table as a page.
#include "mizzen/base/text.hpp"
#include "mizzen/telemetry/environment/variables.hpp"

namespace mizzen::telemetry {
namespace {

constexpr std::string_view per_signal_prefix = "OTEL_EXPORTER_OTLP_";
constexpr std::string_view signals[] = {"TRACES", "METRICS", "LOGS"};

constexpr std::string_view head =
    "# The variables of telemetry\n"
    "\n"
    "What `read_environment()` reads: all variables of OpenTelemetry's specification, and what a program does with "
    "them. An empty value is as\n"
    "good as none. A value that is not understood is reported, and the default stays. This page is made from\n"
    "[the table in the code](../mizzen/telemetry/environment/variables_table.cpp); a test sets each variable and "
    "compares "
    "what changes.\n"
    "\n"
    "| variable | default | |\n"
    "|---|---|---|\n";

}  // namespace

std::vector<std::string> names_of(const DescribedVariable& variable) {
    std::vector<std::string> names = {std::string(variable.name)};
    if (!variable.is_per_signal) return names;
    for (const std::string_view signal : signals)
        names.push_back(std::string(per_signal_prefix) + std::string(signal) + "_" +
                        std::string(variable.name.substr(per_signal_prefix.size())));
    return names;
}

std::string variables_page() {
    std::string page(head);
    for (const DescribedVariable& each : environment_variables()) {
        page += "| `" + join(names_of(each), "` `") + "` | " + std::string(each.otherwise) +
                (each.otherwise.empty() ? "| " : " | ") + std::string(each.meaning) + " |\n";
    }
    return page;
}

}  // namespace mizzen::telemetry
