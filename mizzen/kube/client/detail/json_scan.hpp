// SPDX-License-Identifier: Apache-2.0
// Finds the members of a JSON object and the items of an array without reading what is in them: lists and watch events
// are envelopes, and what they hold is decoded straight into structs.
#pragma once
#include <string_view>
#include <utility>
#include <vector>

namespace mizzen::kube::detail {

// Keys and values as they stand in `text`, keys without quotes (and with their escapes). Throws Error(invalid) if the
// text is no object or ends early; what the values hold is not checked.
std::vector<std::pair<std::string_view, std::string_view>> scan_members(std::string_view text);
std::vector<std::string_view> scan_items(std::string_view text);

// The value of a member, or "" if there is none.
std::string_view scan_member(std::string_view text, std::string_view key);
// A JSON string as text. Throws Error(invalid).
std::string scan_string(std::string_view value);

}  // namespace mizzen::kube::detail
