// SPDX-License-Identifier: Apache-2.0
#include "mizzen/vault/client/call.hpp"

#include "mizzen/base/error.hpp"
#include "mizzen/base/text.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/vault/client/answer.hpp"
#include "mizzen/vault/client/detail/wire.hpp"

namespace mizzen::vault {

Secret to_body(json::Value value) {
    std::string text = json::to_json(value);
    wipe(value);
    return Secret(std::move(text));
}

namespace detail {
namespace {

void check_path(std::string_view path) {
    const auto refuse = [&](std::string_view why) {
        throw Error(ErrorKind::invalid,
                    "the path \"" + std::string(path) + "\" cannot be asked for: " + std::string(why));
    };
    if (path.empty()) refuse("it is empty");
    if (path.starts_with('/') || path.starts_with("v1/")) refuse("it begins behind /v1/, without a slash");
    for (const std::string_view segment : split(path, '/')) {
        if (segment == "." || segment == "..") refuse("the segments . and .. are not allowed");
    }
    for (const char c : path) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) refuse("it holds a control character");
    }
}

}  // namespace

net::Request to_request(const Call& call, std::string_view name_space) {
    check_path(call.path);
    const bool is_list = call.method == "LIST" || call.method == "SCAN";
    net::Query query = call.query;
    // As a parameter, since gateways on the way know the usual methods only.
    if (is_list) query.add(call.method == "LIST" ? "list" : "scan", "true");
    net::Request out{.method = is_list ? "GET" : call.method, .target = "/v1/" + net::percent_encode(call.path, "/")};
    if (!query.empty()) out.target += "?" + query.to_string();
    out.headers = call.headers;
    out.headers.set("X-Vault-Request", "true");
    if (!name_space.empty()) out.headers.set("X-Vault-Namespace", std::string(name_space));
    if (call.wrap) {
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(*call.wrap).count();
        out.headers.set("X-Vault-Wrap-TTL", std::to_string(seconds) + "s");
    }
    if (call.body) {
        out.headers.set("Content-Type", call.method == "PATCH" ? "application/merge-patch+json" : "application/json");
        out.body = std::string(call.body->reveal());
    }
    return out;
}

}  // namespace detail
}  // namespace mizzen::vault
