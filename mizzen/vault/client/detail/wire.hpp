// SPDX-License-Identifier: Apache-2.0
// A Call as an HTTP request, without its token.
#pragma once
#include <string_view>

#include "mizzen/net/http.hpp"
#include "mizzen/vault/client/call.hpp"

namespace mizzen::vault::detail {

// Throws Error(invalid) for a path that no server takes.
net::Request to_request(const Call& call, std::string_view name_space);

}  // namespace mizzen::vault::detail
