// SPDX-License-Identifier: Apache-2.0
// The checks of numbers: range of the type, multipleOf, maximum, minimum. Inner part of schema_validator.hpp.
#pragma once
#include "mizzen/apiserver/crd/json_schema.hpp"
#include "mizzen/apiserver/crd/schema_result.hpp"

namespace mizzen::apiserver {

SchemaResult check_number(const JsonSchema& schema, const json::Value& value, const std::string& path,
                          const std::string& field);
// A number as Go's %v writes it.
std::string go_number(double n);

}  // namespace mizzen::apiserver
