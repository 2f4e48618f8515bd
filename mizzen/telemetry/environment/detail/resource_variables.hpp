// SPDX-License-Identifier: Apache-2.0
// The resource, from variables and detectors.
#pragma once
#include "mizzen/telemetry/environment/detail/values.hpp"
#include "mizzen/telemetry/resource.hpp"
#include "mizzen/telemetry/resource/detect.hpp"

namespace mizzen::telemetry {

// telemetry.sdk.*, and service.name as it is where nobody says: "unknown_service:shop" for the program shop.
Attributes default_attributes(const Machine& machine);

// OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES, OTEL_ENTITIES, and what OTEL_EXPERIMENTAL_RESOURCE_DETECTORS chooses.
Resource read_resource(const Variables& variables, const Environment& environment, const Machine& machine);

// The entries of OTEL_RESOURCE_ATTRIBUTES; nothing if one is wrong.
std::optional<Pairs> parse_resource_attributes(std::string_view text);

}  // namespace mizzen::telemetry
