// SPDX-License-Identifier: Apache-2.0
// The layouts of built-in kinds, by room of the API: what each file contributes to builtin_layout.
#pragma once
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "mizzen/apiserver/table/row.hpp"
#include "mizzen/apiserver/table/table.hpp"

namespace mizzen::apiserver {

// One kind. Columns are separated by " | ": "Name | Desired:integer | IP+", with the type after ':' if it is no string,
// and + for those only -o wide shows. "Name" is the name column, ":name" makes another one.
struct LayoutEntry {
    std::string_view group, kind, columns;
    json::Array (*cells)(const Row& row);
    json::Value (*conditions)(const json::Value& object) = nullptr;
};

std::span<const LayoutEntry> pod_layouts();         // Pod, PodTemplate
std::span<const LayoutEntry> workload_layouts();    // what makes Pods
std::span<const LayoutEntry> core_layouts();        // ConfigMap, Node, …
std::span<const LayoutEntry> network_layouts();     // Service, Ingress, …
std::span<const LayoutEntry> storage_layouts();     // volumes, claims, classes
std::span<const LayoutEntry> access_layouts();      // bindings, certificates
std::span<const LayoutEntry> event_layouts();       // Event of both groups
std::span<const LayoutEntry> autoscaler_layouts();  // HorizontalPodAutoscaler, Scale
std::span<const LayoutEntry>
extension_layouts();  // webhooks, policies, CustomResourceDefinition, APIService, flow control
std::span<const LayoutEntry> device_layouts();  // resource.k8s.io

std::vector<Column> parse_columns(std::string_view text);

}  // namespace mizzen::apiserver
