// SPDX-License-Identifier: Apache-2.0
// Dispatch: from an authenticated request to the code that answers it.
#pragma once
#include "mizzen/apiserver/verbs/call.hpp"

namespace mizzen::apiserver {

// Authorises, finds the resource, settles the form of the answer, reads the body, runs the verb. Throws StatusError.
Task<net::Response> dispatch(Call& call);

}  // namespace mizzen::apiserver
