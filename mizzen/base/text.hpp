// SPDX-License-Identifier: Apache-2.0
// Small steps on text, and the rules for names in Kubernetes.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace mizzen {

// The parts between separators; one empty part for an empty text. They point into `text`.
std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::string join(const std::vector<std::string_view>& parts, std::string_view separator);
// Without spaces, tabs and line breaks at both ends.
std::string_view trim(std::string_view text);
// ASCII letters only.
std::string to_lower(std::string_view text);
bool equal_ignoring_case(std::string_view a, std::string_view b);

// 1 to 63 of a-z 0-9 -, with a letter or digit at both ends: names of Services, containers, ports (RFC 1123).
bool is_dns1123_label(std::string_view name);
// Labels joined by dots, at most 253 characters in all (each label may be as long): names of most objects.
bool is_dns1123_subdomain(std::string_view name);

}  // namespace mizzen
