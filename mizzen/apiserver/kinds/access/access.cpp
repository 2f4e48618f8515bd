// SPDX-License-Identifier: Apache-2.0
// Roles and their bindings.
#include "mizzen/apiserver/kinds/kinds.hpp"
#include "mizzen/apiserver/kinds/metadata.hpp"

namespace mizzen::apiserver {
namespace {

constexpr std::string_view group = "rbac.authorization.k8s.io";

void check_rules(const Place& rules, bool namespaced) {
    for (auto& rule : rules.items()) {
        auto urls = rule.at("nonResourceURLs"), groups = rule.at("apiGroups"), resources = rule.at("resources"),
             verbs = rule.at("verbs");
        if (verbs.size() == 0) verbs.required();
        if (urls.size() > 0) {
            if (namespaced) urls.invalid("namespaced rules cannot apply to non-resource URLs");
            bool both = groups.size() > 0 || resources.size() > 0 || rule.at("resourceNames").size() > 0;
            if (both) urls.invalid("rules cannot apply to both regular resources and non-resource URLs");
            continue;
        }
        if (groups.size() == 0) groups.required("resource rules must supply at least one api group");
        if (resources.size() == 0) resources.required("resource rules must supply at least one resource");
    }
}

void check_subject(const Place& subject, bool namespaced) {
    auto name = subject.at("name"), kind = subject.at("kind"), api_group = subject.at("apiGroup"),
         ns = subject.at("namespace");
    if (name.text().empty()) name.required();
    if (kind.text() == "ServiceAccount") {
        if (!name.text().empty()) name.must_be(dns1123_subdomain);
        if (!api_group.text().empty()) api_group.unsupported({""});
        if (!namespaced && ns.text().empty()) ns.required();
    } else if (kind.text() == "User" || kind.text() == "Group") {
        if (api_group.text() != group) api_group.unsupported({group});
    } else {
        kind.unsupported({"ServiceAccount", "User", "Group"});
    }
}

void check_binding(const json::Value& object, const json::Value* old, std::vector<FieldError>& errors,
                   const std::vector<std::string_view>& kinds) {
    Place binding(&object, "", errors);
    auto ref = binding.at("roleRef");
    if (ref.at("apiGroup").text() != group) ref.at("apiGroup").unsupported({group});
    if (!contains(kinds, ref.at("kind").text())) ref.at("kind").unsupported(kinds);
    if (ref.at("name").text().empty())
        ref.at("name").required();
    else
        ref.at("name").must_be(path_segment);
    for (auto& subject : binding.at("subjects").items()) check_subject(subject, kinds.size() > 1);
    if (old && !same(ref.find(), old->find("roleRef"))) ref.invalid("field is immutable");
}

}  // namespace

void check_role(const json::Value& object, const json::Value*, std::vector<FieldError>& errors) {
    check_rules(Place(object.find("rules"), "rules", errors), true);
}

void check_cluster_role(const json::Value& object, const json::Value*, std::vector<FieldError>& errors) {
    check_rules(Place(object.find("rules"), "rules", errors), false);
    Place aggregation(object.find("aggregationRule"), "aggregationRule", errors);
    if (!aggregation) return;
    auto selectors = aggregation.at("clusterRoleSelectors");
    if (selectors.size() == 0)
        selectors.required("at least one clusterRoleSelector required if aggregationRule is non-nil");
    for (auto& selector : selectors.items()) check_label_selector(selector);
}

void check_role_binding(const json::Value& object, const json::Value* old, std::vector<FieldError>& errors) {
    check_binding(object, old, errors, {"Role", "ClusterRole"});
}

void check_cluster_role_binding(const json::Value& object, const json::Value* old, std::vector<FieldError>& errors) {
    check_binding(object, old, errors, {"ClusterRole"});
}

}  // namespace mizzen::apiserver
