// SPDX-License-Identifier: Apache-2.0
// Resource: what all telemetry of one process says about where it comes from.
#pragma once
#include <string>
#include <vector>

#include "mizzen/telemetry/attribute.hpp"

namespace mizzen::telemetry {

// One thing that a resource is about, such as its service or its host: which of the attributes say which one it is, and
// which describe it. Source: OpenTelemetry specification, entities/data-model; opentelemetry-proto, EntityRef.
struct Entity {
    std::string type;  // "service"
    std::string schema_url = {};
    std::vector<std::string> id_keys = {};
    std::vector<std::string> description_keys = {};
    friend bool operator==(const Entity&, const Entity&) = default;
};

// Source: OpenTelemetry specification, resource/sdk. `service.name` is among the attributes of every resource that is
// sent; without one, back ends show the process as "unknown_service".
struct Resource {
    Attributes attributes = {};
    std::string schema_url = {};
    std::vector<Entity> entities = {};
};

}  // namespace mizzen::telemetry
