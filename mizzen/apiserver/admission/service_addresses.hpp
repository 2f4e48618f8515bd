// SPDX-License-Identifier: Apache-2.0
// ServiceAddresses: gives Services their cluster IPs and node ports.
// Source: Kubernetes documentation "Service", "Choosing your own IP address", "Service type NodePort".
#pragma once
#include "mizzen/apiserver/admission/admission.hpp"

namespace mizzen::apiserver {

Admission service_addresses();

// The address of the `kubernetes` Service: the first of the range ("10.96.0.0/16"). Throws Error(invalid) if that is no
// IPv4 range.
std::string first_service_address(std::string_view range);

}  // namespace mizzen::apiserver
