// SPDX-License-Identifier: Apache-2.0
// Conversion of the few built-in kinds that are served in more versions or groups than they are stored in:
// Event (v1 and events.k8s.io/v1) and HorizontalPodAutoscaler (autoscaling/v2 and v1).
#pragma once
#include <string_view>

#include "mizzen/apiserver/catalog/served_resource.hpp"

namespace mizzen::apiserver {

bool needs_conversion(const ServedResource& resource);
json::Value convert_from_stored(const ServedResource& resource, json::Value object);
json::Value convert_to_stored(const ServedResource& resource, json::Value object);

}  // namespace mizzen::apiserver
