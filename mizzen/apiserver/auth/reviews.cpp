// SPDX-License-Identifier: Apache-2.0
// Implements reviews.hpp.
#include "mizzen/apiserver/auth/reviews.hpp"

#include "mizzen/apiserver/machinery.hpp"

namespace mizzen::apiserver {
namespace {

json::Value texts(const std::vector<std::string>& list) {
    json::Array out;
    for (const std::string& s : list) out.emplace_back(s);
    return out;
}

std::vector<std::string> texts_at(const json::Value& object, std::initializer_list<std::string_view> path) {
    std::vector<std::string> out;
    if (const json::Value* list = object.find_path(path); list && list->is_array())
        for (const json::Value& v : list->as_array())
            if (v.is_string()) out.push_back(v.as_string());
    return out;
}

json::Value user_info(const User& user) {
    json::Object out{{"username", user.name}};
    if (!user.uid.empty()) out.set("uid", user.uid);
    if (!user.groups.empty()) out.set("groups", texts(user.groups));
    json::Object extra;
    for (const auto& [key, values] : user.extra) extra.set(key, texts(values));
    if (!extra.empty()) out.set("extra", std::move(extra));
    return out;
}

json::Value token_review(Call& call, json::Value review) {
    std::string_view token = review.text({"spec", "token"});
    if (token.empty()) throw bad_request("token is required for TokenReview in authentication");
    std::vector<std::string> audiences = texts_at(review, {"spec", "audiences"});
    std::optional<TokenUser> found = call.server.authenticator.find_token(token, audiences, call.now());
    json::Object status{{"user", found ? user_info(found->user) : json::Value(json::Object{})}};
    if (found) status.set("authenticated", true);
    if (found && !audiences.empty()) status.set("audiences", texts(found->audiences));
    if (!found) status.set("error", "the token is not valid for this server or these audiences");
    review["status"] = std::move(status);
    return review;
}

User user_of_spec(const json::Value& review) {
    User user{.name = std::string(review.text({"spec", "user"})),
              .uid = std::string(review.text({"spec", "uid"})),
              .groups = texts_at(review, {"spec", "groups"})};
    if (const json::Value* extra = review.find_path({"spec", "extra"}); extra && extra->is_object())
        for (const json::Member& m : extra->as_object()) user.extra[m.key] = texts_at(*extra, {m.key});
    return user;
}

// The action views into the review, which must stay where it is.
Action action_of(const json::Value& review) {
    if (const json::Value* path = review.find_path({"spec", "nonResourceAttributes"}); path && path->is_object())
        return {.verb = path->text("verb"), .path = path->text("path")};
    const json::Value* r = review.find_path({"spec", "resourceAttributes"});
    if (!r || !r->is_object()) return {.verb = ""};
    return {.verb = r->text("verb"),
            .group = r->text("group"),
            .resource = r->text("resource"),
            .subresource = r->text("subresource"),
            .ns = r->text("namespace"),
            .name = r->text("name")};
}

json::Value access_review(Call& call, json::Value review, const User& user) {
    const json::Value *resource = review.find_path({"spec", "resourceAttributes"}),
                      *path = review.find_path({"spec", "nonResourceAttributes"});
    bool one = (resource && resource->is_object()) != (path && path->is_object());
    if (!one)
        throw call.invalid(
            {invalid_value("spec.resourceAttributes", "",
                           "exactly one of nonResourceAttributes or resourceAttributes must be specified")},
            "");
    AccessDecision decision = call.server.access.decide(user, action_of(review));
    json::Object status{{"allowed", decision.allowed}};
    if (!decision.reason.empty()) status.set("reason", decision.reason);
    review["status"] = std::move(status);
    return review;
}

json::Value subject_access_review(Call& call, json::Value review) {
    User user = user_of_spec(review);
    if (user.name.empty() && user.groups.empty())
        throw call.invalid({invalid_value("spec.user", "", "at least one of user or group must be specified")}, "");
    return access_review(call, std::move(review), user);
}

json::Value local_access_review(Call& call, json::Value review) {
    if (review.text({"spec", "resourceAttributes", "namespace"}) != call.info.ns)
        throw bad_request("spec.resourceAttributes.namespace must match namespace: " + call.info.ns);
    return subject_access_review(call, std::move(review));
}

json::Value rules_review(Call& call, json::Value review) {
    std::string ns(review.text({"spec", "namespace"}));
    if (ns.empty()) throw bad_request("no namespace on request");
    json::Array resource_rules, path_rules;
    for (const PolicyRule& rule : call.server.access.rules_of(call.user, ns)) {
        if (!rule.resources.empty()) resource_rules.push_back(rule.to_value());
        if (!rule.paths.empty())
            path_rules.push_back(
                PolicyRule{.verbs = rule.verbs, .groups = {}, .resources = {}, .names = {}, .paths = rule.paths}
                    .to_value());
    }
    review["status"] = json::Object{{"incomplete", false},
                                    {"nonResourceRules", std::move(path_rules)},
                                    {"resourceRules", std::move(resource_rules)}};
    return review;
}

json::Value self_review(const Call& call, json::Value review) {
    review["status"] = json::Object{{"userInfo", user_info(call.user)}};
    return review;
}

}  // namespace

std::optional<json::Value> answer_review(Call& call, json::Value review) {
    std::string_view name = call.info.resource;
    if (name == "tokenreviews") return token_review(call, std::move(review));
    if (name == "selfsubjectreviews") return self_review(call, std::move(review));
    if (name == "subjectaccessreviews") return subject_access_review(call, std::move(review));
    if (name == "localsubjectaccessreviews") return local_access_review(call, std::move(review));
    if (name == "selfsubjectaccessreviews") return access_review(call, std::move(review), call.user);
    if (name == "selfsubjectrulesreviews") return rules_review(call, std::move(review));
    return std::nullopt;
}

}  // namespace mizzen::apiserver
