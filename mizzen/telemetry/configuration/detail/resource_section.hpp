// SPDX-License-Identifier: Apache-2.0
// The resource of a configuration file.
#pragma once
#include "mizzen/telemetry/configuration/detail/node.hpp"
#include "mizzen/telemetry/resource.hpp"

namespace mizzen::telemetry {

// `node` may be null: then there are the default attributes alone.
Resource read_resource_section(const Node* node, const Environment& environment, const Machine& machine);

}  // namespace mizzen::telemetry
