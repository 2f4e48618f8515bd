// SPDX-License-Identifier: Apache-2.0
// Confine: which parts of an object a write may change, by the subresource it came through.
#pragma once
#include <string_view>

#include "mizzen/apiserver/catalog/served_resource.hpp"

namespace mizzen::apiserver {

// Puts back from `live` what a write through `subresource` ("" is the resource itself) may not change.
void confine(const ServedResource& resource, std::string_view subresource, json::Value& object,
             const json::Value& live);

// The same for a create: drops what clients may not set.
void confine_create(const ServedResource& resource, json::Value& object);

}  // namespace mizzen::apiserver
