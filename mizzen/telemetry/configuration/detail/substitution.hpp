// SPDX-License-Identifier: Apache-2.0
// Variables in the texts of a configuration file.
#pragma once
#include <string>
#include <string_view>

#include "mizzen/telemetry/resource/detect.hpp"

namespace mizzen::telemetry {

struct Substituted {
    std::string text;
    bool has_variables = false;
};

// ${NAME}, ${env:NAME}, ${NAME:-otherwise}: the variable, or what stands behind :- if it is not set or empty, or
// nothing. $$ is $. What comes in is not looked at again. Throws Error(invalid) "${1A}: …" on what begins like a
// variable and is none. Source: OpenTelemetry specification, configuration/data-model, Environment variable
// substitution.
Substituted substitute(std::string_view text, const Environment& environment);

}  // namespace mizzen::telemetry
