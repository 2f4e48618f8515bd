// SPDX-License-Identifier: Apache-2.0
// What may be wrong with one label requirement; shared by the two forms of a selector.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/apiserver/selector/selector.hpp"
#include "mizzen/apiserver/status.hpp"

namespace mizzen::apiserver {

// Key, number of values, and each value, checked as kube-apiserver does; fields are "key", "values[0][<key>]".
std::vector<FieldError> requirement_errors(const LabelRequirement&);

// "<nil>: Invalid value: …", with brackets around several; the same complaint is told once.
std::string joined(const std::vector<FieldError>&);

// The label's value as a decimal 64-bit integer, for "greater" and "less".
std::optional<std::int64_t> label_number(std::string_view text);

}  // namespace mizzen::apiserver
