// SPDX-License-Identifier: Apache-2.0
// VaultError: what a Vault or OpenBao refused, and what kind of refusal it is.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/base/error.hpp"

namespace mizzen::vault {

// Why a call failed, as far as a caller may want to act on it. Source: OpenBao, HTTP API, status codes, and the texts
// that its endpoints answer.
enum class Cause : std::uint8_t {
    other,
    sealed,                    // 503: somebody must unseal it.
    standby,                   // 429 of sys/health, or a redirect that leads nowhere: not the active node.
    not_initialized,           // 501
    namespace_locked,          // 503: the namespace's API lock.
    quota,                     // 429: a rate or lease-count quota.
    behind,                    // 412: this node has not seen the state that was asked for.
    denied,                    // 403 with a token that is alive: a policy is missing.
    token_dead,                // 403, and the token is expired or revoked.
    wrapping_token_spent,      // 400: used before or expired. Somebody else may have read the secret.
    wrapping_token_misplaced,  // The token wraps the answer of another path than expected. An attack, or a mix-up.
    lease_gone,                // 400: expired or revoked.
    not_renewable,             // 400
    check_and_set,             // 400: the version is another one, or none was given where one is required.
    not_found,                 // 404
    no_such_endpoint,          // 404 or 405: nothing is mounted there, or it does not know this operation.
    upstream,                  // 502: the database or cloud behind it failed.
    reply_lost,  // The call may have been carried out, its answer did not come, and it cannot be repeated.
};
std::string_view to_string(Cause);

// Messages name the path, the status and what the server said, and what to do next where that is known. They never hold
// a token or a body that was sent.
class VaultError : public Error {
  public:
    VaultError(Cause cause, int status, std::string message, std::vector<std::string> errors = {});

    Cause cause() const { return cause_; }
    // Of HTTP; 0 where no answer came.
    int status() const { return status_; }
    // What the server said, one text each; a body that was no JSON is one text.
    const std::vector<std::string>& errors() const { return errors_; }

  private:
    Cause cause_;
    int status_;
    std::vector<std::string> errors_;
};

}  // namespace mizzen::vault
