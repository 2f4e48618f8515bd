// SPDX-License-Identifier: Apache-2.0
// Implements openid.hpp.
#include "mizzen/apiserver/discovery/openid.hpp"

#include "mizzen/apiserver/machinery.hpp"
#include "mizzen/apiserver/request/respond.hpp"

namespace mizzen::apiserver {
namespace {

constexpr std::string_view keys_path = "/openid/v1/jwks";

json::Value configuration(const Call& call) {
    ServiceAccountTokens& tokens = call.server.tokens;
    json::Value keys = tokens.key().key_set();
    return json::Object{
        {"id_token_signing_alg_values_supported", json::Array{keys.find("keys")->as_array()[0].text("alg")}},
        {"issuer", tokens.issuer()},
        {"jwks_uri", "https://" + std::string(call.header("host")) + std::string(keys_path)},
        {"response_types_supported", json::Array{"id_token"}},
        {"subject_types_supported", json::Array{"public"}}};
}

}  // namespace

std::optional<net::Response> answer_openid(const Call& call) {
    if (call.info.path == "/.well-known/openid-configuration") return document_response(call, 200, configuration(call));
    if (call.info.path != keys_path) return std::nullopt;
    net::Response response = document_response(call, 200, call.server.tokens.key().key_set());
    response.headers.set("content-type", "application/jwk-set+json");
    return response;
}

}  // namespace mizzen::apiserver
