// SPDX-License-Identifier: Apache-2.0
// ServiceAccountTokens: tokens for workloads, bound to an account and, if asked for, to a pod, secret or node.
// Source: Kubernetes documentation "Managing Service Accounts", "Bound service account tokens".
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/apiserver/auth/token_key.hpp"
#include "mizzen/apiserver/auth/user.hpp"
#include "mizzen/apiserver/store/store.hpp"
#include "mizzen/base/random.hpp"
#include "mizzen/base/time.hpp"

namespace mizzen::apiserver {

struct BoundObject {
    std::string kind, name, uid;  // "Pod", "Secret" or "Node"; kind "" binds to the account alone
};

struct TokenWish {
    std::string ns, account, account_uid;
    std::vector<std::string> audiences;  // none: those who talk to this server
    std::int64_t seconds = 3600;
    BoundObject bound;
};

struct TokenUser {
    User user;
    std::vector<std::string> audiences;  // of those asked about, which the token is for
};

class ServiceAccountTokens {
  public:
    ServiceAccountTokens(Store& store, std::string key_pem, std::string issuer)
        : store_(store), key_(std::move(key_pem)), issuer_(std::move(issuer)) {}

    std::string make(const TokenWish& wish, WallTime now, Random& random);
    // Who the token is, if it is ours, in time, for one of the audiences (none: this server) and what it is bound to
    // still exists.
    std::optional<TokenUser> find(std::string_view token, const std::vector<std::string>& audiences, WallTime now);

    const std::string& issuer() const { return issuer_; }
    TokenKey& key() { return key_; }

  private:
    bool exists(const std::string& collection, std::string_view key, std::string_view uid) const;

    Store& store_;
    TokenKey key_;
    std::string issuer_;
};

}  // namespace mizzen::apiserver
