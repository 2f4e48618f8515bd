// SPDX-License-Identifier: Apache-2.0
// Endpoints: which pods stand behind a Service, as EndpointSlices and as the older Endpoints object. Pure.
// Source: Kubernetes documentation "EndpointSlices", "Service".
#pragma once
#include <cstddef>
#include <memory>
#include <vector>

#include "mizzen/kube/schema/kinds/core.hpp"
#include "mizzen/kube/schema/kinds/discovery.hpp"

namespace mizzen::controllers {

// Endpoints in one slice, at most.
inline constexpr std::size_t slice_size = 100;

using ServicePods = std::vector<std::shared_ptr<const kube::Pod>>;

// The slices of a Service, without owner; `pods` are those that its selector matches. Pods with different numbers for a
// named port go to different slices; pods without an address to none. A Service without pods has one empty slice.
std::vector<kube::EndpointSlice> endpoint_slices(const kube::Service&, const ServicePods& pods);
// The Endpoints object of the same name.
kube::Endpoints endpoints(const kube::Service&, const ServicePods& pods);

}  // namespace mizzen::controllers
