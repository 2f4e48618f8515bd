// SPDX-License-Identifier: Apache-2.0
// The tag of an image reference, by which the pull policy is chosen.
#pragma once
#include <string_view>

namespace mizzen::kube::schema::defaults {

// "latest" where a reference has neither tag nor digest; "" where it has a digest only, or is no reference.
std::string_view image_tag(std::string_view reference);

}  // namespace mizzen::kube::schema::defaults
