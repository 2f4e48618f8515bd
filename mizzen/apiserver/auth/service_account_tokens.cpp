// SPDX-License-Identifier: Apache-2.0
// Implements service_account_tokens.hpp.
#include "mizzen/apiserver/auth/service_account_tokens.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mizzen/apiserver/store/json_text.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

constexpr std::string_view private_claim = "kubernetes.io";

std::int64_t seconds_of(WallTime t) {
    return std::chrono::duration_cast<std::chrono::seconds>(t.time_since_epoch()).count();
}

json::Value reference(std::string_view name, std::string_view uid) {
    return json::Object{{"name", name}, {"uid", uid}};
}

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

std::vector<std::string> texts(const json::Value* list) {
    std::vector<std::string> out;
    if (list && list->is_string()) out.push_back(list->as_string());
    if (list && list->is_array())
        for (const json::Value& v : list->as_array())
            if (v.is_string()) out.push_back(v.as_string());
    return out;
}

void add_extra(User& user, const json::Value& claims, const json::Value& ours) {
    if (std::string_view id = claims.text("jti"); !id.empty())
        user.extra["authentication.kubernetes.io/credential-id"] = {fmt::format("JTI={}", id)};
    for (std::string_view kind : {"pod", "node"})
        if (const json::Value* bound = ours.find(kind))
            for (std::string_view key : {"name", "uid"})
                user.extra[fmt::format("authentication.kubernetes.io/{}-{}", kind, key)] = {
                    std::string(bound->text(key))};
}

}  // namespace

std::string ServiceAccountTokens::make(const TokenWish& wish, WallTime now, Random& random) {
    json::Object ours{{"namespace", wish.ns}, {"serviceaccount", reference(wish.account, wish.account_uid)}};
    if (!wish.bound.kind.empty()) ours.set(lower(wish.bound.kind), reference(wish.bound.name, wish.bound.uid));
    json::Array audiences;
    for (const std::string& a : wish.audiences) audiences.emplace_back(a);
    if (audiences.empty()) audiences.emplace_back(issuer_);
    return key_.sign(json::Object{{"aud", std::move(audiences)},
                                  {"exp", seconds_of(now) + wish.seconds},
                                  {"iat", seconds_of(now)},
                                  {"iss", issuer_},
                                  {"jti", random.uuid()},
                                  {std::string(private_claim), std::move(ours)},
                                  {"nbf", seconds_of(now)},
                                  {"sub", fmt::format("system:serviceaccount:{}:{}", wish.ns, wish.account)}});
}

bool ServiceAccountTokens::exists(const std::string& collection, std::string_view key, std::string_view uid) const {
    RecordPtr record = store_.collection(collection).find(key);
    return record && member_text(record->json, {"metadata", "uid"}) == json::to_json(json::Value(uid));
}

std::optional<TokenUser> ServiceAccountTokens::find(std::string_view token, const std::vector<std::string>& audiences,
                                                    WallTime now) {
    std::optional<json::Value> claims = key_.open(token);
    if (!claims || claims->text("iss") != issuer_) return std::nullopt;
    if (seconds_of(now) >= claims->integer({"exp"}) || seconds_of(now) < claims->integer({"nbf"})) return std::nullopt;
    std::vector<std::string> wanted = audiences.empty() ? std::vector<std::string>{issuer_} : audiences, matching;
    for (const std::string& a : texts(claims->find("aud")))
        if (std::find(wanted.begin(), wanted.end(), a) != wanted.end()) matching.push_back(a);
    if (matching.empty()) return std::nullopt;

    const json::Value* ours = claims->find(private_claim);
    if (!ours) return std::nullopt;
    std::string ns(ours->text("namespace")), account(ours->text({"serviceaccount", "name"})),
        uid(ours->text({"serviceaccount", "uid"}));
    if (!exists("serviceaccounts", record_key(ns, account), uid)) return std::nullopt;
    for (auto [kind, collection, namespaced] :
         {std::tuple("pod", "pods", true), {"secret", "secrets", true}, {"node", "nodes", false}})
        if (const json::Value* bound = ours->find(kind))
            if (!exists(collection, record_key(namespaced ? ns : "", bound->text("name")), bound->text("uid")))
                return std::nullopt;

    User user{.name = fmt::format("system:serviceaccount:{}:{}", ns, account),
              .uid = uid,
              .groups = {"system:serviceaccounts", "system:serviceaccounts:" + ns, "system:authenticated"}};
    add_extra(user, *claims, *ours);
    return TokenUser{.user = std::move(user), .audiences = std::move(matching)};
}

}  // namespace mizzen::apiserver
