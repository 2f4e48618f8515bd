// SPDX-License-Identifier: Apache-2.0
// Implements access.hpp.
#include "mizzen/apiserver/auth/access.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

bool has(const std::vector<std::string>& list, std::string_view text) {
    return std::find(list.begin(), list.end(), text) != list.end();
}

}  // namespace

Action action_of(const RequestInfo& info) {
    if (!info.is_resource) return {.verb = info.verb, .path = info.path};
    return {.verb = info.verb,
            .group = info.group,
            .resource = info.resource,
            .subresource = info.subresource,
            .ns = info.ns,
            .name = info.name};
}

Access::Access(Store& store, bool always_allow)
    : roles_(store.collection("roles.rbac.authorization.k8s.io")),
      cluster_roles_(store.collection("clusterroles.rbac.authorization.k8s.io")),
      role_bindings_(store.collection("rolebindings.rbac.authorization.k8s.io")),
      cluster_role_bindings_(store.collection("clusterrolebindings.rbac.authorization.k8s.io")),
      always_allow_(always_allow) {}

bool Access::is_unlimited(const User& user) const { return always_allow_ || user.in_group("system:masters"); }

void Access::read_roles(const Collection& collection) {
    collection.each("", "", [&](const RecordPtr& record) {
        by_key_[record->key] = rules_from_value(json::parse(record->json).find("rules"));
        return true;
    });
}

void Access::read_bindings(const Collection& collection) {
    collection.each("", "", [&](const RecordPtr& record) {
        json::Value value = json::parse(record->json);
        Binding binding{
            .name = std::string(record->name()), .ns = std::string(record->ns()), .users = {}, .groups = {}};
        binding.to_cluster_role = value.text({"roleRef", "kind"}) == "ClusterRole";
        binding.role = value.text({"roleRef", "name"});
        if (const json::Value* subjects = value.find("subjects"); subjects && subjects->is_array())
            for (const json::Value& s : subjects->as_array()) {
                std::string_view kind = s.text("kind"), name = s.text("name");
                if (kind == "User") binding.users.emplace_back(name);
                if (kind == "Group") binding.groups.emplace_back(name);
                if (kind == "ServiceAccount")
                    binding.users.push_back(fmt::format("system:serviceaccount:{}:{}", s.text("namespace"), name));
            }
        if (binding.ns.empty())
            cluster_bindings_.push_back(std::move(binding));
        else
            bindings_[binding.ns].push_back(std::move(binding));
        return true;
    });
}

void Access::refresh() {
    std::uint64_t newest = std::max(std::max(roles_.last_revision(), cluster_roles_.last_revision()),
                                    std::max(role_bindings_.last_revision(), cluster_role_bindings_.last_revision()));
    if (fresh_ && newest == seen_) return;
    by_key_.clear();
    cluster_bindings_.clear();
    bindings_.clear();
    read_roles(roles_);
    read_roles(cluster_roles_);
    read_bindings(role_bindings_);
    read_bindings(cluster_role_bindings_);
    fresh_ = true;
    seen_ = newest;
}

const std::vector<PolicyRule>& Access::rules_of_role(std::string_view ns, std::string_view name) {
    static const std::vector<PolicyRule> none;
    refresh();
    auto it = by_key_.find(record_key(ns, name));
    return it == by_key_.end() ? none : it->second;
}

// Calls fn(rule, binding) for all rules that hold for the user until it returns true.
template <class Fn>
bool Access::each_rule(const User& user, std::string_view ns, Fn&& fn) {
    refresh();
    auto visit = [&](const std::vector<Binding>& bindings) {
        for (const Binding& binding : bindings) {
            bool bound =
                has(binding.users, user.name) || std::any_of(binding.groups.begin(), binding.groups.end(),
                                                             [&](const std::string& g) { return user.in_group(g); });
            if (!bound) continue;
            for (const PolicyRule& rule : rules_of_role(
                     binding.to_cluster_role ? std::string_view() : std::string_view(binding.ns), binding.role))
                if (fn(rule, binding)) return true;
        }
        return false;
    };
    if (visit(cluster_bindings_)) return true;
    auto it = ns.empty() ? bindings_.end() : bindings_.find(ns);
    return it != bindings_.end() && visit(it->second);
}

AccessDecision Access::decide(const User& user, const Action& action) {
    if (is_unlimited(user)) return {.allowed = true, .reason = ""};
    AccessDecision decision;
    decision.allowed = each_rule(user, action.ns, [&](const PolicyRule& rule, const Binding& binding) {
        // A binding in a namespace says nothing about paths.
        if (!action.path.empty() && !binding.ns.empty()) return false;
        if (!rule.allows(action)) return false;
        decision.reason = fmt::format("RBAC: allowed by {} \"{}\" of {} \"{}\"",
                                      binding.ns.empty() ? "ClusterRoleBinding" : "RoleBinding",
                                      binding.ns.empty() ? binding.name : binding.name + "/" + binding.ns,
                                      binding.to_cluster_role ? "ClusterRole" : "Role", binding.role);
        return true;
    });
    return decision;
}

std::vector<PolicyRule> Access::rules_of(const User& user, std::string_view ns) {
    if (is_unlimited(user))
        return {{.verbs = {"*"}, .groups = {"*"}, .resources = {"*"}, .names = {}, .paths = {}},
                {.verbs = {"*"}, .groups = {}, .resources = {}, .names = {}, .paths = {"*"}}};
    std::vector<PolicyRule> rules;
    each_rule(user, ns, [&](const PolicyRule& rule, const Binding&) { return rules.push_back(rule), false; });
    return rules;
}

}  // namespace mizzen::apiserver
