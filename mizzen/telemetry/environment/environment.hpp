// SPDX-License-Identifier: Apache-2.0
// What the OTEL_* variables of the environment say, as one plain value.
#pragma once
#include "mizzen/telemetry/configuration/configuration.hpp"
#include "mizzen/telemetry/resource/detect.hpp"

namespace mizzen::telemetry {

// What is not understood in a variable is reported (Configuration::warnings), and the default stays: an empty value is
// as good as none, a boolean is true for "true" in any case of letters and false otherwise, times are whole
// milliseconds, of a timeout zero means a century. docs/telemetry-variables.md names all of them.
//
// `machine` is asked for what detectors look at, and for the file that OTEL_CONFIG_FILE names. Where that is set all
// other variables count only where the file names them (configuration/file.hpp), and a file that is not right throws
// Error(invalid): a program that was told how to behave must not behave otherwise. Nothing else is ever thrown.
// Source: OpenTelemetry specification, configuration/sdk-environment-variables and protocol/exporter.
Configuration read_environment(const Environment& environment, const Machine& machine = this_machine());

}  // namespace mizzen::telemetry
