// SPDX-License-Identifier: Apache-2.0
// The fieldPath of a validation rule: ".spec.ports['a.b']".
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "mizzen/apiserver/crd/json_schema.hpp"

namespace mizzen::apiserver {

// As errors name it: "spec.ports[a.b]" of a map, "spec.a" of an object. Nothing if the schema has no such place.
std::optional<std::string> resolve_field_path(std::string_view path, const JsonSchema& schema);

}  // namespace mizzen::apiserver
