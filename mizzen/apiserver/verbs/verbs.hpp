// SPDX-License-Identifier: Apache-2.0
// The verbs on resources. Each takes a Call that is authorised, whose resource is found and whose Accept header is
// settled, and throws StatusError where it refuses.
#pragma once
#include "mizzen/apiserver/verbs/call.hpp"

namespace mizzen::apiserver {

Task<net::Response> get_object(Call& call);
Task<net::Response> list_objects(Call& call);
Task<net::Response> watch_objects(Call& call);
Task<net::Response> create_object(Call& call);
Task<net::Response> update_object(Call& call);  // also of subresources that show the object itself
Task<net::Response> patch_object(Call& call);   // the same
Task<net::Response> delete_object(Call& call);
Task<net::Response> delete_collection(Call& call);

}  // namespace mizzen::apiserver
