// SPDX-License-Identifier: Apache-2.0
// TokenRequest: POST …/serviceaccounts/NAME/token.
#pragma once
#include "mizzen/apiserver/verbs/call.hpp"

namespace mizzen::apiserver {

Task<net::Response> request_token(Call& call);

}  // namespace mizzen::apiserver
