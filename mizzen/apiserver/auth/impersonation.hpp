// SPDX-License-Identifier: Apache-2.0
// Impersonation: a user who may acts as another (Impersonate-User and its like).
// Source: Kubernetes documentation "User Impersonation".
#pragma once
#include "mizzen/apiserver/auth/access.hpp"
#include "mizzen/apiserver/auth/user.hpp"
#include "mizzen/net/http.hpp"

namespace mizzen::apiserver {

// Who the request is to count as: `user` where no one else is named. Throws StatusError 403 if `user` may not, 400
// where groups are named and no user.
User impersonate(const User& user, const net::Headers& headers, Access& access);

}  // namespace mizzen::apiserver
