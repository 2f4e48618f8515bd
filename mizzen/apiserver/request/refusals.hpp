// SPDX-License-Identifier: Apache-2.0
// Refusals of a request before it reaches a verb.
#pragma once
#include "mizzen/apiserver/status.hpp"

namespace mizzen::apiserver {

// 405: the path is there, but not for this method.
inline StatusError method_not_allowed() {
    StatusError e = bad_request("the server does not allow this method on the requested resource");
    e.code = 405;
    e.reason = "MethodNotAllowed";
    e.empty_details = true;
    return e;
}

// 501: known to Kubernetes, not to this server.
inline StatusError not_implemented(std::string_view what) {
    StatusError e = bad_request(std::string(what) + " is not implemented by this server");
    e.code = 501;
    e.reason = "NotImplemented";
    return e;
}

}  // namespace mizzen::apiserver
