// SPDX-License-Identifier: Apache-2.0
#include "mizzen/vault/client/error.hpp"

namespace mizzen::vault {
namespace {

ErrorKind kind_of(Cause cause, int status) {
    switch (cause) {
        case Cause::sealed:
        case Cause::standby:
        case Cause::behind:
        case Cause::upstream:
            return ErrorKind::retry;
        case Cause::quota:
            return ErrorKind::overloaded;
        case Cause::check_and_set:
            return ErrorKind::conflict;
        case Cause::denied:
        case Cause::token_dead:
        case Cause::wrapping_token_spent:
        case Cause::wrapping_token_misplaced:
        case Cause::namespace_locked:
            return ErrorKind::denied;
        case Cause::not_found:
        case Cause::no_such_endpoint:
        case Cause::lease_gone:
            return ErrorKind::not_found;
        case Cause::not_initialized:
        case Cause::not_renewable:
        case Cause::reply_lost:
            return ErrorKind::invalid;
        case Cause::other:
            break;
    }
    return status >= 500 ? ErrorKind::retry : ErrorKind::invalid;
}

}  // namespace

std::string_view to_string(Cause cause) {
    switch (cause) {
        case Cause::other:
            return "other";
        case Cause::sealed:
            return "sealed";
        case Cause::standby:
            return "standby";
        case Cause::not_initialized:
            return "not_initialized";
        case Cause::namespace_locked:
            return "namespace_locked";
        case Cause::quota:
            return "quota";
        case Cause::behind:
            return "behind";
        case Cause::denied:
            return "denied";
        case Cause::token_dead:
            return "token_dead";
        case Cause::wrapping_token_spent:
            return "wrapping_token_spent";
        case Cause::wrapping_token_misplaced:
            return "wrapping_token_misplaced";
        case Cause::lease_gone:
            return "lease_gone";
        case Cause::not_renewable:
            return "not_renewable";
        case Cause::check_and_set:
            return "check_and_set";
        case Cause::not_found:
            return "not_found";
        case Cause::no_such_endpoint:
            return "no_such_endpoint";
        case Cause::upstream:
            return "upstream";
        case Cause::reply_lost:
            return "reply_lost";
    }
    return "other";
}

VaultError::VaultError(Cause cause, int status, std::string message, std::vector<std::string> errors)
    : Error(kind_of(cause, status), std::move(message)), cause_(cause), status_(status), errors_(std::move(errors)) {}

}  // namespace mizzen::vault
