// SPDX-License-Identifier: Apache-2.0
// Defaults of RBAC, admission and flow control.
#include "mizzen/kube/schema/defaults/rules.hpp"

namespace mizzen::kube::schema::defaults {
namespace {

using json::Value;

constexpr std::string_view rbac_group = "rbac.authorization.k8s.io";

void default_subject(Value& subject) {
    const std::string_view kind = subject.text("kind");
    if (kind == "User" || kind == "Group") fill(subject, "apiGroup", rbac_group);
}

constexpr Constant role_reference[] = {{"apiGroup", "\"rbac.authorization.k8s.io\""}};
constexpr Constant service_reference[] = {{"port", "443"}};
constexpr Constant rule[] = {{"scope", "\"*\""}};
constexpr Constant validating_webhook[] = {{"failurePolicy", "\"Fail\""},
                                           {"matchPolicy", "\"Equivalent\""},
                                           {"namespaceSelector", "{}"},
                                           {"objectSelector", "{}"},
                                           {"timeoutSeconds", "10"}};
constexpr Constant mutating_webhook[] = {{"failurePolicy", "\"Fail\""}, {"matchPolicy", "\"Equivalent\""},
                                         {"namespaceSelector", "{}"},   {"objectSelector", "{}"},
                                         {"timeoutSeconds", "10"},      {"reinvocationPolicy", "\"Never\""}};
constexpr Constant admission_policy[] = {{"failurePolicy", "\"Fail\""}};
constexpr Constant match_resources[] = {
    {"matchPolicy", "\"Equivalent\""}, {"namespaceSelector", "{}"}, {"objectSelector", "{}"}};
constexpr Constant flow_schema[] = {{"matchingPrecedence", "1000"}};
constexpr Constant exempt_level[] = {{"nominalConcurrencyShares", "0"}, {"lendablePercent", "0"}};
constexpr Constant limited_level[] = {{"nominalConcurrencyShares", "30"}, {"lendablePercent", "0"}};
constexpr Constant queuing[] = {{"handSize", "8"}, {"queues", "64"}, {"queueLengthLimit", "50"}};

constexpr TypeDefaults table[] = {
    {&tables::rbac_v1_RoleRef, role_reference},
    {&tables::rbac_v1_Subject, {}, default_subject},
    {&tables::admissionregistration_v1_ServiceReference, service_reference},
    {&tables::admissionregistration_v1_RuleWithOperations, rule},
    {&tables::admissionregistration_v1_NamedRuleWithOperations, rule},
    {&tables::admissionregistration_v1_ValidatingWebhook, validating_webhook},
    {&tables::admissionregistration_v1_MutatingWebhook, mutating_webhook},
    {&tables::admissionregistration_v1_ValidatingAdmissionPolicySpec, admission_policy},
    {&tables::admissionregistration_v1_MutatingAdmissionPolicySpec, admission_policy},
    {&tables::admissionregistration_v1_MatchResources, match_resources},
    {&tables::flowcontrol_v1_FlowSchemaSpec, flow_schema},
    {&tables::flowcontrol_v1_ExemptPriorityLevelConfiguration, exempt_level},
    {&tables::flowcontrol_v1_LimitedPriorityLevelConfiguration, limited_level},
    {&tables::flowcontrol_v1_QueuingConfiguration, queuing},
};

}  // namespace

std::span<const TypeDefaults> policies() { return table; }

}  // namespace mizzen::kube::schema::defaults
