# SPDX-License-Identifier: Apache-2.0
"""One small good object of each built-in kind, and where it is posted: what the scripts that record answers start from."""

META = {"name": "a"}
TEMPLATE = {"metadata": {"labels": {"app": "a"}}, "spec": {"containers": [{"name": "c", "image": "i"}]}}
SELECTOR = {"matchLabels": {"app": "a"}}
RULE = {"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["pods"]}
HOOK = {"name": "h.rec.dev", "clientConfig": {"url": "https://h.rec.dev"}, "rules": [RULE], "sideEffects": "None", "admissionReviewVersions": ["v1"]}
CLAIM = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}
CSR = ("LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIc01JR1RBZ0VBTURFeEZUQVRCZ05WQkFvVERITjVjM1JsYlRwdWIyUmxjekVZTUJZR0ExVUVBeE1QYzNsemRHVnRPbTV2"
       "WkdVNllUQlpNQk1HQnlxR1NNNDlBZ0VHQ0NxR1NNNDlBd0VIQTBJQUJOb3dEUW==")


def core(kind: str, plural: str, body: dict, namespaced: bool = True) -> tuple[str, dict]:
    return of("v1", kind, plural, body, namespaced)


def of(version: str, kind: str, plural: str, body: dict, namespaced: bool = True) -> tuple[str, dict]:
    root = "/api/v1" if version == "v1" else f"/apis/{version}"
    path = f"{root}/namespaces/default/{plural}" if namespaced else f"{root}/{plural}"
    return path, {"apiVersion": version, "kind": kind, "metadata": dict(META), **body}


BASES = {
    "pod": core("Pod", "pods", {"spec": {"containers": [{"name": "c", "image": "i"}]}}),
    "podtemplate": core("PodTemplate", "podtemplates", {"template": TEMPLATE}),
    "replicationcontroller": core("ReplicationController", "replicationcontrollers", {"spec": {"selector": {"app": "a"}, "template": TEMPLATE}}),
    "service": core("Service", "services", {"spec": {"selector": {"app": "a"}, "ports": [{"port": 80}]}}),
    "endpoints": core("Endpoints", "endpoints", {"subsets": [{"addresses": [{"ip": "10.1.2.3"}], "ports": [{"port": 80}]}]}),
    "configmap": core("ConfigMap", "configmaps", {"data": {"k": "v"}}),
    "secret": core("Secret", "secrets", {"data": {"k": "dg=="}}),
    "serviceaccount": core("ServiceAccount", "serviceaccounts", {}),
    "namespace": core("Namespace", "namespaces", {}, False),
    "node": core("Node", "nodes", {}, False),
    "event": core("Event", "events", {"involvedObject": {"kind": "Pod", "name": "a", "namespace": "default"}, "reason": "R", "type": "Normal"}),
    "limitrange": core("LimitRange", "limitranges", {"spec": {"limits": [{"type": "Container", "max": {"cpu": "1"}}]}}),
    "resourcequota": core("ResourceQuota", "resourcequotas", {"spec": {"hard": {"pods": "3"}}}),
    "persistentvolume": core("PersistentVolume", "persistentvolumes", {"spec": {"capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteOnce"], "hostPath": {"path": "/x"}}}, False),
    "persistentvolumeclaim": core("PersistentVolumeClaim", "persistentvolumeclaims", {"spec": CLAIM}),
    "deployment": of("apps/v1", "Deployment", "deployments", {"spec": {"selector": SELECTOR, "template": TEMPLATE}}),
    "replicaset": of("apps/v1", "ReplicaSet", "replicasets", {"spec": {"selector": SELECTOR, "template": TEMPLATE}}),
    "statefulset": of("apps/v1", "StatefulSet", "statefulsets", {"spec": {"serviceName": "a", "selector": SELECTOR, "template": TEMPLATE}}),
    "daemonset": of("apps/v1", "DaemonSet", "daemonsets", {"spec": {"selector": SELECTOR, "template": TEMPLATE}}),
    "controllerrevision": of("apps/v1", "ControllerRevision", "controllerrevisions", {"revision": 1, "data": {}}),
    "job": of("batch/v1", "Job", "jobs", {"spec": {"template": {"spec": {"restartPolicy": "Never", "containers": [{"name": "c", "image": "i"}]}}}}),
    "cronjob": of("batch/v1", "CronJob", "cronjobs", {"spec": {"schedule": "* * * * *", "jobTemplate": {"spec": {"template": {"spec": {"restartPolicy": "Never", "containers": [{"name": "c", "image": "i"}]}}}}}}),
    "hpa": of("autoscaling/v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", {"spec": {"scaleTargetRef": {"kind": "Deployment", "name": "a", "apiVersion": "apps/v1"}, "maxReplicas": 3}}),
    "hpav1": of("autoscaling/v1", "HorizontalPodAutoscaler", "horizontalpodautoscalers", {"spec": {"scaleTargetRef": {"kind": "Deployment", "name": "a", "apiVersion": "apps/v1"}, "maxReplicas": 3}}),
    "pdb": of("policy/v1", "PodDisruptionBudget", "poddisruptionbudgets", {"spec": {"minAvailable": 1, "selector": SELECTOR}}),
    "ingress": of("networking.k8s.io/v1", "Ingress", "ingresses", {"spec": {"rules": [{"host": "a.b", "http": {"paths": [{"path": "/", "pathType": "Prefix", "backend": {"service": {"name": "s", "port": {"number": 80}}}}]}}]}}),
    "ingressclass": of("networking.k8s.io/v1", "IngressClass", "ingressclasses", {"spec": {"controller": "rec.dev/c"}}, False),
    "networkpolicy": of("networking.k8s.io/v1", "NetworkPolicy", "networkpolicies", {"spec": {"podSelector": {}}}),
    "endpointslice": of("discovery.k8s.io/v1", "EndpointSlice", "endpointslices", {"addressType": "IPv4", "endpoints": [{"addresses": ["10.1.2.3"]}], "ports": [{"port": 80}]}),
    "newevent": of("events.k8s.io/v1", "Event", "events", {"eventTime": "2026-01-01T00:00:00.000000Z", "reportingController": "c", "reportingInstance": "i", "action": "A", "reason": "R", "type": "Normal", "regarding": {"kind": "Pod", "name": "a", "namespace": "default"}}),
    "lease": of("coordination.k8s.io/v1", "Lease", "leases", {"spec": {"holderIdentity": "h", "leaseDurationSeconds": 15}}),
    "role": of("rbac.authorization.k8s.io/v1", "Role", "roles", {"rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}]}),
    "clusterrole": of("rbac.authorization.k8s.io/v1", "ClusterRole", "clusterroles", {"rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}]}, False),
    "rolebinding": of("rbac.authorization.k8s.io/v1", "RoleBinding", "rolebindings", {"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "r"}, "subjects": [{"kind": "User", "name": "u", "apiGroup": "rbac.authorization.k8s.io"}]}),
    "clusterrolebinding": of("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "clusterrolebindings", {"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "r"}, "subjects": [{"kind": "Group", "name": "g", "apiGroup": "rbac.authorization.k8s.io"}]}, False),
    "storageclass": of("storage.k8s.io/v1", "StorageClass", "storageclasses", {"provisioner": "rec.dev/p"}, False),
    "volumeattachment": of("storage.k8s.io/v1", "VolumeAttachment", "volumeattachments", {"spec": {"attacher": "rec.dev", "nodeName": "n", "source": {"persistentVolumeName": "v"}}}, False),
    "csidriver": of("storage.k8s.io/v1", "CSIDriver", "csidrivers", {"spec": {}}, False),
    "csinode": of("storage.k8s.io/v1", "CSINode", "csinodes", {"spec": {"drivers": []}}, False),
    "csistoragecapacity": of("storage.k8s.io/v1", "CSIStorageCapacity", "csistoragecapacities", {"storageClassName": "s"}),
    "priorityclass": of("scheduling.k8s.io/v1", "PriorityClass", "priorityclasses", {"value": 5}, False),
    "runtimeclass": of("node.k8s.io/v1", "RuntimeClass", "runtimeclasses", {"handler": "h"}, False),
    "validatingwebhook": of("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", "validatingwebhookconfigurations", {"webhooks": [HOOK]}, False),
    "mutatingwebhook": of("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration", "mutatingwebhookconfigurations", {"webhooks": [HOOK]}, False),
    "validatingpolicy": of("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy", "validatingadmissionpolicies", {"spec": {"matchConstraints": {"resourceRules": [RULE]}, "validations": [{"expression": "true"}]}}, False),
    "validatingbinding": of("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding", "validatingadmissionpolicybindings", {"spec": {"policyName": "p", "validationActions": ["Deny"]}}, False),
    "mutatingpolicy": of("admissionregistration.k8s.io/v1", "MutatingAdmissionPolicy", "mutatingadmissionpolicies", {"spec": {"matchConstraints": {"resourceRules": [RULE]}, "reinvocationPolicy": "Never", "mutations": [{"patchType": "ApplyConfiguration", "applyConfiguration": {"expression": "Object{}"}}]}}, False),
    "mutatingbinding": of("admissionregistration.k8s.io/v1", "MutatingAdmissionPolicyBinding", "mutatingadmissionpolicybindings", {"spec": {"policyName": "p"}}, False),
    "apiservice": of("apiregistration.k8s.io/v1", "APIService", "apiservices", {"metadata": {"name": "v1.rec3.dev"}, "spec": {"group": "rec3.dev", "version": "v1", "groupPriorityMinimum": 100, "versionPriority": 10, "insecureSkipTLSVerify": True, "service": {"name": "s", "namespace": "n"}}}, False),
    "flowschema": of("flowcontrol.apiserver.k8s.io/v1", "FlowSchema", "flowschemas", {"spec": {"priorityLevelConfiguration": {"name": "l"}}}, False),
    "prioritylevel": of("flowcontrol.apiserver.k8s.io/v1", "PriorityLevelConfiguration", "prioritylevelconfigurations", {"spec": {"type": "Limited", "limited": {"limitResponse": {"type": "Reject"}}}}, False),
}
