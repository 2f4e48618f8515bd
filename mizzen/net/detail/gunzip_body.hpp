// SPDX-License-Identifier: Apache-2.0
// Unpacking a response whose body is gzip.
#pragma once
#include "mizzen/net/http.hpp"

namespace mizzen::net::detail {

// Replaces the body of a response with Content-Encoding gzip by what it unpacks to, and drops the fields that spoke of
// the packed form.
void unpack(Response&);

}  // namespace mizzen::net::detail
