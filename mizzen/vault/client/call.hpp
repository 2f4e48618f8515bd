// SPDX-License-Identifier: Apache-2.0
// Call: one request to a Vault or OpenBao, as a value. The engines (kv/, database/, …) make them; Client sends them.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/base/secret.hpp"
#include "mizzen/base/time.hpp"
#include "mizzen/json/value.hpp"
#include "mizzen/net/http.hpp"

namespace mizzen::vault {

// What happens to a call when its answer does not come.
enum class Repeat : std::uint8_t {
    always,  // Done twice it is the same as done once: reads, and writes that set a state.
    once,  // Sent again only if it surely was not carried out: creating credentials, tokens, versions or certificates,
           // unwrapping, rotating, logins. Otherwise the caller gets Cause::reply_lost.
};

struct Call {
    // GET, POST, PATCH (a merge patch), DELETE, LIST, SCAN (OpenBao: LIST of everything below).
    std::string method = "GET";
    // Behind /v1/, not encoded: "secret/data/shop/api". Throws Error(invalid) on the way out if it is empty or has a
    // segment "." or "..".
    std::string path;
    // How metrics, spans and errors name it, the same for all paths: "kv2.read".
    std::string_view operation = "call";
    net::Query query = {};
    std::optional<Secret> body = {};  // JSON text.
    Repeat repeat = Repeat::always;
    bool needs_token = true;            // Logins, unwrapping and sys/health go without.
    std::optional<Secret> token = {};   // Instead of the client's: a wrapping token, a child token.
    std::optional<Duration> wrap = {};  // The answer is to be wrapped for so long.
    bool from_leader = false;           // A read that must see every write before it.
    // Statuses beyond 2xx that are an answer: a deleted version of KV is a 404 with metadata, sys/health has six.
    std::vector<int> answers = {};
    net::Headers headers = {};  // More of them; not for tokens.
};

// `value` as the body of a call. The texts in `value` are wiped.
Secret to_body(json::Value value);

}  // namespace mizzen::vault
