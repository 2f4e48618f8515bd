// SPDX-License-Identifier: Apache-2.0
// In which order discovery names groups and versions: clients take the first match of a short name.
#pragma once
#include <string_view>

namespace mizzen::apiserver {

// Smaller comes first. Groups of custom resources follow the built-in ones, by name.
int group_rank(std::string_view group);

// Whether version `a` is preferred to `b`: v2, v1, v1beta2, v1beta1, v1alpha1, then others by name.
// Source: Kubernetes documentation "Versions in CustomResourceDefinitions", "Version priority".
bool version_before(std::string_view a, std::string_view b);

}  // namespace mizzen::apiserver
