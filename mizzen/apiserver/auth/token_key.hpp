// SPDX-License-Identifier: Apache-2.0
// TokenKey: signs and checks JSON Web Tokens (RFC 7515, RFC 7519) with RS256 or ES256.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "mizzen/json/value.hpp"

namespace mizzen::apiserver {

class TokenKey {
  public:
    // A private key of RSA or P-256 in PEM; "" makes a fresh P-256 key when it is first needed.
    // Throws Error(invalid) if it is neither; the key itself is never in the message.
    explicit TokenKey(std::string pem);
    ~TokenKey();

    std::string sign(const json::Value& claims);
    // The claims, if the token has three good parts and this key's signature. Times and names are the caller's to
    // check.
    std::optional<json::Value> open(std::string_view token);
    // {"keys":[…]} (RFC 7517), for those who check tokens themselves.
    json::Value key_set();

  private:
    struct Parts;
    Parts& parts();

    std::string pem_;
    std::unique_ptr<Parts> parts_;
};

}  // namespace mizzen::apiserver
