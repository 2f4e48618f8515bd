// SPDX-License-Identifier: Apache-2.0
// What a token lacks that is alive and was denied.
#pragma once
#include <string>
#include <string_view>

#include "mizzen/vault/client/call.hpp"

namespace mizzen::vault::detail {

// Asks what the token may do where `call` was denied.
Call capabilities_call(const Call& call);
// "GET secret/data/shop: denied; the token's policies grant list there, and this needs read". `status` and `body`: the
// answer to capabilities_call; if it was refused as well, only what is needed is said.
std::string missing_capability(const Call& call, int status, std::string_view body);

}  // namespace mizzen::vault::detail
