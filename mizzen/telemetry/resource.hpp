// SPDX-License-Identifier: Apache-2.0
// Resource: what all telemetry of one process says about where it comes from.
#pragma once
#include <string>

#include "mizzen/telemetry/attribute.hpp"

namespace mizzen::telemetry {

// Source: OpenTelemetry specification, resource/sdk. `service.name` is among the attributes of every resource that is
// sent; without one, back ends show the process as "unknown_service".
struct Resource {
    Attributes attributes = {};
    std::string schema_url = {};
};

}  // namespace mizzen::telemetry
