// SPDX-License-Identifier: Apache-2.0
// Implements escalation.hpp.
#include "mizzen/apiserver/admission/escalation.hpp"

#include <fmt/format.h>

#include "mizzen/apiserver/machinery.hpp"
#include "mizzen/apiserver/status.hpp"

namespace mizzen::apiserver {
namespace {

constexpr std::string_view rbac = "rbac.authorization.k8s.io";

bool holds_all(const Attempt& attempt, const std::vector<PolicyRule>& wanted) {
    std::vector<PolicyRule> owned =
        attempt.server.access.rules_of(attempt.user, attempt.resource.namespaced ? std::string_view(attempt.ns) : "");
    for (const PolicyRule& rule : wanted)
        if (!cover(owned, rule)) return false;
    return true;
}

bool may(const Attempt& attempt, std::string_view verb, std::string_view plural, std::string_view name) {
    return attempt.server.access.allows(
        attempt.user, {.verb = verb, .group = rbac, .resource = plural, .ns = attempt.ns, .name = name});
}

bool same(const Attempt& attempt, std::string_view key) {
    const json::Value *now = attempt.object->find(key), *before = attempt.old ? attempt.old->find(key) : nullptr;
    return now && before && *now == *before;
}

StatusError refuse(const Attempt& attempt) {
    return refused(
        attempt.resource.group, attempt.resource.plural, attempt.name,
        fmt::format("user \"{}\" is attempting to grant RBAC permissions not currently held", attempt.user.name));
}

void check_role(const Attempt& attempt) {
    if (same(attempt, "rules") && (attempt.resource.namespaced || same(attempt, "aggregationRule"))) return;
    if (may(attempt, "escalate", attempt.resource.plural, attempt.name)) return;
    if (attempt.object->find("aggregationRule") && !same(attempt, "aggregationRule"))
        if (!holds_all(attempt, {{.verbs = {"*"}, .groups = {"*"}, .resources = {"*"}, .names = {}, .paths = {}}}))
            throw refuse(attempt);
    if (!holds_all(attempt, rules_from_value(attempt.object->find("rules")))) throw refuse(attempt);
}

void check_binding(const Attempt& attempt) {
    if (same(attempt, "roleRef") && same(attempt, "subjects")) return;
    std::string_view kind = attempt.object->text({"roleRef", "kind"}), name = attempt.object->text({"roleRef", "name"});
    if (may(attempt, "bind", kind == "ClusterRole" ? "clusterroles" : "roles", name)) return;
    if (!holds_all(attempt, attempt.server.access.rules_of_role(
                                kind == "ClusterRole" ? std::string_view() : std::string_view(attempt.ns), name)))
        throw refuse(attempt);
}

void validate(const Attempt& attempt) {
    if (attempt.resource.group != rbac || attempt.operation == Operation::remove) return;
    if (attempt.server.access.is_unlimited(attempt.user)) return;
    if (attempt.resource.plural == "roles" || attempt.resource.plural == "clusterroles")
        check_role(attempt);
    else
        check_binding(attempt);
}

}  // namespace

Admission escalation() { return {.name = "Escalation", .validate = validate}; }

}  // namespace mizzen::apiserver
