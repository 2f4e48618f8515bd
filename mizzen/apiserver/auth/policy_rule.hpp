// SPDX-License-Identifier: Apache-2.0
// PolicyRule: what a role allows (rbac.authorization.k8s.io/v1 PolicyRule).
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/json/value.hpp"

namespace mizzen::apiserver {

// What a user wants to do: to a resource, or to a path.
struct Action {
    std::string_view verb;
    std::string_view group = {}, resource = {}, subresource = {}, ns = {}, name = {};
    std::string_view path = {};  // of what is no resource; then only verb counts besides
};

struct PolicyRule {
    std::vector<std::string> verbs, groups, resources, names, paths;

    static PolicyRule from_value(const json::Value& rule);
    json::Value to_value() const;
    bool allows(const Action& action) const;
};

std::vector<PolicyRule> rules_from_value(const json::Value* rules);

// Whether `owned` together allow everything that `wanted` allows: who gives rights must have them.
bool cover(const std::vector<PolicyRule>& owned, const PolicyRule& wanted);

}  // namespace mizzen::apiserver
