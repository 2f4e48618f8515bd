// SPDX-License-Identifier: Apache-2.0
// What is no plain object: subresources, and resources that are only ever created (reviews).
#pragma once
#include "mizzen/apiserver/verbs/call.hpp"

namespace mizzen::apiserver {

// A verb on a subresource that the catalog knows.
Task<net::Response> run_subresource(Call& call);
// A verb on a resource that is not stored.
Task<net::Response> run_virtual(Call& call);

}  // namespace mizzen::apiserver
