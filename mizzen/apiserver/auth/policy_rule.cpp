// SPDX-License-Identifier: Apache-2.0
// Implements policy_rule.hpp.
#include "mizzen/apiserver/auth/policy_rule.hpp"

#include <algorithm>

namespace mizzen::apiserver {
namespace {

using Texts = std::vector<std::string>;

Texts texts(const json::Value& rule, std::string_view key) {
    Texts out;
    const json::Value* list = rule.find(key);
    if (list && list->is_array())
        for (const json::Value& v : list->as_array())
            if (v.is_string()) out.push_back(v.as_string());
    return out;
}

bool has(const Texts& list, std::string_view text) { return std::find(list.begin(), list.end(), text) != list.end(); }
bool has_or_all(const Texts& list, std::string_view text) { return has(list, text) || has(list, "*"); }

// "pods", "pods/log", "*/scale" or "*".
bool names_resource(const Texts& resources, std::string_view resource, std::string_view subresource) {
    for (const std::string& r : resources) {
        if (r == "*") return true;
        if (subresource.empty()) {
            if (r == resource) return true;
            continue;
        }
        std::string_view text = r;
        std::size_t slash = text.find('/');
        if (slash == std::string_view::npos || text.substr(slash + 1) != subresource) continue;
        if (text.substr(0, slash) == "*" || text.substr(0, slash) == resource) return true;
    }
    return false;
}

bool names_path(const Texts& paths, std::string_view path) {
    return std::any_of(paths.begin(), paths.end(), [&](std::string_view p) {
        return p == path || (p.ends_with('*') && path.starts_with(p.substr(0, p.size() - 1)));
    });
}

// One verb on one thing of a rule, where "*" is a thing like any other: only "*" covers it.
bool covers_one(const PolicyRule& owned, std::string_view verb, std::string_view group, std::string_view resource,
                const std::string* name) {
    if (!has_or_all(owned.verbs, verb) || !has_or_all(owned.groups, group)) return false;
    std::size_t slash = resource.find('/');
    bool is_sub = slash != std::string_view::npos;
    bool named = is_sub ? names_resource(owned.resources, resource.substr(0, slash), resource.substr(slash + 1))
                        : has_or_all(owned.resources, resource);
    return named && (owned.names.empty() || (name && has(owned.names, *name)));
}

}  // namespace

PolicyRule PolicyRule::from_value(const json::Value& rule) {
    return {.verbs = texts(rule, "verbs"),
            .groups = texts(rule, "apiGroups"),
            .resources = texts(rule, "resources"),
            .names = texts(rule, "resourceNames"),
            .paths = texts(rule, "nonResourceURLs")};
}

json::Value PolicyRule::to_value() const {
    json::Object out;
    auto put = [&](std::string_view key, const Texts& list) {
        if (list.empty()) return;
        json::Array values;
        for (const std::string& s : list) values.emplace_back(s);
        out.set(key, std::move(values));
    };
    put("verbs", verbs);
    put("apiGroups", groups);
    put("resources", resources);
    put("resourceNames", names);
    put("nonResourceURLs", paths);
    return out;
}

bool PolicyRule::allows(const Action& action) const {
    if (!has_or_all(verbs, action.verb)) return false;
    if (!action.path.empty()) return names_path(paths, action.path);
    return has_or_all(groups, action.group) && names_resource(resources, action.resource, action.subresource) &&
           (names.empty() || has(names, action.name));
}

std::vector<PolicyRule> rules_from_value(const json::Value* rules) {
    std::vector<PolicyRule> out;
    if (rules && rules->is_array())
        for (const json::Value& rule : rules->as_array()) out.push_back(PolicyRule::from_value(rule));
    return out;
}

bool cover(const std::vector<PolicyRule>& owned, const PolicyRule& wanted) {
    auto by_any = [&](auto&& covers) { return std::any_of(owned.begin(), owned.end(), covers); };
    for (const std::string& verb : wanted.verbs) {
        for (const std::string& path : wanted.paths)
            if (!by_any([&](const PolicyRule& o) { return has_or_all(o.verbs, verb) && names_path(o.paths, path); }))
                return false;
        for (const std::string& group : wanted.groups)
            for (const std::string& resource : wanted.resources) {
                bool all_names =
                    by_any([&](const PolicyRule& o) { return covers_one(o, verb, group, resource, nullptr); });
                if (all_names) continue;
                if (wanted.names.empty()) return false;
                for (const std::string& name : wanted.names)
                    if (!by_any([&](const PolicyRule& o) { return covers_one(o, verb, group, resource, &name); }))
                        return false;
            }
    }
    return true;
}

}  // namespace mizzen::apiserver
