// SPDX-License-Identifier: Apache-2.0
// Answer: what a Vault or OpenBao answers, its envelope opened.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/base/secret.hpp"
#include "mizzen/base/time.hpp"
#include "mizzen/json/value.hpp"

namespace mizzen::vault {

// The right to use something until it ends. Source: OpenBao, concepts, lease.
struct Lease {
    std::string id;       // "database/creds/shop/…"; "" for a token and for what has no lease.
    Duration duration{};  // From the moment of the answer; zero: does not end.
    bool renewable = false;
};

// A login or a new token.
struct Auth {
    Secret token;
    std::string accessor;
    std::vector<std::string> policies;  // All: the token's own and the identity's.
    std::vector<std::string> token_policies;
    std::vector<std::string> identity_policies;
    std::map<std::string, std::string> metadata;
    Duration duration{};  // Zero: does not end.
    bool renewable = false;
    std::string entity_id;
    std::string token_type;  // "service", "batch"
    bool orphan = false;
    std::int64_t uses = 0;  // 0: no limit.
};

// An answer that is kept at the server and given once for a token.
struct WrapInfo {
    Secret token;
    std::string accessor;
    Duration ttl{};
    std::string creation_time;  // RFC 3339
    std::string creation_path;  // What the wrapped answer answers: "auth/approle/role/shop/secret-id".
    std::string wrapped_accessor;
};

// Data holds secrets: it is wiped with the answer. Copy what is needed into Secrets.
struct Answer {
    Answer() = default;
    Answer(Answer&&) = default;
    Answer& operator=(Answer&&) = default;
    ~Answer();

    int status = 200;
    std::string request_id;
    Lease lease;
    json::Value data;                   // Null where there is none. Whole numbers of 64 bits stay whole.
    std::vector<std::string> warnings;  // For the one who called; Client logs them too.
    std::optional<Auth> auth;
    std::optional<WrapInfo> wrap;
    json::Value body;  // The members that no envelope has: what sys/health and the like answer.

    // The member of `data` as a Secret. Throws Error(invalid) "no password in the answer" if it is no text.
    Secret secret(std::string_view member) const;
};

// Opens an envelope; "" (204) is an empty answer. Throws Error(invalid) for what is no JSON object.
Answer parse_answer(int status, std::string_view body);

// Wipes every text in `value` and makes it null.
void wipe(json::Value& value);

}  // namespace mizzen::vault
