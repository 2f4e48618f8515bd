// SPDX-License-Identifier: Apache-2.0
// Configuration files: OpenTelemetry's declarative configuration in YAML.
#pragma once
#include <string>
#include <string_view>

#include "mizzen/telemetry/configuration/configuration.hpp"
#include "mizzen/telemetry/resource/detect.hpp"

namespace mizzen::telemetry {

// The text of a file of file_format "1.0" or "1.1", read strictly: a key that is unknown, or that asks for what is not
// there, is an error; only what changes nothing that is told is among the warnings. A provider that is not named is
// off. In texts ${NAME}, ${env:NAME} and ${NAME:-otherwise} stand for variables, $$ for $; what a variable gives is
// never read as YAML. `name` is for messages. YAML is read as Kubernetes does, so quote texts such as "no".
//
// Throws Error(invalid): "otel.yaml:12:9: tracer_provider.processors[0].batch.exportr: …". What a variable gave, and
// headers, are never shown. Source: opentelemetry-configuration 1.1, and the specification, configuration/data-model.
Configuration read_configuration(std::string_view text, std::string_view name, const Environment& environment,
                                 const Machine& machine);

// The same from the file at `path`, which `variable` has named.
Configuration read_configuration_file(std::string_view variable, const std::string& path,
                                      const Environment& environment, const Machine& machine);

}  // namespace mizzen::telemetry
