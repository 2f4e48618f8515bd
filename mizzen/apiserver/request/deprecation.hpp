// SPDX-License-Identifier: Apache-2.0
// What clients are warned of when they use it.
#pragma once
#include <string>

#include "mizzen/apiserver/catalog/served_resource.hpp"

namespace mizzen::apiserver {

// The text of the warning, or "".
inline std::string deprecation_of(const ServedResource& resource) {
    if (resource.custom) return resource.custom->deprecation_warning;
    if (!resource.group.empty()) return "";
    if (resource.kind == "Endpoints")
        return "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice";
    if (resource.kind == "ComponentStatus") return "v1 ComponentStatus is deprecated in v1.19+";
    return "";
}

}  // namespace mizzen::apiserver
