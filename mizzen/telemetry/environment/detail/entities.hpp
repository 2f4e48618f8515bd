// SPDX-License-Identifier: Apache-2.0
// OTEL_ENTITIES: things that the resource is about.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/telemetry/resource.hpp"

namespace mizzen::telemetry {

struct ParsedEntities {
    Attributes attributes = {};
    std::vector<Entity> entities = {};
    std::vector<std::string> problems = {};  // for people, without the variable's name
};

// "service{service.name=shop}[service.version=1.0]@https://schema;host{host.id=h1}": type, attributes that identify,
// attributes that describe, schema. Values are percent-encoded. What is malformed is left out and reported, the rest
// counts; of two that are the same, or that identify one type in two ways, the last counts. Source: OpenTelemetry
// specification, entities/entity-propagation.
ParsedEntities parse_entities(std::string_view text);

}  // namespace mizzen::telemetry
