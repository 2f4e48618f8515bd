// SPDX-License-Identifier: Apache-2.0
// Defaults and validation of an object, whether its kind is built in or custom.
#pragma once
#include <vector>

#include "mizzen/apiserver/catalog/served_resource.hpp"

namespace mizzen::apiserver {

void apply_defaults_to(const ServedResource& resource, json::Value& object);

// Metadata first, then what the schema and the rules of the kind say. `old` is null on create.
std::vector<FieldError> validate_object(const ServedResource& resource, std::string_view subresource,
                                        const json::Value& object, const json::Value* old);

}  // namespace mizzen::apiserver
