// SPDX-License-Identifier: Apache-2.0
// A sampler of a configuration file.
#pragma once
#include "mizzen/telemetry/configuration/detail/node.hpp"
#include "mizzen/telemetry/configuration/sampler_choice.hpp"

namespace mizzen::telemetry {

SamplerChoice read_sampler(const Node& node);

}  // namespace mizzen::telemetry
