// SPDX-License-Identifier: Apache-2.0
// Metrics about Kubernetes objects: names as OpenTelemetry's semantic conventions 1.44 have them.
#pragma once
#include "mizzen/telemetry/semconv/convention.hpp"
#include "mizzen/telemetry/semconv/k8s.hpp"
#include "mizzen/telemetry/semconv/network.hpp"
#include "mizzen/telemetry/semconv/system.hpp"

namespace mizzen::telemetry::semconv {

namespace k8s {

inline constexpr MetricAttribute of_container_ephemeral_storage_usage[] = {
    {container_ephemeral_storage_fs_type, Requirement::required},
};
inline constexpr MetricAttribute of_container_status_reason[] = {
    {container_status_reason, Requirement::required},
};
inline constexpr MetricAttribute of_container_status_state[] = {
    {container_status_state, Requirement::required},
};
inline constexpr MetricAttribute of_hpa_cpu_targets[] = {
    {container_name, Requirement::conditional},
    {hpa_metric_type, Requirement::recommended},
};
inline constexpr MetricAttribute of_namespace_phase[] = {
    {namespace_phase, Requirement::required},
};
inline constexpr MetricAttribute of_node_condition_status[] = {
    {node_condition_status, Requirement::required},
    {node_condition_type, Requirement::required},
};
inline constexpr MetricAttribute of_network[] = {
    {network::interface_name, Requirement::recommended},
    {network::io_direction, Requirement::recommended},
};
inline constexpr MetricAttribute of_paging_faults[] = {
    {system::paging_fault_type, Requirement::recommended},
};
inline constexpr MetricAttribute of_persistentvolume_status_phase[] = {
    {persistentvolume_status_phase, Requirement::required},
};
inline constexpr MetricAttribute of_persistentvolumeclaim_status_phase[] = {
    {persistentvolumeclaim_status_phase, Requirement::required},
};
inline constexpr MetricAttribute of_pod_status_phase[] = {
    {pod_status_phase, Requirement::required},
};
inline constexpr MetricAttribute of_pod_status_reason[] = {
    {pod_status_reason, Requirement::required},
};
inline constexpr MetricAttribute of_pod_volumes[] = {
    {volume_name, Requirement::required},
    {volume_type, Requirement::recommended},
};
inline constexpr MetricAttribute by_hugepage_size[] = {
    {hugepage_size, Requirement::required},
};
inline constexpr MetricAttribute by_resource_name[] = {
    {resourcequota_resource_name, Requirement::required},
};
inline constexpr MetricAttribute by_storageclass[] = {
    {storageclass_name, Requirement::conditional},
};
inline constexpr MetricAttribute of_service_endpoints[] = {
    {service_endpoint_address_type, Requirement::required},
    {service_endpoint_condition, Requirement::required},
    {service_endpoint_zone, Requirement::recommended},
};

inline constexpr Metric metrics[] = {
    {"k8s.container.cpu.limit.current", MetricType::up_down_counter, "{cpu}", Stability::development},
    {"k8s.container.cpu.limit.desired", MetricType::up_down_counter, "{cpu}", Stability::development},
    {"k8s.container.cpu.limit.utilization", MetricType::gauge, "1", Stability::development},
    {"k8s.container.cpu.request.current", MetricType::up_down_counter, "{cpu}", Stability::development},
    {"k8s.container.cpu.request.desired", MetricType::up_down_counter, "{cpu}", Stability::development},
    {"k8s.container.cpu.request.utilization", MetricType::gauge, "1", Stability::development},
    {"k8s.container.ephemeral_storage.limit", MetricType::up_down_counter, "By", Stability::development},
    {"k8s.container.ephemeral_storage.request", MetricType::up_down_counter, "By", Stability::development},
    {"k8s.container.ephemeral_storage.usage", MetricType::up_down_counter, "By", Stability::development,
     of_container_ephemeral_storage_usage},
    {"k8s.container.memory.limit.current", MetricType::up_down_counter, "By", Stability::development},
    {"k8s.container.memory.limit.desired", MetricType::up_down_counter, "By", Stability::development},
    {"k8s.container.memory.request.current", MetricType::up_down_counter, "By", Stability::development},
    {"k8s.container.memory.request.desired", MetricType::up_down_counter, "By", Stability::development},
    {"k8s.container.ready", MetricType::up_down_counter, "{container}", Stability::development},
    {"k8s.container.restart.count", MetricType::up_down_counter, "{restart}", Stability::development},
    {"k8s.container.status.reason", MetricType::up_down_counter, "{container}", Stability::development,
     of_container_status_reason},
    {"k8s.container.status.state", MetricType::up_down_counter, "{container}", Stability::development,
     of_container_status_state},
    {"k8s.container.storage.limit", MetricType::up_down_counter, "By", Stability::development},
    {"k8s.container.storage.request", MetricType::up_down_counter, "By", Stability::development},
    {"k8s.cronjob.job.active", MetricType::up_down_counter, "{job}", Stability::development},
    {"k8s.daemonset.node.current_scheduled", MetricType::up_down_counter, "{node}", Stability::development},
    {"k8s.daemonset.node.desired_scheduled", MetricType::up_down_counter, "{node}", Stability::development},
    {"k8s.daemonset.node.misscheduled", MetricType::up_down_counter, "{node}", Stability::development},
    {"k8s.daemonset.node.ready", MetricType::up_down_counter, "{node}", Stability::development},
    {"k8s.deployment.pod.available", MetricType::up_down_counter, "{pod}", Stability::development},
    {"k8s.deployment.pod.desired", MetricType::up_down_counter, "{pod}", Stability::development},
    {"k8s.hpa.metric.target.cpu.average_utilization", MetricType::gauge, "1", Stability::development,
     of_hpa_cpu_targets},
    {"k8s.hpa.metric.target.cpu.average_value", MetricType::gauge, "{cpu}", Stability::development, of_hpa_cpu_targets},
    {"k8s.hpa.metric.target.cpu.value", MetricType::gauge, "{cpu}", Stability::development, of_hpa_cpu_targets},
    {"k8s.hpa.pod.current", MetricType::up_down_counter, "{pod}", Stability::development},
    {"k8s.hpa.pod.desired", MetricType::up_down_counter, "{pod}", Stability::development},
    {"k8s.hpa.pod.max", MetricType::up_down_counter, "{pod}", Stability::development},
    {"k8s.hpa.pod.min", MetricType::up_down_counter, "{pod}", Stability::development},
    {"k8s.job.pod.active", MetricType::up_down_counter, "{pod}", Stability::development},
    {"k8s.job.pod.desired_successful", MetricType::up_down_counter, "{pod}", Stability::development},
    {"k8s.job.pod.failed", MetricType::up_down_counter, "{pod}", Stability::development},
    {"k8s.job.pod.max_parallel", MetricType::up_down_counter, "{pod}", Stability::development},
    {"k8s.job.pod.successful", MetricType::up_down_counter, "{pod}", Stability::development},
    {"k8s.namespace.phase", MetricType::up_down_counter, "{namespace}", Stability::development, of_namespace_phase},
    {"k8s.node.condition.status", MetricType::up_down_counter, "{node}", Stability::development,
     of_node_condition_status},
    {"k8s.node.cpu.allocatable", MetricType::up_down_counter, "{cpu}", Stability::development},
    {"k8s.node.cpu.time", MetricType::counter, "s", Stability::candidate},
    {"k8s.node.cpu.usage", MetricType::gauge, "{cpu}", Stability::development},
    {"k8s.node.ephemeral_storage.allocatable", MetricType::up_down_counter, "By", Stability::development},
    {"k8s.node.filesystem.available", MetricType::up_down_counter, "By", Stability::development},
    {"k8s.node.filesystem.capacity", MetricType::up_down_counter, "By", Stability::development},
    {"k8s.node.filesystem.inode.count", MetricType::up_down_counter, "{inode}", Stability::development},
    {"k8s.node.filesystem.inode.free", MetricType::up_down_counter, "{inode}", Stability::development},
    {"k8s.node.filesystem.usage", MetricType::up_down_counter, "By", Stability::development},
    {"k8s.node.memory.allocatable", MetricType::up_down_counter, "By", Stability::development},
    {"k8s.node.memory.available", MetricType::up_down_counter, "By", Stability::candidate},
    {"k8s.node.memory.rss", MetricType::up_down_counter, "By", Stability::candidate},
    {"k8s.node.memory.usage", MetricType::up_down_counter, "By", Stability::candidate},
    {"k8s.node.memory.working_set", MetricType::up_down_counter, "By", Stability::candidate},
    {"k8s.node.network.errors", MetricType::counter, "{error}", Stability::development, of_network},
    {"k8s.node.network.io", MetricType::counter, "By", Stability::development, of_network},
    {"k8s.node.paging.faults", MetricType::counter, "{fault}", Stability::development, of_paging_faults},
    {"k8s.node.pod.allocatable", MetricType::up_down_counter, "{pod}", Stability::development},
    {"k8s.node.system_container.cpu.time", MetricType::counter, "s", Stability::development},
    {"k8s.node.system_container.cpu.usage", MetricType::gauge, "{cpu}", Stability::development},
    {"k8s.node.system_container.memory.usage", MetricType::up_down_counter, "By", Stability::development},
    {"k8s.node.system_container.memory.working_set", MetricType::up_down_counter, "By", Stability::development},
    {"k8s.node.uptime", MetricType::gauge, "s", Stability::development},
    {"k8s.persistentvolume.status.phase", MetricType::up_down_counter, "{persistentvolume}", Stability::development,
     of_persistentvolume_status_phase},
    {"k8s.persistentvolume.storage.capacity", MetricType::up_down_counter, "By", Stability::development},
    {"k8s.persistentvolumeclaim.status.phase", MetricType::up_down_counter, "{persistentvolumeclaim}",
     Stability::development, of_persistentvolumeclaim_status_phase},
    {"k8s.persistentvolumeclaim.storage.capacity", MetricType::up_down_counter, "By", Stability::development},
    {"k8s.persistentvolumeclaim.storage.request", MetricType::up_down_counter, "By", Stability::development},
    {"k8s.pod.cpu.time", MetricType::counter, "s", Stability::candidate},
    {"k8s.pod.cpu.usage", MetricType::gauge, "{cpu}", Stability::development},
    {"k8s.pod.filesystem.available", MetricType::up_down_counter, "By", Stability::development},
    {"k8s.pod.filesystem.capacity", MetricType::up_down_counter, "By", Stability::development},
    {"k8s.pod.filesystem.usage", MetricType::up_down_counter, "By", Stability::development},
    {"k8s.pod.memory.available", MetricType::up_down_counter, "By", Stability::candidate},
    {"k8s.pod.memory.rss", MetricType::up_down_counter, "By", Stability::candidate},
    {"k8s.pod.memory.usage", MetricType::up_down_counter, "By", Stability::candidate},
    {"k8s.pod.memory.working_set", MetricType::up_down_counter, "By", Stability::candidate},
    {"k8s.pod.network.errors", MetricType::counter, "{error}", Stability::development, of_network},
    {"k8s.pod.network.io", MetricType::counter, "By", Stability::development, of_network},
    {"k8s.pod.paging.faults", MetricType::counter, "{fault}", Stability::development, of_paging_faults},
    {"k8s.pod.status.phase", MetricType::up_down_counter, "{pod}", Stability::development, of_pod_status_phase},
    {"k8s.pod.status.reason", MetricType::up_down_counter, "{pod}", Stability::development, of_pod_status_reason},
    {"k8s.pod.uptime", MetricType::gauge, "s", Stability::development},
    {"k8s.pod.volume.available", MetricType::up_down_counter, "By", Stability::development, of_pod_volumes},
    {"k8s.pod.volume.capacity", MetricType::up_down_counter, "By", Stability::development, of_pod_volumes},
    {"k8s.pod.volume.inode.count", MetricType::up_down_counter, "{inode}", Stability::development, of_pod_volumes},
    {"k8s.pod.volume.inode.free", MetricType::up_down_counter, "{inode}", Stability::development, of_pod_volumes},
    {"k8s.pod.volume.inode.used", MetricType::up_down_counter, "{inode}", Stability::development, of_pod_volumes},
    {"k8s.pod.volume.usage", MetricType::up_down_counter, "By", Stability::development, of_pod_volumes},
    {"k8s.replicaset.pod.available", MetricType::up_down_counter, "{pod}", Stability::development},
    {"k8s.replicaset.pod.desired", MetricType::up_down_counter, "{pod}", Stability::development},
    {"k8s.replicationcontroller.pod.available", MetricType::up_down_counter, "{pod}", Stability::development},
    {"k8s.replicationcontroller.pod.desired", MetricType::up_down_counter, "{pod}", Stability::development},
    {"k8s.resourcequota.cpu.limit.hard", MetricType::up_down_counter, "{cpu}", Stability::development},
    {"k8s.resourcequota.cpu.limit.used", MetricType::up_down_counter, "{cpu}", Stability::development},
    {"k8s.resourcequota.cpu.request.hard", MetricType::up_down_counter, "{cpu}", Stability::development},
    {"k8s.resourcequota.cpu.request.used", MetricType::up_down_counter, "{cpu}", Stability::development},
    {"k8s.resourcequota.ephemeral_storage.limit.hard", MetricType::up_down_counter, "By", Stability::development},
    {"k8s.resourcequota.ephemeral_storage.limit.used", MetricType::up_down_counter, "By", Stability::development},
    {"k8s.resourcequota.ephemeral_storage.request.hard", MetricType::up_down_counter, "By", Stability::development},
    {"k8s.resourcequota.ephemeral_storage.request.used", MetricType::up_down_counter, "By", Stability::development},
    {"k8s.resourcequota.hugepage_count.request.hard", MetricType::up_down_counter, "{hugepage}", Stability::development,
     by_hugepage_size},
    {"k8s.resourcequota.hugepage_count.request.used", MetricType::up_down_counter, "{hugepage}", Stability::development,
     by_hugepage_size},
    {"k8s.resourcequota.memory.limit.hard", MetricType::up_down_counter, "By", Stability::development},
    {"k8s.resourcequota.memory.limit.used", MetricType::up_down_counter, "By", Stability::development},
    {"k8s.resourcequota.memory.request.hard", MetricType::up_down_counter, "By", Stability::development},
    {"k8s.resourcequota.memory.request.used", MetricType::up_down_counter, "By", Stability::development},
    {"k8s.resourcequota.object_count.hard", MetricType::up_down_counter, "{object}", Stability::development,
     by_resource_name},
    {"k8s.resourcequota.object_count.used", MetricType::up_down_counter, "{object}", Stability::development,
     by_resource_name},
    {"k8s.resourcequota.persistentvolumeclaim_count.hard", MetricType::up_down_counter, "{persistentvolumeclaim}",
     Stability::development, by_storageclass},
    {"k8s.resourcequota.persistentvolumeclaim_count.used", MetricType::up_down_counter, "{persistentvolumeclaim}",
     Stability::development, by_storageclass},
    {"k8s.resourcequota.storage.request.hard", MetricType::up_down_counter, "By", Stability::development,
     by_storageclass},
    {"k8s.resourcequota.storage.request.used", MetricType::up_down_counter, "By", Stability::development,
     by_storageclass},
    {"k8s.service.endpoint.count", MetricType::gauge, "{endpoint}", Stability::development, of_service_endpoints},
    {"k8s.service.load_balancer.ingress.count", MetricType::gauge, "{ingress}", Stability::development},
    {"k8s.statefulset.pod.current", MetricType::up_down_counter, "{pod}", Stability::development},
    {"k8s.statefulset.pod.desired", MetricType::up_down_counter, "{pod}", Stability::development},
    {"k8s.statefulset.pod.ready", MetricType::up_down_counter, "{pod}", Stability::development},
    {"k8s.statefulset.pod.updated", MetricType::up_down_counter, "{pod}", Stability::development},
};

}  // namespace k8s

}  // namespace mizzen::telemetry::semconv
