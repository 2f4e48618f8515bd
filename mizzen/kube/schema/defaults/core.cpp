// SPDX-License-Identifier: Apache-2.0
// Defaults of the other kinds of the core group, and of scheduling.
#include "mizzen/kube/schema/defaults/rules.hpp"

namespace mizzen::kube::schema::defaults {
namespace {

using json::Value;

void default_namespace(Value& space) {
    const std::string name(space.text({"metadata", "name"}));
    if (name.empty()) return;
    if (Value* labels = object_at(space["metadata"], "labels")) (*labels)["kubernetes.io/metadata.name"] = name;
}

void default_node_status(Value& status) {
    const Value* capacity = status.find("capacity");
    if (capacity && capacity->is_object()) fill(status, "allocatable", Value(*capacity));
}

// For containers: max is the default limit, the default limit is the default request, and min where there is neither.
void default_limit_range_item(Value& item) {
    if (item.text("type") != "Container") return;
    Value limits = item.find("default") ? *item.find("default") : Value(json::Object());
    if (limits.is_null()) limits = json::Object();
    fill_map(limits, item.find("max"));
    Value requests = item.find("defaultRequest") ? *item.find("defaultRequest") : Value(json::Object());
    if (requests.is_null()) requests = json::Object();
    fill_map(requests, &limits);
    fill_map(requests, item.find("min"));
    if (limits.is_object() && !limits.as_object().empty()) item["default"] = std::move(limits);
    if (requests.is_object() && !requests.as_object().empty()) item["defaultRequest"] = std::move(requests);
}

void default_replication_controller(Value& controller) {
    const Value* labels = controller.find_path({"spec", "template", "metadata", "labels"});
    if (is_empty(labels)) return;
    const Value copy = *labels;
    if (is_empty(controller.find_path({"spec", "selector"}))) controller["spec"]["selector"] = copy;
    Value* metadata = object_at(controller, "metadata");
    if (metadata && is_empty(metadata->find("labels"))) (*metadata)["labels"] = copy;
}

constexpr Constant secret[] = {{"type", "\"Opaque\""}};
constexpr Constant namespace_status[] = {{"phase", "\"Active\""}};
constexpr Constant endpoint_port[] = {{"protocol", "\"TCP\""}};
constexpr Constant priority_class[] = {{"preemptionPolicy", "\"PreemptLowerPriority\""}};

constexpr TypeDefaults table[] = {
    {&tables::core_v1_Secret, secret},
    {&tables::core_v1_Namespace, {}, default_namespace},
    {&tables::core_v1_NamespaceStatus, namespace_status},
    {&tables::core_v1_NodeStatus, {}, default_node_status},
    {&tables::core_v1_EndpointPort, endpoint_port},
    {&tables::core_v1_LimitRangeItem, {}, default_limit_range_item},
    {&tables::core_v1_ReplicationController, {}, default_replication_controller},
    {&tables::scheduling_v1_PriorityClass, priority_class},
};

}  // namespace

std::span<const TypeDefaults> core() { return table; }

}  // namespace mizzen::kube::schema::defaults
