// SPDX-License-Identifier: Apache-2.0
// Addresses that traffic may be sent to: not loopback, not link-local.
#pragma once
#include "mizzen/apiserver/kinds/place.hpp"

namespace mizzen::apiserver {

void check_endpoint_ip(const Place& ip);

}  // namespace mizzen::apiserver
