// SPDX-License-Identifier: Apache-2.0
// What a schema changes in a value: unknown members go, defaults come, nulls that may not be there go.
#pragma once
#include <string>
#include <vector>

#include "mizzen/apiserver/crd/json_schema.hpp"

namespace mizzen::apiserver {

// Removes members the schema does not know and returns their paths, sorted. With `is_resource` the value is a whole
// resource: its apiVersion, kind and metadata stay.
std::vector<std::string> prune_unknown(json::Value& value, const JsonSchema& schema, bool is_resource);

// Decodes the metadata of embedded resources as Go would, and returns the paths of members that were not known. Throws
// StatusError 400 where one is wrong. `object` is the whole resource.
std::vector<std::string> coerce_embedded(json::Value& object, const JsonSchema& schema);

// Puts defaults where a member is absent, or null without being nullable. Parents that are absent stay absent.
void fill_defaults(json::Value& value, const JsonSchema& schema);

// Removes nulls that are not nullable and have no default.
void prune_nulls(json::Value& value, const JsonSchema& schema);

}  // namespace mizzen::apiserver
