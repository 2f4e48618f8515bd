// SPDX-License-Identifier: Apache-2.0
// Authenticator: who sends a request, from its client certificate or its bearer token.
// Source: Kubernetes documentation "Authenticating".
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mizzen/apiserver/auth/service_account_tokens.hpp"
#include "mizzen/apiserver/auth/user.hpp"
#include "mizzen/net/http.hpp"

namespace mizzen::apiserver {

class Authenticator {
  public:
    // Static tokens: token -> "user" or "user:group1,group2".
    Authenticator(const std::vector<std::pair<std::string, std::string>>& tokens, ServiceAccountTokens& accounts);

    // Without certificate and token: system:anonymous. Throws StatusError 401 on a token that is not good.
    User authenticate(const net::Request& request, WallTime now);
    // Who a bearer token is, for one of the audiences (none: this server); nothing if it is not good.
    std::optional<TokenUser> find_token(std::string_view token, const std::vector<std::string>& audiences,
                                        WallTime now);

  private:
    std::map<std::string, User> by_digest_;  // of the token: how long a look-up takes tells nothing about it
    ServiceAccountTokens& accounts_;
};

}  // namespace mizzen::apiserver
