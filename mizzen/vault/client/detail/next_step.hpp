// SPDX-License-Identifier: Apache-2.0
// The retry matrix: what to do after an attempt that did not give what was asked for. Pure.
#pragma once
#include <cstdint>

#include "mizzen/vault/client/call.hpp"
#include "mizzen/vault/client/error.hpp"

namespace mizzen::vault::detail {

enum class Step : std::uint8_t { give_up, repeat, reply_lost };

// After no answer came. `sent`: bytes of the request may have reached a server.
Step after_silence(Repeat repeat, bool sent);
// After an answer that is an error. 400, 403, 404, 405 and 501 never change by asking again. 412, 429, 472, 473, 503
// and "local node not active" say that nothing was done, so every call is repeated; 500, 502 and 504 do not.
Step after_refusal(Repeat repeat, const VaultError& error);

}  // namespace mizzen::vault::detail
