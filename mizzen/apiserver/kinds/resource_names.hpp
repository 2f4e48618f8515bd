// SPDX-License-Identifier: Apache-2.0
// The names of resources that can be asked for: cpu, memory, hugepages-2Mi, example.com/gpu; and amounts of them.
#pragma once
#include <string_view>

#include "mizzen/apiserver/kinds/place.hpp"

namespace mizzen::apiserver {

// One that Kubernetes itself knows, for containers, quotas or claims.
bool is_standard_resource(std::string_view name);
bool is_container_resource(std::string_view name);
// Without a domain, or of kubernetes.io.
bool is_native_resource(std::string_view name);
// "example.com/gpu": of another domain, short enough that quotas can name it.
bool is_extended_resource(std::string_view name);
bool is_quota_resource(std::string_view name);

// Not negative, and whole where parts make no sense.
void check_resource_quantity(const Place& quantity, std::string_view resource);
// "must be greater than or equal to 0"; false if it was said.
bool check_not_negative(const Place& quantity);

}  // namespace mizzen::apiserver
