// SPDX-License-Identifier: Apache-2.0
// Access: who may do what, by the roles and bindings that are stored now.
// Source: Kubernetes documentation "Using RBAC Authorization".
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/apiserver/auth/policy_rule.hpp"
#include "mizzen/apiserver/auth/user.hpp"
#include "mizzen/apiserver/request/request_info.hpp"
#include "mizzen/apiserver/store/store.hpp"

namespace mizzen::apiserver {

Action action_of(const RequestInfo&);

struct AccessDecision {
    bool allowed = false;
    std::string reason;  // which binding allows it
};

// Bindings and roles are read again when one of them was written, not before.
class Access {
  public:
    Access(Store& store, bool always_allow);

    bool allows(const User& user, const Action& action) { return decide(user, action).allowed; }
    AccessDecision decide(const User& user, const Action& action);
    // All rules that hold for a user in a namespace ("" is cluster-wide only).
    std::vector<PolicyRule> rules_of(const User& user, std::string_view ns);
    // The rules of a role: `ns` is "" for a ClusterRole. Empty if there is none.
    const std::vector<PolicyRule>& rules_of_role(std::string_view ns, std::string_view name);
    // Whether RBAC has no say about this user.
    bool is_unlimited(const User& user) const;

  private:
    struct Binding {
        std::string name, ns;  // ns is "" for a ClusterRoleBinding
        std::vector<std::string> users, groups;
        bool to_cluster_role = true;
        std::string role;
    };
    void refresh();
    void read_roles(const Collection& collection);
    void read_bindings(const Collection& collection);
    template <class Fn>
    bool each_rule(const User& user, std::string_view ns, Fn&& fn);

    Collection& roles_;
    Collection& cluster_roles_;
    Collection& role_bindings_;
    Collection& cluster_role_bindings_;
    bool always_allow_;
    bool fresh_ = false;
    std::uint64_t seen_ = 0;  // the newest write that was read
    std::map<std::string, std::vector<PolicyRule>, std::less<>>
        by_key_;  // as in the collections: "ns/name", or "name" of ClusterRoles
    std::vector<Binding> cluster_bindings_;
    std::map<std::string, std::vector<Binding>, std::less<>> bindings_;  // by namespace
};

}  // namespace mizzen::apiserver
