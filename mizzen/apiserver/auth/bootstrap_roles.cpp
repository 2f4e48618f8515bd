// SPDX-License-Identifier: Apache-2.0
// Implements bootstrap_roles.hpp.
#include "mizzen/apiserver/auth/bootstrap_roles.hpp"

#include <string>

#include "mizzen/apiserver/auth/policy_rule.hpp"

namespace mizzen::apiserver {
namespace {

constexpr std::string_view api_version = "rbac.authorization.k8s.io/v1";
constexpr std::string_view label_prefix = "rbac.authorization.k8s.io/aggregate-to-";

std::vector<std::string> take_list(std::string_view& text) {
    std::string_view part = text.substr(0, text.find(';'));
    text = text.size() == part.size() ? std::string_view() : text.substr(part.size() + 1);
    std::vector<std::string> out;
    while (!part.empty()) {
        std::string_view item = part.substr(0, part.find(','));
        part = part.size() == item.size() ? std::string_view() : part.substr(item.size() + 1);
        out.emplace_back(item == "core" ? std::string_view() : item);
    }
    return out;
}

json::Value rule_value(std::string_view text) {
    PolicyRule rule;
    rule.verbs = take_list(text);
    rule.groups = take_list(text);
    rule.resources = take_list(text);
    rule.names = take_list(text);
    rule.paths = take_list(text);
    return rule.to_value();
}

json::Value metadata(std::string_view name) {
    json::Object labels{{"kubernetes.io/bootstrapping", "rbac-defaults"}};
    json::Object annotations{{"rbac.authorization.kubernetes.io/autoupdate", "true"}};
    return json::Object{{"annotations", std::move(annotations)}, {"labels", std::move(labels)}, {"name", name}};
}

}  // namespace

std::vector<json::Value> bootstrap_role_objects() {
    std::vector<json::Value> out;
    for (const BootstrapRole& role : bootstrap_roles()) {
        json::Value object =
            json::Object{{"apiVersion", api_version}, {"kind", "ClusterRole"}, {"metadata", metadata(role.name)}};
        json::Array rules;
        for (std::string_view rule : role.rules) rules.push_back(rule_value(rule));
        object["rules"] = std::move(rules);
        if (!role.adds_to.empty())
            object["metadata"]["labels"][std::string(label_prefix) + std::string(role.adds_to)] = "true";
        if (!role.collects.empty()) {
            json::Object labels{{std::string(label_prefix) + std::string(role.collects), "true"}};
            object.at({"aggregationRule", "clusterRoleSelectors"}) =
                json::Array{json::Object{{"matchLabels", std::move(labels)}}};
        }
        out.push_back(std::move(object));
    }
    return out;
}

std::vector<json::Value> bootstrap_binding_objects() {
    std::vector<json::Value> out;
    for (const BootstrapBinding& binding : bootstrap_bindings()) {
        json::Object subject{
            {"apiGroup", "rbac.authorization.k8s.io"}, {"kind", binding.subject_kind}, {"name", binding.subject}};
        if (!out.empty() && out.back().text({"metadata", "name"}) == binding.name) {
            out.back()["subjects"].as_array().push_back(std::move(subject));
            continue;
        }
        json::Object role{{"apiGroup", "rbac.authorization.k8s.io"}, {"kind", "ClusterRole"}, {"name", binding.role}};
        out.push_back(json::Object{{"apiVersion", api_version},
                                   {"kind", "ClusterRoleBinding"},
                                   {"metadata", metadata(binding.name)},
                                   {"roleRef", std::move(role)},
                                   {"subjects", json::Array{std::move(subject)}}});
    }
    return out;
}

}  // namespace mizzen::apiserver
