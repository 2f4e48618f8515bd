// SPDX-License-Identifier: Apache-2.0
// The grammar of label keys and values, and of DNS names, with the complaints that kube-apiserver makes about them.
// Source: Kubernetes documentation "Labels and Selectors", "Object Names and IDs"; RFC 1123.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace mizzen::apiserver {

// Each returns what is wrong with the text, in kube-apiserver's words; nothing if it is right.

// "app", "app.kubernetes.io/name": an optional DNS subdomain and '/', then at most 63 letters, digits, '-', '_' and
// '.'.
std::vector<std::string> label_key_problems(std::string_view key);
// At most 63 of the same characters, or empty.
std::vector<std::string> label_value_problems(std::string_view value);
// At most 253 characters: labels joined by dots.
std::vector<std::string> dns_subdomain_problems(std::string_view name);
// At most 63 lower case letters, digits and '-', with a letter or digit at both ends.
std::vector<std::string> dns_label_problems(std::string_view name);

}  // namespace mizzen::apiserver
