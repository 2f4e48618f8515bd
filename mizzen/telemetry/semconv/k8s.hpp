// SPDX-License-Identifier: Apache-2.0
// Kubernetes objects (resource attributes): names as OpenTelemetry's semantic conventions 1.44 have them.
#pragma once
#include "mizzen/telemetry/semconv/convention.hpp"

namespace mizzen::telemetry::semconv {

namespace k8s {

inline constexpr std::string_view cluster_name = "k8s.cluster.name";
inline constexpr std::string_view cluster_uid = "k8s.cluster.uid";
inline constexpr std::string_view container_ephemeral_storage_fs_type = "k8s.container.ephemeral_storage.fs_type";
inline constexpr std::string_view container_name = "k8s.container.name";
inline constexpr std::string_view container_restart_count = "k8s.container.restart_count";
inline constexpr std::string_view container_status_last_terminated_reason =
    "k8s.container.status.last_terminated_reason";
inline constexpr std::string_view container_status_reason = "k8s.container.status.reason";
inline constexpr std::string_view container_status_state = "k8s.container.status.state";
inline constexpr std::string_view cronjob_annotation = "k8s.cronjob.annotation";
inline constexpr std::string_view cronjob_label = "k8s.cronjob.label";
inline constexpr std::string_view cronjob_name = "k8s.cronjob.name";
inline constexpr std::string_view cronjob_uid = "k8s.cronjob.uid";
inline constexpr std::string_view daemonset_annotation = "k8s.daemonset.annotation";
inline constexpr std::string_view daemonset_label = "k8s.daemonset.label";
inline constexpr std::string_view daemonset_name = "k8s.daemonset.name";
inline constexpr std::string_view daemonset_uid = "k8s.daemonset.uid";
inline constexpr std::string_view deployment_annotation = "k8s.deployment.annotation";
inline constexpr std::string_view deployment_label = "k8s.deployment.label";
inline constexpr std::string_view deployment_name = "k8s.deployment.name";
inline constexpr std::string_view deployment_uid = "k8s.deployment.uid";
inline constexpr std::string_view hpa_metric_type = "k8s.hpa.metric.type";
inline constexpr std::string_view hpa_name = "k8s.hpa.name";
inline constexpr std::string_view hpa_scaletargetref_api_version = "k8s.hpa.scaletargetref.api_version";
inline constexpr std::string_view hpa_scaletargetref_kind = "k8s.hpa.scaletargetref.kind";
inline constexpr std::string_view hpa_scaletargetref_name = "k8s.hpa.scaletargetref.name";
inline constexpr std::string_view hpa_uid = "k8s.hpa.uid";
inline constexpr std::string_view hugepage_size = "k8s.hugepage.size";
inline constexpr std::string_view job_annotation = "k8s.job.annotation";
inline constexpr std::string_view job_label = "k8s.job.label";
inline constexpr std::string_view job_name = "k8s.job.name";
inline constexpr std::string_view job_uid = "k8s.job.uid";
inline constexpr std::string_view namespace_annotation = "k8s.namespace.annotation";
inline constexpr std::string_view namespace_label = "k8s.namespace.label";
inline constexpr std::string_view namespace_name = "k8s.namespace.name";
inline constexpr std::string_view namespace_phase = "k8s.namespace.phase";
inline constexpr std::string_view node_annotation = "k8s.node.annotation";
inline constexpr std::string_view node_condition_status = "k8s.node.condition.status";
inline constexpr std::string_view node_condition_type = "k8s.node.condition.type";
inline constexpr std::string_view node_label = "k8s.node.label";
inline constexpr std::string_view node_name = "k8s.node.name";
inline constexpr std::string_view node_system_container_name = "k8s.node.system_container.name";
inline constexpr std::string_view node_uid = "k8s.node.uid";
inline constexpr std::string_view persistentvolume_annotation = "k8s.persistentvolume.annotation";
inline constexpr std::string_view persistentvolume_label = "k8s.persistentvolume.label";
inline constexpr std::string_view persistentvolume_name = "k8s.persistentvolume.name";
inline constexpr std::string_view persistentvolume_reclaim_policy = "k8s.persistentvolume.reclaim_policy";
inline constexpr std::string_view persistentvolume_status_phase = "k8s.persistentvolume.status.phase";
inline constexpr std::string_view persistentvolume_uid = "k8s.persistentvolume.uid";
inline constexpr std::string_view persistentvolumeclaim_annotation = "k8s.persistentvolumeclaim.annotation";
inline constexpr std::string_view persistentvolumeclaim_label = "k8s.persistentvolumeclaim.label";
inline constexpr std::string_view persistentvolumeclaim_name = "k8s.persistentvolumeclaim.name";
inline constexpr std::string_view persistentvolumeclaim_status_phase = "k8s.persistentvolumeclaim.status.phase";
inline constexpr std::string_view persistentvolumeclaim_uid = "k8s.persistentvolumeclaim.uid";
inline constexpr std::string_view pod_annotation = "k8s.pod.annotation";
inline constexpr std::string_view pod_hostname = "k8s.pod.hostname";
inline constexpr std::string_view pod_ip = "k8s.pod.ip";
inline constexpr std::string_view pod_label = "k8s.pod.label";
inline constexpr std::string_view pod_name = "k8s.pod.name";
inline constexpr std::string_view pod_start_time = "k8s.pod.start_time";
inline constexpr std::string_view pod_status_phase = "k8s.pod.status.phase";
inline constexpr std::string_view pod_status_reason = "k8s.pod.status.reason";
inline constexpr std::string_view pod_uid = "k8s.pod.uid";
inline constexpr std::string_view replicaset_annotation = "k8s.replicaset.annotation";
inline constexpr std::string_view replicaset_label = "k8s.replicaset.label";
inline constexpr std::string_view replicaset_name = "k8s.replicaset.name";
inline constexpr std::string_view replicaset_uid = "k8s.replicaset.uid";
inline constexpr std::string_view replicationcontroller_name = "k8s.replicationcontroller.name";
inline constexpr std::string_view replicationcontroller_uid = "k8s.replicationcontroller.uid";
inline constexpr std::string_view resourcequota_name = "k8s.resourcequota.name";
inline constexpr std::string_view resourcequota_resource_name = "k8s.resourcequota.resource_name";
inline constexpr std::string_view resourcequota_uid = "k8s.resourcequota.uid";
inline constexpr std::string_view service_annotation = "k8s.service.annotation";
inline constexpr std::string_view service_endpoint_address_type = "k8s.service.endpoint.address_type";
inline constexpr std::string_view service_endpoint_condition = "k8s.service.endpoint.condition";
inline constexpr std::string_view service_endpoint_zone = "k8s.service.endpoint.zone";
inline constexpr std::string_view service_label = "k8s.service.label";
inline constexpr std::string_view service_name = "k8s.service.name";
inline constexpr std::string_view service_publish_not_ready_addresses = "k8s.service.publish_not_ready_addresses";
inline constexpr std::string_view service_selector = "k8s.service.selector";
inline constexpr std::string_view service_traffic_distribution = "k8s.service.traffic_distribution";
inline constexpr std::string_view service_type = "k8s.service.type";
inline constexpr std::string_view service_uid = "k8s.service.uid";
inline constexpr std::string_view statefulset_annotation = "k8s.statefulset.annotation";
inline constexpr std::string_view statefulset_label = "k8s.statefulset.label";
inline constexpr std::string_view statefulset_name = "k8s.statefulset.name";
inline constexpr std::string_view statefulset_uid = "k8s.statefulset.uid";
inline constexpr std::string_view storageclass_name = "k8s.storageclass.name";
inline constexpr std::string_view volume_name = "k8s.volume.name";
inline constexpr std::string_view volume_type = "k8s.volume.type";

inline constexpr Attribute attributes[] = {
    {cluster_name, Type::text, Stability::stable, "The cluster's name."},
    {cluster_uid, Type::text, Stability::stable, "The cluster's id: the UID of the namespace kube-system."},
    {container_ephemeral_storage_fs_type, Type::text, Stability::development, "rootfs or logs."},
    {container_name, Type::text, Stability::stable, "Name of the container in the pod's specification."},
    {container_restart_count, Type::integer, Stability::stable,
     "How often the container was restarted; tells one run from the next."},
    {container_status_last_terminated_reason, Type::text, Stability::development,
     "Why the run before this one ended: OOMKilled."},
    {container_status_reason, Type::text, Stability::development,
     "Why the container is in its state: CrashLoopBackOff."},
    {container_status_state, Type::text, Stability::development, "waiting, running or terminated."},
    {cronjob_annotation, Type::text_by_key, Stability::stable, "Value of one of the CronJob's annotations."},
    {cronjob_label, Type::text_by_key, Stability::stable, "Value of one of the CronJob's labels."},
    {cronjob_name, Type::text, Stability::stable, "Name of the CronJob."},
    {cronjob_uid, Type::text, Stability::stable, "UID of the CronJob."},
    {daemonset_annotation, Type::text_by_key, Stability::stable, "Value of one of the DaemonSet's annotations."},
    {daemonset_label, Type::text_by_key, Stability::stable, "Value of one of the DaemonSet's labels."},
    {daemonset_name, Type::text, Stability::stable, "Name of the DaemonSet."},
    {daemonset_uid, Type::text, Stability::stable, "UID of the DaemonSet."},
    {deployment_annotation, Type::text_by_key, Stability::stable, "Value of one of the Deployment's annotations."},
    {deployment_label, Type::text_by_key, Stability::stable, "Value of one of the Deployment's labels."},
    {deployment_name, Type::text, Stability::stable, "Name of the Deployment."},
    {deployment_uid, Type::text, Stability::stable, "UID of the Deployment."},
    {hpa_metric_type, Type::text, Stability::development, "What it scales by: Resource, Pods, External."},
    {hpa_name, Type::text, Stability::development, "Name of the HorizontalPodAutoscaler."},
    {hpa_scaletargetref_api_version, Type::text, Stability::development, "API version of what it scales."},
    {hpa_scaletargetref_kind, Type::text, Stability::development, "Kind of what it scales."},
    {hpa_scaletargetref_name, Type::text, Stability::development, "Name of what it scales."},
    {hpa_uid, Type::text, Stability::development, "UID of the HorizontalPodAutoscaler."},
    {hugepage_size, Type::text, Stability::development, "Size of the huge page: 2Mi."},
    {job_annotation, Type::text_by_key, Stability::stable, "Value of one of the Job's annotations."},
    {job_label, Type::text_by_key, Stability::stable, "Value of one of the Job's labels."},
    {job_name, Type::text, Stability::stable, "Name of the Job."},
    {job_uid, Type::text, Stability::stable, "UID of the Job."},
    {namespace_annotation, Type::text_by_key, Stability::stable, "Value of one of the Namespace's annotations."},
    {namespace_label, Type::text_by_key, Stability::stable, "Value of one of the Namespace's labels."},
    {namespace_name, Type::text, Stability::stable, "The namespace that the object is in."},
    {namespace_phase, Type::text, Stability::development, "active or terminating."},
    {node_annotation, Type::text_by_key, Stability::stable, "Value of one of the Node's annotations."},
    {node_condition_status, Type::text, Stability::development, "true, false or unknown."},
    {node_condition_type, Type::text, Stability::development, "Ready, DiskPressure, MemoryPressure."},
    {node_label, Type::text_by_key, Stability::stable, "Value of one of the Node's labels."},
    {node_name, Type::text, Stability::stable, "Name of the Node."},
    {node_system_container_name, Type::text, Stability::development, "Container of the node itself: kubelet, runtime."},
    {node_uid, Type::text, Stability::stable, "UID of the Node."},
    {persistentvolume_annotation, Type::text_by_key, Stability::development,
     "Value of one of the PersistentVolume's annotations."},
    {persistentvolume_label, Type::text_by_key, Stability::development,
     "Value of one of the PersistentVolume's labels."},
    {persistentvolume_name, Type::text, Stability::development, "Name of the PersistentVolume."},
    {persistentvolume_reclaim_policy, Type::text, Stability::development, "Delete, Recycle or Retain."},
    {persistentvolume_status_phase, Type::text, Stability::development,
     "Available, Bound, Failed, Pending or Released."},
    {persistentvolume_uid, Type::text, Stability::development, "UID of the PersistentVolume."},
    {persistentvolumeclaim_annotation, Type::text_by_key, Stability::development,
     "Value of one of the PersistentVolumeClaim's annotations."},
    {persistentvolumeclaim_label, Type::text_by_key, Stability::development,
     "Value of one of the PersistentVolumeClaim's labels."},
    {persistentvolumeclaim_name, Type::text, Stability::development, "Name of the PersistentVolumeClaim."},
    {persistentvolumeclaim_status_phase, Type::text, Stability::development, "Bound, Lost or Pending."},
    {persistentvolumeclaim_uid, Type::text, Stability::development, "UID of the PersistentVolumeClaim."},
    {pod_annotation, Type::text_by_key, Stability::stable, "Value of one of the Pod's annotations."},
    {pod_hostname, Type::text, Stability::stable, "The host name inside the pod."},
    {pod_ip, Type::text, Stability::stable, "The pod's IP address."},
    {pod_label, Type::text_by_key, Stability::stable, "Value of one of the Pod's labels."},
    {pod_name, Type::text, Stability::stable, "Name of the Pod."},
    {pod_start_time, Type::text, Stability::stable, "When the pod was started, RFC 3339."},
    {pod_status_phase, Type::text, Stability::development, "Pending, Running, Succeeded, Failed or Unknown."},
    {pod_status_reason, Type::text, Stability::development, "Why the pod is in its state: Evicted."},
    {pod_uid, Type::text, Stability::stable, "UID of the Pod."},
    {replicaset_annotation, Type::text_by_key, Stability::stable, "Value of one of the ReplicaSet's annotations."},
    {replicaset_label, Type::text_by_key, Stability::stable, "Value of one of the ReplicaSet's labels."},
    {replicaset_name, Type::text, Stability::stable, "Name of the ReplicaSet."},
    {replicaset_uid, Type::text, Stability::stable, "UID of the ReplicaSet."},
    {replicationcontroller_name, Type::text, Stability::development, "Name of the ReplicationController."},
    {replicationcontroller_uid, Type::text, Stability::development, "UID of the ReplicationController."},
    {resourcequota_name, Type::text, Stability::development, "Name of the ResourceQuota."},
    {resourcequota_resource_name, Type::text, Stability::development, "The resource that is limited."},
    {resourcequota_uid, Type::text, Stability::development, "UID of the ResourceQuota."},
    {service_annotation, Type::text_by_key, Stability::development, "Value of one of the Service's annotations."},
    {service_endpoint_address_type, Type::text, Stability::development, "IPv4, IPv6 or FQDN."},
    {service_endpoint_condition, Type::text, Stability::development, "ready, serving or terminating."},
    {service_endpoint_zone, Type::text, Stability::development, "The zone that the endpoint is in."},
    {service_label, Type::text_by_key, Stability::development, "Value of one of the Service's labels."},
    {service_name, Type::text, Stability::development, "Name of the Service."},
    {service_publish_not_ready_addresses, Type::boolean, Stability::development,
     "Whether endpoints that are not ready are published."},
    {service_selector, Type::text_by_key, Stability::development, "Value of one key of the Service's selector."},
    {service_traffic_distribution, Type::text, Stability::development,
     "Where the Service prefers to send: PreferClose."},
    {service_type, Type::text, Stability::development, "ClusterIP, NodePort, LoadBalancer or ExternalName."},
    {service_uid, Type::text, Stability::development, "UID of the Service."},
    {statefulset_annotation, Type::text_by_key, Stability::stable, "Value of one of the StatefulSet's annotations."},
    {statefulset_label, Type::text_by_key, Stability::stable, "Value of one of the StatefulSet's labels."},
    {statefulset_name, Type::text, Stability::stable, "Name of the StatefulSet."},
    {statefulset_uid, Type::text, Stability::stable, "UID of the StatefulSet."},
    {storageclass_name, Type::text, Stability::development, "Name of the StorageClass."},
    {volume_name, Type::text, Stability::development, "Name of the volume."},
    {volume_type, Type::text, Stability::development, "persistentVolumeClaim, configMap, emptyDir and so on."},
};

}  // namespace k8s

}  // namespace mizzen::telemetry::semconv
