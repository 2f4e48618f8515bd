// SPDX-License-Identifier: Apache-2.0
// Checking a value against a JsonSchema, with the messages of kube-apiserver ("spec.replicas in body should be less
// than or equal to 10").
#pragma once
#include <string>
#include <vector>

#include "mizzen/apiserver/crd/json_schema.hpp"
#include "mizzen/apiserver/status.hpp"

namespace mizzen::apiserver {

// What is wrong with `value` at `path` ("" for a whole object; without the dot before it). With `old`, what is wrong
// with a part that did not change is let through where the part can be found in `old` again: members of objects and
// maps, elements of keyed lists. `prefix` is put before every path ("spec.versions[0].schema.….default").
std::vector<FieldError> check_schema(const JsonSchema& schema, const json::Value& value,
                                     const json::Value* old = nullptr, std::string_view prefix = "");

// Elements of sets and keys of keyed lists must be unique.
std::vector<FieldError> check_lists(const JsonSchema& schema, const json::Value& object);

// Embedded resources must have apiVersion, kind and good metadata. With `is_resource` the value itself is one.
std::vector<FieldError> check_embedded(const JsonSchema& schema, const json::Value& value, bool is_resource = false,
                                       std::string_view prefix = "");

}  // namespace mizzen::apiserver
