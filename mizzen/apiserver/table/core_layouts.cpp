// SPDX-License-Identifier: Apache-2.0
// Configuration, namespaces, nodes, quotas.
#include <fmt/format.h>
#include <algorithm>

#include "mizzen/apiserver/table/layouts.hpp"
#include "mizzen/base/text.hpp"

namespace mizzen::apiserver {
namespace {

json::Array config_map_cells(const Row& row) {
    return {row.name(), size_of(row.find({"data"})) + size_of(row.find({"binaryData"})), row.age()};
}

json::Array secret_cells(const Row& row) {
    return {row.name(), row.text({"type"}), size_of(row.find({"data"})), row.age()};
}

json::Array name_and_age(const Row& row) { return {row.name(), row.age()}; }

json::Array namespace_cells(const Row& row) { return {row.name(), row.text({"status", "phase"}), row.age()}; }

json::Array lease_cells(const Row& row) { return {row.name(), row.text({"spec", "holderIdentity"}), row.age()}; }

json::Array priority_class_cells(const Row& row) {
    return {row.name(), row.integer({"value"}), row.is_true({"globalDefault"}), row.age(),
            row.text({"preemptionPolicy"})};
}

json::Array runtime_class_cells(const Row& row) { return {row.name(), row.text({"handler"}), row.age()}; }

std::string node_status(const Row& row) {
    const json::Array& conditions = row.items({"status", "conditions"});
    std::string status = !item_of_type(conditions, "Ready")   ? "Unknown"
                         : has_condition(conditions, "Ready") ? "Ready"
                                                              : "NotReady";
    return row.is_true({"spec", "unschedulable"}) ? status + ",SchedulingDisabled" : status;
}

std::string node_roles(const Row& row) {
    constexpr std::string_view prefix = "node-role.kubernetes.io/";
    std::vector<std::string> roles;
    const json::Value* labels = row.find({"metadata", "labels"});
    if (!labels || !labels->is_object()) return "<none>";
    for (const auto& [key, value] : labels->as_object()) {
        if (key.starts_with(prefix) && key.size() > prefix.size())
            roles.push_back(key.substr(prefix.size()));
        else if (key == "kubernetes.io/role" && value.is_string() && !value.as_string().empty())
            roles.push_back(value.as_string());
    }
    std::ranges::sort(roles);
    roles.erase(std::ranges::unique(roles).begin(), roles.end());
    return roles.empty() ? "<none>" : join(roles, ",");
}

std::string_view node_address(const Row& row, std::string_view type) {
    const json::Value* address = item_of_type(row.items({"status", "addresses"}), type);
    return address ? address->text("address") : "<none>";
}

json::Array node_cells(const Row& row) {
    std::string kernel(row.text_or({"status", "nodeInfo", "kernelVersion"}, "<unknown>"));
    if (std::string_view architecture = row.text({"status", "nodeInfo", "architecture"}); !architecture.empty())
        kernel += fmt::format(" ({})", architecture);
    return {row.name(),
            node_status(row),
            node_roles(row),
            row.age(),
            row.text({"status", "nodeInfo", "kubeletVersion"}),
            node_address(row, "InternalIP"),
            node_address(row, "ExternalIP"),
            row.text_or({"status", "nodeInfo", "osImage"}, "<unknown>"),
            kernel,
            row.text_or({"status", "nodeInfo", "containerRuntimeVersion"}, "<unknown>")};
}

json::Array resource_quota_cells(const Row& row) {
    std::vector<std::string> requests, limits;
    const json::Value* hard = row.find({"status", "hard"});
    if (hard && hard->is_object()) {
        for (const auto& [resource, quantity] : hard->as_object()) {
            auto& column = resource.starts_with("limits.") ? limits : requests;
            column.push_back(fmt::format("{}: {}/{}", resource, quantity_text(row.find({"status", "used", resource})),
                                         quantity_text(&quantity)));
        }
    }
    return {row.name(), join(requests, ", "), join(limits, ", "), row.age()};
}

json::Array component_status_cells(const Row& row) {
    const json::Value* healthy = item_of_type(row.items({"conditions"}), "Healthy");
    if (!healthy) return {row.name(), "Unknown", "", ""};
    return {row.name(), healthy->text("status") == "True" ? "Healthy" : "Unhealthy", healthy->text("message"),
            healthy->text("error")};
}

constexpr LayoutEntry layouts[] = {
    {"", "ComponentStatus", "Name | Status | Message | Error", component_status_cells},
    {"", "ConfigMap", "Name | Data | Age", config_map_cells},
    {"", "Namespace", "Name | Status | Age", namespace_cells},
    {"", "Node",
     "Name | Status | Roles | Age | Version | Internal-IP+ | External-IP+ | OS-Image+ | Kernel-Version+ | "
     "Container-Runtime+",
     node_cells},
    {"", "ResourceQuota", "Name | Request | Limit | Age", resource_quota_cells},
    {"", "Secret", "Name | Type | Data | Age", secret_cells},
    {"", "ServiceAccount", "Name | Age", name_and_age},
    {"coordination.k8s.io", "Lease", "Name | Holder | Age", lease_cells},
    {"node.k8s.io", "RuntimeClass", "Name | Handler | Age", runtime_class_cells},
    {"scheduling.k8s.io", "PriorityClass", "Name | Value:integer | Global-Default:boolean | Age | PreemptionPolicy",
     priority_class_cells},
};

}  // namespace

std::span<const LayoutEntry> core_layouts() { return layouts; }

}  // namespace mizzen::apiserver
