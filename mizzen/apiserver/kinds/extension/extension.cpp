// SPDX-License-Identifier: Apache-2.0
// What extends the server: admission webhooks and policies, CustomResourceDefinitions, APIServices,
// CertificateSigningRequests.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "mizzen/apiserver/crd/custom_schema.hpp"
#include "mizzen/apiserver/kinds/kinds.hpp"
#include "mizzen/apiserver/kinds/metadata.hpp"
#include "mizzen/apiserver/kinds/webhook_client.hpp"

namespace mizzen::apiserver {
namespace {

using json::Value;

bool has_star(const Place& list) {
    auto items = list.items();
    return std::any_of(items.begin(), items.end(), [](auto& i) { return i.text() == "*"; });
}

void check_resources(const Place& resources) {
    if (resources.size() == 0) return resources.required();
    bool plain = false;
    for (auto& resource : resources.items()) {
        if (resource.text().empty()) resource.required();
        plain = plain || (resource.text() != "*" && resource.text().find('/') == std::string_view::npos);
    }
    if (has_star(resources) && plain)
        resources.invalid("if '*' is present, must not specify other resources without subresources");
}

void check_rule(const Place& rule) {
    auto operations = rule.at("operations"), groups = rule.at("apiGroups"), versions = rule.at("apiVersions");
    static const std::vector<std::string_view> known{"*", "CONNECT", "CREATE", "DELETE", "UPDATE"};
    if (operations.size() == 0) operations.required();
    if (operations.size() > 1 && has_star(operations))
        operations.invalid("if '*' is present, must not specify other operations");
    for (auto& operation : operations.items()) {
        if (!contains(known, operation.text())) operation.unsupported(known);
    }
    if (groups.size() == 0) groups.required();
    if (groups.size() > 1 && has_star(groups)) groups.invalid("if '*' is present, must not specify other API groups");
    if (versions.size() == 0) versions.required();
    if (versions.size() > 1 && has_star(versions))
        versions.invalid("if '*' is present, must not specify other API versions");
    check_resources(rule.at("resources"));
    rule.at("scope").one_of({"*", "Cluster", "Namespaced"}, false);
}

void check_review_versions(const Place& versions) {
    if (versions.size() == 0) return versions.required("must specify one of v1, v1beta1");
    std::set<std::string_view> seen;
    bool known = false;
    for (auto& version : versions.items()) {
        if (!seen.insert(version.text()).second) {
            version.invalid("duplicate version");
            continue;
        }
        version.must_be(dns1035_label);
        known = known || version.text() == "v1" || version.text() == "v1beta1";
    }
    if (!known) versions.invalid("must include at least one of v1, v1beta1");
}

// "a.b.c": a domain of at least three labels.
void check_hook_name(const Place& name) {
    if (name.text().empty()) return name.required();
    auto wrong = dns1123_subdomain(name.text());
    if (!wrong.empty()) return name.complain(wrong);
    if (std::count(name.text().begin(), name.text().end(), '.') < 2)
        name.invalid("should be a domain with at least three segments separated by dots");
}

void check_hook(const Place& hook) {
    check_hook_name(hook.at("name"));
    for (auto& rule : hook.at("rules").items()) check_rule(rule);
    hook.at("failurePolicy").one_of({"Fail", "Ignore"}, false);
    hook.at("matchPolicy").one_of({"Equivalent", "Exact"}, false);
    auto effects = hook.at("sideEffects"), timeout = hook.at("timeoutSeconds");
    if (!effects)
        effects.required("must specify one of None, NoneOnDryRun");
    else
        effects.one_of({"None", "NoneOnDryRun"});
    if (timeout && (timeout.integer() < 1 || timeout.integer() > 30))
        timeout.invalid("the timeout value must be between 1 and 30 seconds");
    check_label_selector(hook.at("namespaceSelector"));
    check_label_selector(hook.at("objectSelector"));
    check_webhook_client(hook.at("clientConfig"));
    check_review_versions(hook.at("admissionReviewVersions"));
}

void check_hooks(const json::Value& object, std::vector<FieldError>& errors, bool mutating) {
    std::set<std::string_view> names;
    for (auto& hook : Place(object.find("webhooks"), "webhooks", errors).items()) {
        check_hook(hook);
        if (mutating) hook.at("reinvocationPolicy").one_of({"IfNeeded", "Never"}, false);
        if (auto name = hook.at("name"); !name.text().empty() && !names.insert(name.text()).second) name.duplicate();
    }
}

void check_match(const Place& match, bool needs_rules) {
    if (!match) return match.required();
    auto rules = match.at("resourceRules");
    if (needs_rules && rules.size() == 0) rules.required();
    match.at("matchPolicy").one_of({"Equivalent", "Exact"}, false);
    for (auto* selector : {"namespaceSelector", "objectSelector"}) check_label_selector(match.at(selector));
    for (auto* list : {"resourceRules", "excludeResourceRules"}) {
        for (auto& rule : match.at(list).items()) check_rule(rule);
    }
}

}  // namespace

void check_validating_webhooks(const json::Value& object, const json::Value*, std::vector<FieldError>& errors) {
    check_hooks(object, errors, false);
}
void check_mutating_webhooks(const json::Value& object, const json::Value*, std::vector<FieldError>& errors) {
    check_hooks(object, errors, true);
}

void check_admission_policy(const json::Value& object, const json::Value*, std::vector<FieldError>& errors) {
    Place spec(object.find("spec"), "spec", errors);
    bool mutating = object.text("kind") == "MutatingAdmissionPolicy";
    spec.at("failurePolicy").one_of({"Fail", "Ignore"});
    check_match(spec.at("matchConstraints"), true);
    if (!mutating && spec.at("validations").size() == 0 && spec.at("auditAnnotations").size() == 0) {
        for (auto* list : {"validations", "auditAnnotations"})
            spec.at(list).required("validations or auditAnnotations must contain at least one item");
    }
    for (auto& validation : spec.at("validations").items()) {
        if (validation.at("expression").text().empty())
            validation.at("expression").required("expression is not specified");
    }
}

void check_admission_binding(const json::Value& object, const json::Value*, std::vector<FieldError>& errors) {
    Place spec(object.find("spec"), "spec", errors);
    auto policy = spec.at("policyName"), actions = spec.at("validationActions");
    if (policy.text().empty())
        policy.required();
    else
        policy.must_be(dns1123_subdomain);
    if (spec.at("matchResources")) check_match(spec.at("matchResources"), false);
    if (object.text("kind") == "MutatingAdmissionPolicyBinding") return;
    std::set<std::string_view> seen;
    static const std::vector<std::string_view> known{"Audit", "Deny", "Warn"};
    for (auto& action : actions.items()) {
        if (!contains(known, action.text())) action.unsupported(known);
        if (!seen.insert(action.text()).second) action.duplicate();
    }
    if (seen.contains("Deny") && seen.contains("Warn")) {
        actions.invalid(
            "must not contain both Deny and Warn (repeating the same validation failure information in the API "
            "response and headers serves no purpose)");
    }
    if (actions.size() == 0) actions.required();
}

void check_custom_definition(const json::Value& object, const json::Value* old, std::vector<FieldError>& errors) {
    for (auto& e : validate_crd(object, old)) errors.push_back(std::move(e));
}

void check_api_service(const json::Value& object, const json::Value*, std::vector<FieldError>& errors) {
    Place api(&object, "", errors);
    auto spec = api.at("spec"), group = spec.at("group"), version = spec.at("version"), service = spec.at("service");
    auto wanted = fmt::format("{}.{}", version.text(), group.text()),
         name = std::string(api.at({"metadata", "name"}).text());
    if (name != wanted && !(group.text().empty() && name == "v1.")) {
        api.at({"metadata", "name"})
            .invalid(fmt::format("must be `spec.version+\".\"+spec.group`: {}", quoted(wanted)));
    }
    if (group.text().empty() && name != "v1.")
        group.required("only v1 may have an empty group and it better be legacy kube");
    else if (!group.text().empty())
        group.must_be(dns1123_subdomain);
    version.must_be(dns1035_label);
    auto least = spec.at("groupPriorityMinimum"), priority = spec.at("versionPriority");
    if (least.integer() <= 0 || least.integer() > 20'000)
        least.invalid(least.integer(), "must be positive and less than 20000");
    if (priority.integer() <= 0 || priority.integer() > 1000)
        priority.invalid(priority.integer(), "must be positive and less than 1000");
    bool insecure = spec.at("insecureSkipTLSVerify").is_true(), bundle = spec.at("caBundle").filled();
    if (!service) {
        if (bundle) spec.at("caBundle").invalid("local APIServices may not have a caBundle");
        if (insecure) spec.at("insecureSkipTLSVerify").invalid("local APIServices may not have insecureSkipTLSVerify");
        return;
    }
    for (auto* member : {"namespace", "name"}) {
        if (service.at(member).text().empty()) service.at(member).required();
    }
    if (insecure && bundle) spec.at("insecureSkipTLSVerify").invalid("may not be true if caBundle is present");
}

void prepare_signing_request(json::Value& object) { object["status"] = json::Object(); }

void check_signing_request(const json::Value& object, const json::Value* old, std::vector<FieldError>& errors) {
    Place spec(object.find("spec"), "spec", errors);
    static const std::vector<std::string_view> known{"any",
                                                     "cert sign",
                                                     "client auth",
                                                     "code signing",
                                                     "content commitment",
                                                     "crl sign",
                                                     "data encipherment",
                                                     "decipher only",
                                                     "digital signature",
                                                     "email protection",
                                                     "encipher only",
                                                     "ipsec end system",
                                                     "ipsec tunnel",
                                                     "ipsec user",
                                                     "key agreement",
                                                     "key encipherment",
                                                     "microsoft sgc",
                                                     "netscape sgc",
                                                     "ocsp signing",
                                                     "s/mime",
                                                     "server auth",
                                                     "signing",
                                                     "timestamping"};
    auto usages = spec.at("usages"), signer = spec.at("signerName"), expiry = spec.at("expirationSeconds");
    if (usages.size() == 0) usages.required();
    std::set<std::string_view> seen;
    for (auto& usage : usages.items()) {
        if (!contains(known, usage.text())) usage.unsupported(known);
        if (!seen.insert(usage.text()).second) usage.duplicate();
    }
    if (signer.text().empty())
        signer.required();
    else if (signer.text().find('/') == std::string_view::npos)
        signer.invalid("must be a fully qualified domain and path of the form 'example.com/signer-name'");
    if (expiry && expiry.integer() < 600)
        expiry.invalid("may not specify a duration less than 600 seconds (10 minutes)");
    if (old) spec.immutable(old->find("spec"));
}

}  // namespace mizzen::apiserver
