# SPDX-License-Identifier: Apache-2.0
"""Which types become C++ structs, and in which header each is."""

_CORE = "io.k8s.api.core.v1."
_META = "io.k8s.apimachinery.pkg.apis.meta.v1."
_CRD = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1."


def _of(prefix, *names):
    return [prefix + n for n in names]


def _api(package, *names):
    return _of(f"io.k8s.api.{package}.", *names)


# header -> (what it holds, its root types). Types that a root needs and no earlier header has come along.
HEADERS = {
    "meta": ("What all kinds share: metadata, selectors, conditions, Status.",
             _of(_META, "ObjectMeta", "ListMeta", "LabelSelector", "Condition", "Status", "DeleteOptions")),
    "reference": ("References from one object to another.",
                  _of(_CORE, "ObjectReference", "LocalObjectReference", "TypedLocalObjectReference", "SecretReference")),
    "pod_spec": ("PodTemplateSpec, PodSpec, and all that is in them.", _of(_CORE, "PodTemplateSpec")),
    "pod": ("Pod, PodTemplate, Binding.", _of(_CORE, "Pod", "PodTemplate", "Binding")),
    "service": ("Service, Endpoints.", _of(_CORE, "Service", "Endpoints")),
    "config": ("ConfigMap, Secret, ServiceAccount.", _of(_CORE, "ConfigMap", "Secret", "ServiceAccount")),
    "node": ("Node.", _of(_CORE, "Node")),
    "space": ("Namespace, ResourceQuota, LimitRange.", _of(_CORE, "Namespace", "ResourceQuota", "LimitRange")),
    "event": ("Event of the core group, and of events.k8s.io.", _of(_CORE, "Event") + _api("events.v1", "Event")),
    "volume": ("PersistentVolumeClaim, PersistentVolume, StorageClass.",
               _of(_CORE, "PersistentVolumeClaim", "PersistentVolume") + _api("storage.v1", "StorageClass")),
    "apps": ("Deployment, ReplicaSet, StatefulSet, DaemonSet, ControllerRevision.",
             _api("apps.v1", "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "ControllerRevision")),
    "replication_controller": ("ReplicationController.", _of(_CORE, "ReplicationController")),
    "batch": ("Job, CronJob.", _api("batch.v1", "Job", "CronJob")),
    "autoscaling": ("HorizontalPodAutoscaler (v2), Scale.", _api("autoscaling.v2", "HorizontalPodAutoscaler") + _api("autoscaling.v1", "Scale")),
    "policy": ("PodDisruptionBudget, Eviction.", _api("policy.v1", "PodDisruptionBudget", "Eviction")),
    "networking": ("Ingress, IngressClass, NetworkPolicy.", _api("networking.v1", "Ingress", "IngressClass", "NetworkPolicy")),
    "discovery": ("EndpointSlice.", _api("discovery.v1", "EndpointSlice")),
    "coordination": ("Lease.", _api("coordination.v1", "Lease")),
    "scheduling": ("PriorityClass.", _api("scheduling.v1", "PriorityClass")),
    "rbac": ("Role, RoleBinding, ClusterRole, ClusterRoleBinding.", _api("rbac.v1", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding")),
    "authentication": ("TokenReview, TokenRequest, SelfSubjectReview.",
                       _api("authentication.v1", "TokenReview", "TokenRequest", "SelfSubjectReview")),
    "authorization": ("SubjectAccessReview and its relatives.",
                      _api("authorization.v1", "SubjectAccessReview", "LocalSubjectAccessReview", "SelfSubjectAccessReview",
                           "SelfSubjectRulesReview")),
    "certificates": ("CertificateSigningRequest.", _api("certificates.v1", "CertificateSigningRequest")),
    "apiextensions": ("CustomResourceDefinition.", _of(_CRD, "CustomResourceDefinition")),
    "admission": ("MutatingWebhookConfiguration, ValidatingWebhookConfiguration.",
                  _api("admissionregistration.v1", "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration")),
}

# Headers that only include others.
UMBRELLAS = {"core": ("The core group, v1.", ["config", "event", "node", "pod", "service", "space", "volume"])}

# Types that stay JSON.
AS_VALUE = {_CRD + "JSONSchemaProps", _CRD + "JSON"}

# Optional strings whose empty text means something else than their absence.
OPTIONAL_STRINGS = {"storageClassName", "volumeAttributesClassName"}

# Prefixes of types whose plain name an earlier header has.
COLLISION_PREFIXES = {"io.k8s.api.events.v1.": "Events", "io.k8s.api.discovery.v1.": "Discovery", "io.k8s.api.authorization.v1.": "Authorization",
                      "io.k8s.api.storage.v1.": "Storage", "io.k8s.api.autoscaling.v1.": "AutoscalingV1",
                      "io.k8s.api.admissionregistration.v1.": "Admission", "io.k8s.api.networking.v1.": "Networking"}
