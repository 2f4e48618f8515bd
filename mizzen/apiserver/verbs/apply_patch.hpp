// SPDX-License-Identifier: Apache-2.0
// Server-side apply as a request (PATCH with application/apply-patch+yaml).
#pragma once
#include "mizzen/apiserver/verbs/call.hpp"
#include "mizzen/apiserver/verbs/write_options.hpp"

namespace mizzen::apiserver {

// Creates what is not there, unless the apply goes to a subresource. Throws StatusError 409 with a cause per conflict.
Task<net::Response> apply_object(Call& call, const WriteOptions& options);

}  // namespace mizzen::apiserver
