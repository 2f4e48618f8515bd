// SPDX-License-Identifier: Apache-2.0
// How rules of a schema see the data it describes. Source: Kubernetes documentation, "Validation rules": types, escaped
// names, what is not accessible.
#pragma once
#include <memory>

#include "mizzen/apiserver/crd/json_schema.hpp"
#include "mizzen/cel/shape.hpp"

namespace mizzen::apiserver {

// With `is_resource`, apiVersion, kind, metadata.name and metadata.generateName are there whatever the schema says.
// Kind::hidden where rules cannot see it at all.
std::shared_ptr<const cel::Shape> cel_shape(const JsonSchema& schema, bool is_resource);

// The largest request, in bytes, that estimates reckon with.
inline constexpr std::int64_t largest_request = 3 * 1024 * 1024;

}  // namespace mizzen::apiserver
