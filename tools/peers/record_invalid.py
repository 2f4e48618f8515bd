#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Records what a real kube-apiserver says of wrong objects of the built-in kinds, and what good ones become: record_invalid.py KUBECONFIG
writes mizzen/apiserver/kinds/testdata/: wrong.json (creates and updates) and good.json (what was sent, what came back).

Start the server without the admission plugins that change objects: APISERVER_ARGS="--disable-admission-plugins=ServiceAccount,Priority,
DefaultTolerationSeconds,StorageObjectInUseProtection,TaintNodesByCondition,DefaultStorageClass,DefaultIngressClass,LimitRanger,ResourceQuota,RuntimeClass"
(real-cluster.sh passes it on)."""
import pathlib
import sys

from base_objects import BASES
from real_api import RealApi, write_json
from record_custom import GONE, put

OUT = pathlib.Path(__file__).resolve().parents[2] / "mizzen/apiserver/kinds/testdata"
C = "spec.containers[0]"
T = "spec.template.spec"
RESOURCES = C + ".resources"
HTTP = {"httpGet": {"port": 80}}

# (kind, changes to the base object)
CREATES = [
    ("pod", [("metadata.name", "A_b")]), ("pod", [("metadata.name", GONE)]), ("pod", [("metadata.labels", {"a b": "c d"})]), ("pod", [("metadata.annotations", {"a/b/c": "x"})]),
    ("pod", [("metadata.finalizers", ["a", "b/c", "-"])]), ("pod", [("metadata.ownerReferences", [{"apiVersion": "v1", "kind": "", "name": "x", "uid": ""}])]),
    ("pod", [("spec.containers", [])]), ("pod", [(C + ".name", GONE)]), ("pod", [(C + ".name", "A_b")]), ("pod", [(C + ".image", GONE)]), ("pod", [(C + ".image", " i ")]),
    ("pod", [("spec.containers[1]", {"name": "c", "image": "j"})]), ("pod", [(C + ".imagePullPolicy", "Sometimes"), (C + ".terminationMessagePolicy", "X")]),
    ("pod", [(C + ".ports", [{"containerPort": 0}, {"containerPort": 70000, "name": "a--b"}, {"containerPort": 1, "name": "x", "protocol": "ICMP"}, {"containerPort": 2, "name": "x", "hostPort": -1}])]),
    ("pod", [(C + ".ports", [{"containerPort": 1, "hostPort": 5}, {"containerPort": 2, "hostPort": 5}])]),
    ("pod", [(C + ".env", [{"name": ""}, {"name": "a=b"}, {"name": "c", "valueFrom": {}}, {"name": "d", "value": "x", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}, {"name": "e", "valueFrom": {"fieldRef": {"fieldPath": "spec.x"}}}])]),
    ("pod", [(C + ".env", [{"name": "a", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}, "secretKeyRef": {"name": "S", "key": ""}}}, {"name": "b", "valueFrom": {"resourceFieldRef": {"resource": "x"}}}])]),
    ("pod", [(C + ".envFrom", [{}, {"configMapRef": {"name": ""}}, {"configMapRef": {"name": "a"}, "secretRef": {"name": "b"}}])]),
    ("pod", [(C + ".volumeMounts", [{"name": "v", "mountPath": "/a"}, {"name": "", "mountPath": ""}])]),
    ("pod", [("spec.volumes", [{"name": "v", "emptyDir": {}}]), (C + ".volumeMounts", [{"name": "v", "mountPath": "/a"}, {"name": "v", "mountPath": "/a", "subPath": "../x"}, {"name": "v", "mountPath": "/b", "subPath": "/x", "subPathExpr": "y", "mountPropagation": "Bidirectional"}])]),
    ("pod", [("spec.volumes", [{"name": "A"}, {"name": "v", "emptyDir": {}, "hostPath": {"path": "/x"}}, {"name": "w", "hostPath": {"path": ""}}, {"name": "w2", "configMap": {}}, {"name": "x", "secret": {"secretName": "", "defaultMode": 1000}}])]),
    ("pod", [("spec.volumes", [{"name": "v", "emptyDir": {}}, {"name": "v", "emptyDir": {}}, {"name": "p", "persistentVolumeClaim": {"claimName": ""}}, {"name": "n", "nfs": {"server": "", "path": "x"}}, {"name": "d", "downwardAPI": {"items": [{"path": "/a"}]}}])]),
    ("pod", [("spec.volumes", [{"name": "v", "projected": {"sources": [{"secret": {}}, {"serviceAccountToken": {"path": "", "expirationSeconds": 5}}]}}])]),
    ("pod", [(RESOURCES, {"limits": {"cpu": "1", "memory": "1Gi"}, "requests": {"cpu": "2", "memory": "2Gi"}})]), ("pod", [(RESOURCES, {"limits": {"cpu": "-1"}, "requests": {"x": "1"}})]),
    ("pod", [(RESOURCES, {"requests": {"example.com/gpu": "1"}})]), ("pod", [(RESOURCES, {"limits": {"example.com/gpu": "1.5"}, "requests": {"example.com/gpu": "1"}})]),
    ("pod", [(C + ".livenessProbe", {"successThreshold": 2, "periodSeconds": -1})]), ("pod", [(C + ".readinessProbe", {"httpGet": {"port": 0, "path": "x", "scheme": "FTP"}, "exec": {"command": ["x"]}, "terminationGracePeriodSeconds": 5})]),
    ("pod", [(C + ".startupProbe", {"tcpSocket": {"port": "Bad_Name"}, "failureThreshold": -1})]), ("pod", [(C + ".livenessProbe", {"exec": {"command": []}}), (C + ".lifecycle", {"preStop": {}})]),
    ("pod", [(C + ".livenessProbe", {"grpc": {"port": 0}}), (C + ".readinessProbe", {"httpGet": {"port": 80, "httpHeaders": [{"name": "a b", "value": "c"}]}})]),
    ("pod", [("spec.restartPolicy", "Sometimes"), ("spec.dnsPolicy", "X")]), ("pod", [("spec.dnsPolicy", "None")]), ("pod", [("spec.dnsPolicy", "None"), ("spec.dnsConfig", {"nameservers": ["x", "1.1.1.1", "2.2.2.2", "3.3.3.3"]})]),
    ("pod", [("spec.terminationGracePeriodSeconds", -5), ("spec.activeDeadlineSeconds", 0)]), ("pod", [("spec.nodeSelector", {"a b": "-"}), ("spec.nodeName", "N_"), ("spec.hostname", "h.i"), ("spec.subdomain", "S")]),
    ("pod", [("spec.initContainers", [{"name": "c", "image": "i", "livenessProbe": HTTP}, {"name": "d", "image": ""}])]),
    ("pod", [("spec.tolerations", [{"operator": "Equal"}, {"key": "a", "operator": "Exists", "value": "x"}, {"key": "b", "operator": "X"}, {"key": "c d", "effect": "Y"}, {"key": "e", "tolerationSeconds": 5, "effect": "NoSchedule"}])]),
    ("pod", [("spec.affinity", {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": []}, "preferredDuringSchedulingIgnoredDuringExecution": [{"weight": 0, "preference": {"matchExpressions": [{"key": "a", "operator": "In"}, {"key": "b", "operator": "Exists", "values": ["x"]}, {"key": "c", "operator": "Gt", "values": ["1", "2"]}, {"key": "d", "operator": "X"}]}}]}})]),
    ("pod", [("spec.affinity", {"podAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [{"topologyKey": ""}], "preferredDuringSchedulingIgnoredDuringExecution": [{"weight": 101, "podAffinityTerm": {"topologyKey": "a b", "namespaces": ["N"], "labelSelector": {"matchExpressions": [{"key": "a", "operator": "X"}]}}}]}})]),
    ("pod", [("spec.topologySpreadConstraints", [{"maxSkew": 0, "topologyKey": "", "whenUnsatisfiable": "X"}, {"maxSkew": 1, "topologyKey": "a", "whenUnsatisfiable": "ScheduleAnyway", "minDomains": 2}])]),
    ("pod", [("spec.securityContext", {"runAsUser": -1, "fsGroup": -2, "seccompProfile": {"type": "X"}}), (C + ".securityContext", {"runAsGroup": -1, "privileged": True, "allowPrivilegeEscalation": False})]),
    ("pod", [("spec.hostNetwork", True), (C + ".ports", [{"containerPort": 80, "hostPort": 81}])]), ("pod", [("spec.hostAliases", [{"ip": "x", "hostnames": ["A_"]}])]), ("pod", [("spec.ephemeralContainers", [{"name": "e", "image": "i"}])]),
    ("pod", [("spec.schedulingGates", [{"name": "g"}, {"name": "g"}]), ("spec.nodeName", "n")]), ("pod", [("spec.readinessGates", [{"conditionType": "a b"}])]), ("pod", [("spec.serviceAccountName", "A_b"), ("spec.priorityClassName", "")]),
    ("pod", [("spec.os", {"name": "plan9"})]), ("pod", [("spec.shareProcessNamespace", True), ("spec.hostPID", True)]), ("pod", [("spec.runtimeClassName", "R_"), ("spec.preemptionPolicy", "X")]),
    ("deployment", [("spec.selector", GONE)]), ("deployment", [("spec.selector", {})]), ("deployment", [("spec.template.metadata", GONE)]), ("deployment", [("spec.selector.matchLabels.app", "b")]), ("deployment", [("spec.replicas", -1)]),
    ("deployment", [("spec.selector", {"matchExpressions": [{"key": "app", "operator": "X"}, {"key": "b", "operator": "In"}, {"key": "c", "operator": "Exists", "values": ["x"]}]})]),
    ("deployment", [("spec.strategy", {"type": "Recreate", "rollingUpdate": {"maxSurge": 1}})]), ("deployment", [("spec.strategy", {"type": "Blue"})]), ("deployment", [("spec.strategy", {"rollingUpdate": {"maxSurge": 0, "maxUnavailable": 0}})]),
    ("deployment", [("spec.strategy", {"rollingUpdate": {"maxSurge": "x", "maxUnavailable": "120%"}})]), ("deployment", [("spec.strategy", {"rollingUpdate": {"maxSurge": -1, "maxUnavailable": "5"}})]),
    ("deployment", [(T + ".restartPolicy", "Never")]), ("deployment", [(T + ".activeDeadlineSeconds", 5)]), ("deployment", [("spec.progressDeadlineSeconds", 5), ("spec.minReadySeconds", 10), ("spec.revisionHistoryLimit", -1)]),
    ("deployment", [(T + ".containers", [])]), ("deployment", [("spec.template.metadata.labels", {"app": "a", "x y": "z"})]), ("deployment", [(T + ".containers[0].resources", {"limits": {"memory": "1Mi"}, "requests": {"memory": "1Gi"}})]),
    ("replicaset", [("spec.selector", GONE)]), ("replicaset", [("spec.selector.matchLabels.app", "b")]), ("replicaset", [("spec.replicas", -1), ("spec.minReadySeconds", -1)]), ("replicaset", [(T + ".restartPolicy", "OnFailure")]),
    ("replicationcontroller", [("spec.selector", {"app": "b"})]), ("replicationcontroller", [("spec.replicas", -1), (T + ".restartPolicy", "Never")]),
    ("statefulset", [("metadata.name", "a.b")]), ("statefulset", [("spec.selector", GONE)]), ("statefulset", [("spec.podManagementPolicy", "X"), ("spec.serviceName", "A_")]), ("statefulset", [("spec.updateStrategy", {"type": "X"})]),
    ("statefulset", [("spec.updateStrategy", {"type": "OnDelete", "rollingUpdate": {"partition": 1}})]), ("statefulset", [("spec.updateStrategy", {"rollingUpdate": {"partition": -1}, "type": "RollingUpdate"})]), ("statefulset", [("spec.selector.matchLabels.app", "b")]),
    ("statefulset", [("spec.volumeClaimTemplates", [{"metadata": {"name": "v"}, "spec": {"accessModes": ["X"], "resources": {"requests": {"storage": "0"}}}}]), (T + ".containers[0].volumeMounts", [{"name": "v", "mountPath": "/x"}])]),
    ("statefulset", [("spec.persistentVolumeClaimRetentionPolicy", {"whenDeleted": "X", "whenScaled": "Retain"})]), ("statefulset", [("spec.replicas", -1), ("spec.minReadySeconds", -2), ("spec.ordinals", {"start": -1})]),
    ("daemonset", [("spec.selector", GONE)]), ("daemonset", [("spec.selector.matchLabels.app", "b")]), ("daemonset", [("spec.updateStrategy", {"type": "X"})]), ("daemonset", [("spec.updateStrategy", {"rollingUpdate": {"maxSurge": 1, "maxUnavailable": 1}})]),
    ("daemonset", [("spec.updateStrategy", {"rollingUpdate": {"maxSurge": 0, "maxUnavailable": 0}})]), ("daemonset", [(T + ".restartPolicy", "Never"), ("spec.minReadySeconds", -1)]),
    ("job", [(T + ".restartPolicy", GONE)]), ("job", [(T + ".restartPolicy", "Always")]), ("job", [(T + ".restartPolicy", "X")]), ("job", [("spec.parallelism", -1), ("spec.completions", -1), ("spec.backoffLimit", -1), ("spec.activeDeadlineSeconds", -1), ("spec.ttlSecondsAfterFinished", -1)]),
    ("job", [("spec.completionMode", "X")]), ("job", [("spec.completionMode", "Indexed"), ("spec.parallelism", 1)]), ("job", [("spec.backoffLimitPerIndex", 1)]), ("job", [("spec.selector", {"matchLabels": {"a": "b"}})]), ("job", [("spec.manualSelector", True)]),
    ("job", [("spec.podFailurePolicy", {"rules": [{"action": "X", "onExitCodes": {"operator": "In", "values": [0]}}, {"action": "FailJob"}]})]), ("job", [("spec.podReplacementPolicy", "X")]), ("job", [("metadata.name", "a" * 64)]),
    ("cronjob", [("spec.schedule", "")]), ("cronjob", [("spec.schedule", "x")]), ("cronjob", [("spec.schedule", "* * * *")]), ("cronjob", [("spec.schedule", "60 * * * *")]), ("cronjob", [("spec.schedule", "a * * * *")]), ("cronjob", [("spec.schedule", "5-1 * * * *")]),
    ("cronjob", [("spec.schedule", "*/0 * * * *")]), ("cronjob", [("spec.schedule", "@often")]), ("cronjob", [("spec.schedule", "TZ=UTC 0 * * * *")]), ("cronjob", [("spec.concurrencyPolicy", "X"), ("spec.startingDeadlineSeconds", -1)]), ("cronjob", [("spec.timeZone", "Local")]),
    ("cronjob", [("spec.timeZone", ""), ("spec.successfulJobsHistoryLimit", -1), ("spec.failedJobsHistoryLimit", -1)]), ("cronjob", [("metadata.name", "a" * 53)]), ("cronjob", [("spec.schedule", "1-2-3 * * * *")]), ("cronjob", [("spec.schedule", "1/2/3 * * 13 *")]), ("cronjob", [("spec.schedule", "* * 0 jan mon-fri")]),
    ("cronjob", [("spec.jobTemplate.spec.template.spec.restartPolicy", "Always")]), ("cronjob", [("spec.jobTemplate.spec.selector", {"matchLabels": {"a": "b"}}), ("spec.jobTemplate.spec.manualSelector", True)]),
    ("service", [("spec.ports", [])]), ("service", [("spec.ports", [{"port": 0}])]), ("service", [("spec.ports", [{"port": 80}, {"port": 81}])]), ("service", [("spec.ports", [{"port": 80, "name": "A"}, {"port": 80, "name": "b"}, {"port": 82, "name": "b", "protocol": "X"}])]),
    ("service", [("spec.type", "X")]), ("service", [("spec.type", "ExternalName")]), ("service", [("spec.type", "ExternalName"), ("spec.externalName", "A_b"), ("spec.ports", GONE)]), ("service", [("spec.sessionAffinity", "X")]),
    ("service", [("spec.clusterIP", "x")]), ("service", [("spec.clusterIP", "None"), ("spec.type", "NodePort")]), ("service", [("spec.ports", [{"port": 80, "nodePort": 30000}])]), ("service", [("spec.externalTrafficPolicy", "Local")]), ("service", [("spec.type", "NodePort"), ("spec.externalTrafficPolicy", "X"), ("spec.internalTrafficPolicy", "Y")]),
    ("service", [("spec.loadBalancerSourceRanges", ["10.0.0.0"])]), ("service", [("spec.loadBalancerClass", "a.b/c"), ("spec.allocateLoadBalancerNodePorts", True)]), ("service", [("spec.selector", {"a b": "c d"})]), ("service", [("spec.ports", [{"port": 80, "targetPort": 0, "appProtocol": "a b"}])]), ("service", [("spec.ports", [{"port": 80, "targetPort": "A"}])]),
    ("service", [("spec.externalIPs", ["127.0.0.1", "x", "1.2.3.4"])]), ("service", [("spec.ipFamilyPolicy", "X")]), ("service", [("spec.sessionAffinity", "ClientIP"), ("spec.sessionAffinityConfig", {"clientIP": {"timeoutSeconds": 0}})]), ("service", [("spec.trafficDistribution", "X"), ("spec.healthCheckNodePort", 5)]), ("service", [("metadata.name", "A")]),
    ("endpoints", [("subsets", [{"ports": [{"port": 80}]}])]), ("endpoints", [("subsets[0].addresses[0].ip", "127.0.0.1")]), ("endpoints", [("subsets[0].ports", [{"port": 0}, {"port": 1, "protocol": "X"}])]),
    ("configmap", [("data", {"a b": "c", "..": "d"})]), ("configmap", [("binaryData", {"k": "dg=="})]), ("configmap", [("data", {"k": "x" * 1048577})]), ("configmap", [("binaryData", {"a b": "dg=="})]),
    ("secret", [("data", {"a b": "dg=="})]), ("secret", [("type", "kubernetes.io/tls")]), ("secret", [("type", "kubernetes.io/dockerconfigjson")]), ("secret", [("type", "kubernetes.io/basic-auth")]), ("secret", [("type", "kubernetes.io/ssh-auth")]), ("secret", [("type", "kubernetes.io/service-account-token")]),
    ("secret", [("stringData", {"a b": "c"})]), ("namespace", [("metadata.name", "A.b")]), ("namespace", [("metadata.namespace", "x")]), ("node", [("spec", {"taints": [{"key": "a", "effect": "X"}, {"key": "b c", "value": "d e", "effect": "NoSchedule"}]})]), ("node", [("spec", {"podCIDRs": ["x"], "podCIDR": "x"})]),
    ("event", [("involvedObject.namespace", "other")]), ("newevent", [("type", "X")]), ("newevent", [("reason", GONE), ("action", GONE), ("reportingController", GONE)]), ("newevent", [("eventTime", GONE)]), ("newevent", [("note", "x" * 1025)]), ("newevent", [("deprecatedCount", 3), ("series", {"count": 1})]),
    ("limitrange", [("spec.limits", [{"type": "X"}, {"type": "Pod", "default": {"cpu": "1"}}, {"type": "Pod"}])]), ("limitrange", [("spec.limits", [{"type": "Container", "min": {"cpu": "2"}, "max": {"cpu": "1"}, "default": {"cpu": "3"}, "defaultRequest": {"cpu": "4"}}])]),
    ("resourcequota", [("spec.hard", {"pods": "-1", "x": "1", "services": "1.5"})]), ("resourcequota", [("spec.scopes", ["X"])]),
    ("persistentvolume", [("spec.accessModes", [])]), ("persistentvolume", [("spec.capacity", {})]), ("persistentvolume", [("spec.hostPath", GONE)]), ("persistentvolume", [("spec.nfs", {"server": "s", "path": "/x"})]), ("persistentvolume", [("spec.accessModes", ["X"]), ("spec.persistentVolumeReclaimPolicy", "Y"), ("spec.volumeMode", "Z")]),
    ("persistentvolume", [("spec.hostPath", GONE), ("spec.local", {"path": "/x"})]), ("persistentvolume", [("spec.capacity", {"storage": "-1"})]), ("persistentvolumeclaim", [("spec.accessModes", [])]), ("persistentvolumeclaim", [("spec.resources", {})]), ("persistentvolumeclaim", [("spec.accessModes", ["X", "ReadWriteOncePod"])]),
    ("persistentvolumeclaim", [("spec.resources.requests.storage", "0")]), ("persistentvolumeclaim", [("spec.volumeMode", "X"), ("spec.storageClassName", "A_")]), ("persistentvolumeclaim", [("spec.dataSource", {"kind": "X", "name": ""})]),
    ("storageclass", [("provisioner", "")]), ("storageclass", [("reclaimPolicy", "X"), ("volumeBindingMode", "Y")]), ("storageclass", [("provisioner", "a b")]), ("volumeattachment", [("spec", {"attacher": "", "nodeName": "n", "source": {}})]), ("csidriver", [("spec", {"fsGroupPolicy": "X", "volumeLifecycleModes": ["Y"]})]),
    ("hpa", [("spec.maxReplicas", 0)]), ("hpa", [("spec.minReplicas", 5)]), ("hpa", [("spec.minReplicas", 0)]), ("hpa", [("spec.scaleTargetRef", {})]), ("hpa", [("spec.metrics", [{"type": "X"}])]), ("hpa", [("spec.metrics", [{"type": "Resource"}])]),
    ("hpa", [("spec.metrics", [{"type": "Resource", "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 0}}, "pods": {"metric": {"name": "x"}, "target": {"type": "AverageValue", "averageValue": "1"}}}])]), ("hpa", [("spec.metrics", [{"type": "Resource", "resource": {"name": "", "target": {"type": "X"}}}])]),
    ("hpa", [("spec.behavior", {"scaleUp": {"stabilizationWindowSeconds": 4000, "selectPolicy": "X", "policies": [{"type": "Y", "value": 0, "periodSeconds": 2000}]}})]), ("hpa", [("spec.behavior", {"scaleDown": {"policies": [], "stabilizationWindowSeconds": -1}})]), ("hpav1", [("spec.targetCPUUtilizationPercentage", 0), ("spec.maxReplicas", 0)]),
    ("hpa", [("spec.metrics", [{"type": "External", "external": {"metric": {"name": ""}, "target": {"type": "Value"}}}, {"type": "Object", "object": {"describedObject": {"kind": "A", "name": "b"}, "metric": {"name": "m"}, "target": {"type": "Value", "value": "-1"}}}, {"type": "Pods", "pods": {"metric": {"name": "m"}, "target": {"type": "AverageValue"}}}])]),
    ("pdb", [("spec.maxUnavailable", 1)]), ("pdb", [("spec.minAvailable", -1)]), ("pdb", [("spec.minAvailable", "x")]), ("pdb", [("spec.minAvailable", "120%")]), ("pdb", [("spec.unhealthyPodEvictionPolicy", "X")]), ("pdb", [("spec.selector", {"matchLabels": {"a b": "c"}})]),
    ("ingress", [("spec", {})]), ("ingress", [("spec.rules[0].host", "1.2.3.4")]), ("ingress", [("spec.rules[0].host", "A_b")]), ("ingress", [("spec.rules[0].host", "*.A")]), ("ingress", [("spec.rules[0].http.paths", [])]), ("ingress", [("spec.rules[0].http.paths[0].pathType", "X")]), ("ingress", [("spec.rules[0].http.paths[0].pathType", GONE)]),
    ("ingress", [("spec.rules[0].http.paths[0].path", "a")]), ("ingress", [("spec.rules[0].http.paths[0].path", "/a//b/..")]), ("ingress", [("spec.rules[0].http.paths[0].backend", {})]), ("ingress", [("spec.rules[0].http.paths[0].backend.service", {"name": "A", "port": {}})]), ("ingress", [("spec.rules[0].http.paths[0].backend.service.port", {"name": "x", "number": 5})]),
    ("ingress", [("spec.defaultBackend", {"service": {"name": "", "port": {"number": 70000}}})]), ("ingress", [("spec.tls", [{"hosts": ["A_"], "secretName": "S_"}]), ("spec.ingressClassName", "I_")]), ("ingress", [("spec.ingressClassName", "x"), ("metadata.annotations", {"kubernetes.io/ingress.class": "y"})]),
    ("ingressclass", [("spec.controller", "")]), ("ingressclass", [("spec.controller", "x")]), ("ingressclass", [("spec.parameters", {"kind": "", "name": "", "scope": "X"})]), ("ingressclass", [("spec.parameters", {"kind": "K", "name": "n", "scope": "Namespace"})]), ("ingressclass", [("spec.parameters", {"kind": "K", "name": "n", "namespace": "x"})]),
    ("networkpolicy", [("spec.ingress", [{"from": [{}]}])]), ("networkpolicy", [("spec.ingress", [{"ports": [{"port": 0}, {"port": "A"}, {"port": 80, "endPort": 70}, {"endPort": 5}, {"protocol": "X"}]}])]), ("networkpolicy", [("spec.egress", [{"to": [{"ipBlock": {"cidr": "x"}}, {"ipBlock": {"cidr": "10.0.0.0/8"}, "podSelector": {}}]}])]),
    ("networkpolicy", [("spec.policyTypes", ["X"])]), ("networkpolicy", [("spec.podSelector", {"matchLabels": {"a b": "c"}})]), ("endpointslice", [("addressType", "")]), ("endpointslice", [("addressType", "X")]), ("endpointslice", [("endpoints", [{"addresses": []}, {"addresses": ["::1"]}, {"addresses": ["x"]}, {"addresses": ["127.0.0.1"]}])]),
    ("endpointslice", [("ports", [{"name": "A"}, {"name": "b", "port": 1}, {"name": "b", "protocol": "X"}])]), ("endpointslice", [("addressType", "IPv6")]), ("lease", [("spec", {"leaseDurationSeconds": 0, "leaseTransitions": -1})]),
    ("role", [("rules", [{"apiGroups": [""], "resources": ["pods"], "verbs": []}])]), ("role", [("rules", [{"verbs": ["get"]}])]), ("role", [("rules", [{"nonResourceURLs": ["/x"], "verbs": ["get"]}])]), ("role", [("metadata.name", "a%b")]), ("clusterrole", [("rules", [{"nonResourceURLs": ["/x"], "apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}])]),
    ("clusterrole", [("aggregationRule", {})]), ("rolebinding", [("roleRef", {"kind": "X", "name": "", "apiGroup": "y"})]), ("rolebinding", [("subjects", [{"kind": "X", "name": "n"}, {"kind": "User", "name": ""}, {"kind": "ServiceAccount", "name": "s", "apiGroup": "x"}, {"kind": "Group", "name": "g", "apiGroup": "x"}])]),
    ("clusterrolebinding", [("roleRef.kind", "Role")]), ("clusterrolebinding", [("subjects", [{"kind": "ServiceAccount", "name": "s"}])]), ("priorityclass", [("value", 2000000000)]), ("priorityclass", [("metadata.name", "system-x")]), ("priorityclass", [("preemptionPolicy", "X")]), ("runtimeclass", [("handler", "")]), ("runtimeclass", [("handler", "H_")]),
    ("validatingwebhook", [("webhooks[0].name", "x")]), ("validatingwebhook", [("webhooks[0].sideEffects", GONE)]), ("validatingwebhook", [("webhooks[0].sideEffects", "Some"), ("webhooks[0].failurePolicy", "X"), ("webhooks[0].matchPolicy", "Y"), ("webhooks[0].timeoutSeconds", 50)]), ("validatingwebhook", [("webhooks[0].clientConfig", {})]),
    ("validatingwebhook", [("webhooks[0].clientConfig", {"url": "http://x"})]), ("validatingwebhook", [("webhooks[0].clientConfig", {"service": {"name": "", "namespace": "n", "port": 0}})]), ("validatingwebhook", [("webhooks[0].admissionReviewVersions", [])]), ("validatingwebhook", [("webhooks[0].admissionReviewVersions", ["v9"])]),
    ("validatingwebhook", [("webhooks[0].rules", [{"operations": ["*", "CREATE"], "apiGroups": ["*", "a"], "apiVersions": [], "resources": ["*", "pods"]}, {"operations": ["X"], "apiGroups": [""], "apiVersions": ["v1"], "resources": [], "scope": "Y"}])]), ("mutatingwebhook", [("webhooks[0].reinvocationPolicy", "X")]),
    ("mutatingwebhook", [("webhooks[1]", {"name": "h.rec.dev", "clientConfig": {"url": "https://x"}, "sideEffects": "None", "admissionReviewVersions": ["v1"]})]), ("validatingpolicy", [("spec.validations", [])]), ("validatingpolicy", [("spec.matchConstraints", GONE)]), ("validatingpolicy", [("spec.failurePolicy", "X")]),
    ("validatingbinding", [("spec.validationActions", [])]), ("validatingbinding", [("spec.validationActions", ["Deny", "Warn", "Deny", "X"])]), ("validatingbinding", [("spec.policyName", "")]), ("mutatingbinding", [("spec.policyName", "")]),
    ("apiservice", [("metadata.name", "x")]), ("apiservice", [("metadata.name", "v1.rec2.dev"), ("spec.group", "rec2.dev"), ("spec.groupPriorityMinimum", 0), ("spec.versionPriority", 2000)]), ("controllerrevision", [("data", GONE)]), ("controllerrevision", [("revision", -1)]),
]
UPDATES = [
    ("pod", [(C + ".image", "j")]), ("pod", [(C + ".command", ["x"])]), ("pod", [("spec.containers[1]", {"name": "d", "image": "i"})]), ("pod", [("spec.nodeName", "n")]), ("pod", [("metadata.labels", {"a": "b c"})]), ("pod", [("spec.tolerations", [])]), ("pod", [("spec.activeDeadlineSeconds", 5)]), ("pod", [(C + ".image", "")]),
    ("pod", [("metadata.uid", "x")]), ("pod", [("spec.terminationGracePeriodSeconds", 1)]), ("pod", [("spec.schedulingGates", [{"name": "g"}])]), ("pod", [(RESOURCES, {"limits": {"cpu": "1"}})]),
    ("deployment", [("spec.selector.matchLabels", {"app": "b"}), ("spec.template.metadata.labels", {"app": "b"})]), ("deployment", [("spec.replicas", -2)]), ("replicaset", [("spec.selector.matchLabels", {"app": "b"}), ("spec.template.metadata.labels", {"app": "b"})]), ("statefulset", [("spec.serviceName", "b")]), ("statefulset", [("spec.podManagementPolicy", "Parallel")]), ("statefulset", [("spec.replicas", 5)]),
    ("daemonset", [("spec.selector.matchLabels", {"app": "b"}), ("spec.template.metadata.labels", {"app": "b"})]), ("job", [(T + ".containers[0].image", "j")]), ("job", [("spec.completions", 5)]), ("job", [("spec.parallelism", 5)]), ("job", [("spec.completionMode", "Indexed")]), ("cronjob", [("spec.schedule", "x")]),
    ("service", [("spec.clusterIP", "10.0.0.99"), ("spec.clusterIPs", ["10.0.0.99"])]), ("service", [("spec.clusterIP", "")]), ("service", [("spec.ports", [{"port": 81}])]), ("secret", [("type", "x")]), ("configmap", [("data", {"k2": "v"})]), ("persistentvolumeclaim", [("spec.accessModes", ["ReadWriteMany"])]), ("persistentvolumeclaim", [("spec.resources.requests.storage", "2Gi")]),
    ("persistentvolume", [("spec.hostPath.path", "/y")]), ("storageclass", [("provisioner", "rec.dev/q")]), ("storageclass", [("parameters", {"a": "b"})]), ("storageclass", [("volumeBindingMode", "WaitForFirstConsumer")]), ("priorityclass", [("value", 6)]), ("rolebinding", [("roleRef.name", "r2")]), ("clusterrolebinding", [("roleRef.name", "r2")]), ("endpointslice", [("addressType", "FQDN")]),
    ("ingressclass", [("spec.controller", "rec.dev/d")]), ("controllerrevision", [("data", {"a": "b"})]), ("controllerrevision", [("revision", 2)]), ("newevent", [("reason", "S")]), ("volumeattachment", [("spec.nodeName", "m")]), ("csidriver", [("spec.attachRequired", False)]), ("runtimeclass", [("handler", "g")]), ("podtemplate", [("template.spec.containers[0].image", "j")]),
]
# Objects whose defaults are worth a look beside those of the bases.
GOOD = [
    ("pod", [("spec.serviceAccountName", "x"), (C + ".livenessProbe", HTTP), (C + ".ports", [{"containerPort": 80}]), (C + ".resources", {"limits": {"cpu": "1000m", "memory": "1024Mi"}}), ("spec.volumes", [{"name": "a"}, {"name": "b", "configMap": {"name": "c"}}, {"name": "s", "secret": {"secretName": "s"}}, {"name": "h", "hostPath": {"path": "/x"}}, {"name": "p", "projected": {"sources": [{"serviceAccountToken": {"path": "t"}}, {"downwardAPI": {"items": [{"path": "n", "fieldRef": {"fieldPath": "metadata.name"}}]}}]}}])]),
    ("pod", [("spec.hostNetwork", True), (C + ".ports", [{"containerPort": 80}]), (C + ".image", "x:1"), (C + ".env", [{"name": "A", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}]), (C + ".lifecycle", {"preStop": {"httpGet": {"port": 80}}})]),
    ("pod", [(C + ".resources", {"limits": {"cpu": "0.5", "memory": "0.5Gi"}, "requests": {"cpu": "500m", "memory": "512Mi"}}), ("spec.restartPolicy", "Never"), ("spec.terminationGracePeriodSeconds", 0)]),
    ("deployment", [("spec.strategy", {"type": "Recreate"}), ("spec.replicas", 0), ("spec.paused", False)]), ("statefulset", [("spec.volumeClaimTemplates", [{"metadata": {"name": "v"}, "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1024Mi"}}}}])]), ("daemonset", [("spec.updateStrategy", {"type": "OnDelete"})]),
    ("service", [("spec.type", "NodePort")]), ("service", [("spec.type", "LoadBalancer")]), ("service", [("spec.type", "ExternalName"), ("spec.externalName", "a.b"), ("spec.ports", GONE), ("spec.selector", GONE)]), ("service", [("spec.clusterIP", "None"), ("spec.sessionAffinity", "ClientIP")]), ("hpa", [("spec.behavior", {"scaleUp": {"stabilizationWindowSeconds": 5}})]),
    ("networkpolicy", [("spec.egress", [{"ports": [{"port": 80}], "to": []}])]), ("ingressclass", [("spec.parameters", {"kind": "K", "name": "n"})]), ("secret", [("stringData", {"x": "y"})]), ("configmap", [("data", {}), ("immutable", False)]), ("limitrange", [("spec.limits", [{"type": "Container", "max": {"cpu": "1000m"}, "min": {"cpu": "0.1"}}])]),
    ("rolebinding", [("roleRef", {"kind": "Role", "name": "r"}), ("subjects", [{"kind": "ServiceAccount", "name": "s", "namespace": "default"}, {"kind": "Group", "name": "g"}])]), ("job", [("spec.parallelism", 2), ("metadata.labels", {"a": "b"})]), ("resourcequota", [("spec.hard", {"cpu": "1.5", "memory": "0.5Gi"})]),
]
SYSTEM = ("uid", "creationTimestamp", "resourceVersion", "managedFields", "generation", "namespace", "selfLink")


def changed(kind: str, changes: list) -> dict:
    found = BASES[kind][1]
    for path, value in changes:
        found = put(found, path, value)
    return found


def verdict(answer: tuple[int, object]) -> dict:
    code, body = answer
    if code < 300:
        return {"code": code}
    return {"code": code, "reason": body.get("reason"), "message": body["message"], "causes": body.get("details", {}).get("causes", [])}


def fresh(api: RealApi, kind: str) -> dict | None:
    """The base object, newly made."""
    path, wanted = BASES[kind]
    name = wanted["metadata"]["name"]
    api.call("DELETE", f"{path}/{name}", {"gracePeriodSeconds": 0, "propagationPolicy": "Background"})
    code, body = api.call("POST", path, wanted)
    return body if code == 201 else None


def main() -> None:
    api = RealApi(sys.argv[1])
    wrong = []
    for kind, changes in CREATES:
        sent = changed(kind, changes)
        answer = api.call("POST", BASES[kind][0], sent, dryRun="All", fieldValidation="Ignore")
        if len(str(sent)) > 100_000:
            sent = {"of": kind, "too large": len(str(sent))}
        wrong.append({"kind": kind, "object": sent, "want": verdict(answer)})
    for kind, changes in UPDATES:
        live = fresh(api, kind)
        if live is None:
            print("not made:", kind)
            continue
        sent = live
        for path, value in changes:
            sent = put(sent, path, value)
        path = f"{BASES[kind][0]}/{live['metadata']['name']}"
        wrong.append({"kind": kind, "old": live, "object": sent, "want": verdict(api.call("PUT", path, sent, dryRun="All", fieldValidation="Ignore"))})
    write_json(OUT / "wrong.json", wrong)
    good = []
    for kind, changes in [(kind, []) for kind in BASES] + GOOD:
        sent = changed(kind, changes)
        sent["metadata"] = {**sent["metadata"], "name": sent["metadata"]["name"] if kind == "apiservice" else "fresh"}
        code, body = api.call("POST", BASES[kind][0], sent, dryRun="All")
        if code == 201:
            good.append({"kind": kind, "sent": sent, "became": body})
        else:
            print("not good:", kind, body["message"])
    write_json(OUT / "good.json", good)


if __name__ == "__main__":
    main()
