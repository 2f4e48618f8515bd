// SPDX-License-Identifier: Apache-2.0
// Simple JSON paths as CustomResourceDefinitions use them: ".spec.replicas", ".spec['a.b'].c". No lists, no filters.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/json/value.hpp"

namespace mizzen::apiserver {

// The keys along the path; nothing if it is not of this form.
std::optional<std::vector<std::string>> parse_simple_path(std::string_view path);
// The value there, or nullptr.
const json::Value* value_at(const json::Value& object, std::string_view path);
// Sets it, making the objects on the way.
void set_at(json::Value& object, std::string_view path, json::Value value);
// As selectors compare it: strings as they are, integers and booleans written out, everything else "".
std::string selector_text(const json::Value* value);

}  // namespace mizzen::apiserver
