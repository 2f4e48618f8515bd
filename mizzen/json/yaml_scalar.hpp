// SPDX-License-Identifier: Apache-2.0
// What a YAML scalar without quotes stands for, by the rules that Kubernetes' YAML library has.
#pragma once
#include <optional>
#include <string_view>

#include "mizzen/json/value.hpp"

namespace mizzen::json {

// Null for "", ~, null; booleans for y, yes, on, true and their opposites in three spellings each; integers in four
// bases with underscores; numbers; everything else is a string, dates and 1:30 among them. Numbers that are not finite
// are numbers here.
Value resolve_plain(std::string_view text);

// The same with a tag such as !!int; nothing if the text cannot be one. Tags that are not of YAML's own types stand for
// strings.
std::optional<Value> resolve_tagged(std::string_view tag, std::string_view text);

}  // namespace mizzen::json
