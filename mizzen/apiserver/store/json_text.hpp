// SPDX-License-Identifier: Apache-2.0
// Looks into and changes stored JSON text without parsing it: the few members that reads and deletions must replace.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace mizzen::apiserver {

// The text of the member at `path` (from its first to its last character) in compact JSON as json::to_json writes it,
// or nothing. Keys are compared as written: ask only for keys without escapes.
std::optional<std::string_view> member_text(std::string_view json, std::initializer_list<std::string_view> path);

// `json` with the text of one member replaced; unchanged if there is no such member.
std::string with_member(std::string_view json, std::initializer_list<std::string_view> path, std::string_view text);

// `json` with metadata.resourceVersion set to `revision`.
std::string with_revision(std::string_view json, std::uint64_t revision);

}  // namespace mizzen::apiserver
