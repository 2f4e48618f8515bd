// SPDX-License-Identifier: Apache-2.0
// Reference pages of structs, in Markdown.
#pragma once
#include <string>
#include <string_view>

#include "mizzen/json/type_info.hpp"

namespace mizzen::json {

// A heading and one table with a row per member, nested ones by their path ("autoscale.maxReplicas", "secrets[].path",
// "env.*"): type, default, limits, and what the note says. In the order of the struct; ends with a line break.
std::string reference(const TypeInfo&, std::string_view title);

}  // namespace mizzen::json
