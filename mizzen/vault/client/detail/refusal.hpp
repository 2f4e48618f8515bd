// SPDX-License-Identifier: Apache-2.0
// What an answer beyond 2xx means. Pure.
#pragma once
#include <string_view>

#include "mizzen/vault/client/call.hpp"
#include "mizzen/vault/client/error.hpp"

namespace mizzen::vault::detail {

// The error that an answer to `call` is. A 403 comes back as Cause::denied: whether the token is alive is not known
// yet.
VaultError refusal(const Call& call, int status, std::string_view body);

// "POST secret/data/shop", as messages name a call.
std::string name_of(const Call& call);

// The capability that a policy has to grant for `call`: "read", "create or update", "list", …
// Source: OpenBao, concepts, policies.
std::string_view capability_of(const Call& call);

}  // namespace mizzen::vault::detail
