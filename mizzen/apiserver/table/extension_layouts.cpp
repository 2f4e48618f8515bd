// SPDX-License-Identifier: Apache-2.0
// What extends or guards the API: definitions, API services, webhooks, admission policies, flow control.
#include <fmt/format.h>
#include <algorithm>

#include "mizzen/apiserver/table/json_path.hpp"
#include "mizzen/apiserver/table/layouts.hpp"
#include "mizzen/base/text.hpp"

namespace mizzen::apiserver {
namespace {

bool is_true(const json::Value& object, std::string_view member) {
    const json::Value* value = object.find(member);
    return value && value->is_bool() && value->as_bool();
}

std::string served_versions(const Row& row) {
    std::vector<std::string> out;
    for (const json::Value& version : row.items({"spec", "versions"})) {
        if (is_true(version, "served"))
            out.push_back(fmt::format("{}{}", version.text("name"), is_true(version, "storage") ? "(storage)" : ""));
    }
    std::ranges::sort(out);
    return join(out, ",");
}

json::Array definition_cells(const Row& row) {
    std::vector<std::string_view> short_names;
    for (const json::Value& name : row.items({"spec", "names", "shortNames"})) {
        if (name.is_string()) short_names.push_back(name.as_string());
    }
    return {row.name(),
            row.text({"spec", "scope"}),
            served_versions(row),
            row.text({"metadata", "creationTimestamp"}),
            row.text({"spec", "group"}),
            row.text({"spec", "names", "kind"}),
            join(short_names, ","),
            has_condition(row.items({"status", "conditions"}), "Established")};
}

json::Array api_service_cells(const Row& row) {
    std::string service = "Local";
    if (row.find({"spec", "service"}))
        service =
            fmt::format("{}/{}", row.text({"spec", "service", "namespace"}), row.text({"spec", "service", "name"}));
    const json::Value* available = item_of_type(row.items({"status", "conditions"}), "Available");
    std::string state(available ? available->text("status") : "Unknown");
    if (available && state != "True") state += fmt::format(" ({})", available->text("reason"));
    return {row.name(), service, state, row.age()};
}

json::Array webhook_cells(const Row& row) { return {row.name(), size_of(row.find({"webhooks"})), row.age()}; }

json::Array policy_cells(const Row& row, std::string_view rules) {
    std::string kind = "<unset>";
    if (row.find({"spec", "paramKind"}))
        kind = fmt::format("{}/{}", row.text({"spec", "paramKind", "apiVersion"}),
                           row.text({"spec", "paramKind", "kind"}));
    return {row.name(), size_of(row.find({"spec", rules})), kind, row.age()};
}

json::Array mutating_policy_cells(const Row& row) { return policy_cells(row, "mutations"); }
json::Array validating_policy_cells(const Row& row) { return policy_cells(row, "validations"); }

// kube-apiserver shows this selector as Go prints the struct.
std::string go_selector(const json::Value& selector) {
    std::string out = "&LabelSelector{MatchLabels:map[string]string{";
    const json::Value* labels = selector.find("matchLabels");
    if (labels && labels->is_object()) {
        for (const auto& [key, value] : labels->as_object()) out += fmt::format("{}: {},", key, printed(value));
    }
    out += "},MatchExpressions:[]LabelSelectorRequirement{";
    for (const json::Value& item : items_of(selector.find("matchExpressions"))) {
        std::vector<std::string> values;
        for (const json::Value& value : items_of(item.find("values"))) values.push_back(printed(value));
        out += fmt::format("LabelSelectorRequirement{{Key:{},Operator:{},Values:[{}],}},", item.text("key"),
                           item.text("operator"), join(values, " "));
    }
    return out + "},}";
}

std::string parameter_of(const Row& row) {
    const json::Value* reference = row.find({"spec", "paramRef"});
    if (!reference) return "<unset>";
    std::string_view name = reference->text("name"), space = reference->text("namespace");
    if (!name.empty()) return fmt::format("{}/{}", space.empty() ? "*" : space, name);
    const json::Value* selector = reference->find("selector");
    return selector ? go_selector(*selector) : "<unset>";
}

json::Array policy_binding_cells(const Row& row) {
    return {row.name(), row.text({"spec", "policyName"}), parameter_of(row), row.age()};
}

json::Array flow_schema_cells(const Row& row) {
    const json::Value* dangling = item_of_type(row.items({"status", "conditions"}), "Dangling");
    return {row.name(),
            row.text({"spec", "priorityLevelConfiguration", "name"}),
            row.integer({"spec", "matchingPrecedence"}),
            row.text_or({"spec", "distinguisherMethod", "type"}, "<none>"),
            row.age(),
            dangling ? dangling->text("status") : "?"};
}

json::Array priority_level_cells(const Row& row) {
    json::Array cells{row.name(), row.text({"spec", "type"})};
    const json::Value* limited = row.find({"spec", "limited"});
    const json::Value* queuing = limited ? limited->find_path({"limitResponse", "queuing"}) : nullptr;
    cells.push_back(limited ? json::Value(limited->integer({"nominalConcurrencyShares"})) : "<none>");
    for (std::string_view member : {"queues", "handSize", "queueLengthLimit"})
        cells.push_back(queuing ? json::Value(queuing->integer({member})) : "<none>");
    cells.push_back(row.age());
    return cells;
}

json::Array migration_cells(const Row& row) {
    std::string resource(row.text({"spec", "resource", "resource"}));
    if (std::string_view group = row.text({"spec", "resource", "group"}); !group.empty())
        resource += fmt::format(".{}", group);
    std::string_view status = "Unknown";
    for (const json::Value& condition : row.items({"status", "conditions"})) {
        std::string_view type = condition.text("type");
        if (condition.text("status") == "True" && (type == "Running" || type == "Failed" || type == "Succeeded"))
            status = type;
    }
    return {row.name(), resource, status};
}

constexpr std::string_view admission = "admissionregistration.k8s.io", flow = "flowcontrol.apiserver.k8s.io";

constexpr LayoutEntry layouts[] = {
    {"apiextensions.k8s.io", "CustomResourceDefinition",
     "Name | Scope | Versions | Created At:date | Group+ | Kind+ | ShortNames+ | Established:boolean+",
     definition_cells},
    {"apiregistration.k8s.io", "APIService", "Name | Service | Available | Age", api_service_cells},
    {admission, "MutatingAdmissionPolicy", "Name | Mutations:integer | ParamKind | Age", mutating_policy_cells},
    {admission, "MutatingAdmissionPolicyBinding", "Name | PolicyName | ParamRef | Age", policy_binding_cells},
    {admission, "MutatingWebhookConfiguration", "Name | Webhooks:integer | Age", webhook_cells},
    {admission, "ValidatingAdmissionPolicy", "Name | Validations:integer | ParamKind | Age", validating_policy_cells},
    {admission, "ValidatingAdmissionPolicyBinding", "Name | PolicyName | ParamRef | Age", policy_binding_cells},
    {admission, "ValidatingWebhookConfiguration", "Name | Webhooks:integer | Age", webhook_cells},
    {flow, "FlowSchema", "Name | PriorityLevel | MatchingPrecedence | DistinguisherMethod | Age | MissingPL",
     flow_schema_cells},
    {flow, "PriorityLevelConfiguration",
     "Name | Type | NominalConcurrencyShares | Queues | HandSize | QueueLengthLimit | Age", priority_level_cells},
    {"storagemigration.k8s.io", "StorageVersionMigration", "Name:string | Resource | Status", migration_cells},
};

}  // namespace

std::span<const LayoutEntry> extension_layouts() { return layouts; }

}  // namespace mizzen::apiserver
