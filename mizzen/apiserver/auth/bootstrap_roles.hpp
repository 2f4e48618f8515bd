// SPDX-License-Identifier: Apache-2.0
// The cluster roles and bindings that every cluster has.
// Source: Kubernetes documentation "Using RBAC Authorization", "Default roles and role bindings".
#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "mizzen/json/value.hpp"

namespace mizzen::apiserver {

struct BootstrapRole {
    std::string_view name;
    std::span<const std::string_view> rules =
        {};  // "verbs;groups;resources;resourceNames;nonResourceURLs", each a list with commas; core is ""
    std::string_view collects = {};  // "edit": has the rules of all roles that add to edit
    std::string_view adds_to = {};
};
struct BootstrapBinding {
    std::string_view name, role, subject_kind, subject;
};

std::span<const BootstrapRole> bootstrap_roles();
std::span<const BootstrapBinding> bootstrap_bindings();

// The same as objects; the rules of roles that collect others are left to aggregate_cluster_roles.
std::vector<json::Value> bootstrap_role_objects();
std::vector<json::Value> bootstrap_binding_objects();

}  // namespace mizzen::apiserver
