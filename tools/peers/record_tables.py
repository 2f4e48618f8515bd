#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Records the tables of a real kube-apiserver: record_tables.py KUBECONFIG writes mizzen/apiserver/table/testdata/.

columns.json: the columns of every kind. rows.json: objects, the time, and the cells. custom.json: the same with additionalPrinterColumns.
The server must run without controllers and without admission plugins that change objects. Texts "@2d3h" become the time that long ago.
"""
import base64
import copy
import datetime
import json
import pathlib
import re
import subprocess
import sys
import time

from base_objects import BASES, of
from real_api import RealApi, write_json

OUT = pathlib.Path(__file__).resolve().parents[2] / "mizzen/apiserver/table/testdata"
TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io"
CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
UNITS = {"d": 86400, "h": 3600, "m": 60, "s": 1}


def running(name: str = "c", restarts: int = 0, ready: bool = True, **more: object) -> dict:
    return {"name": name, "image": "i", "imageID": "", "ready": ready, "restartCount": restarts, "state": {"running": {"startedAt": "@1h"}}, **more}


def waiting(reason: str, name: str = "c", restarts: int = 0) -> dict:
    return {"name": name, "image": "i", "imageID": "", "ready": False, "restartCount": restarts, "state": {"waiting": {"reason": reason}}}


def ended(code: int, reason: str = "", signal: int = 0, name: str = "c", restarts: int = 0, **more: object) -> dict:
    state = {"exitCode": code, "finishedAt": "@10m", **({"reason": reason} if reason else {}), **({"signal": signal} if signal else {})}
    return {"name": name, "image": "i", "imageID": "", "ready": False, "restartCount": restarts, "state": {"terminated": state}, **more}


def before(ago: str) -> dict:
    return {"lastState": {"terminated": {"exitCode": 1, "finishedAt": "@" + ago}}}


TWO = {"containers": [{"name": "c", "image": "i"}, {"name": "d", "image": "reg.dev/j:2"}]}
INIT = {"containers": [{"name": "c", "image": "i"}], "initContainers": [{"name": "p", "image": "i"}, {"name": "q", "image": "i"}]}
SIDECAR = {"containers": [{"name": "c", "image": "i"}], "initContainers": [{"name": "s", "image": "i", "restartPolicy": "Always"}, {"name": "q", "image": "i"}]}
READY = [{"type": "Ready", "status": "True"}]
WIDE = {"spec": {"selector": {"matchLabels": {"app": "a"}, "matchExpressions": [{"key": "tier", "operator": "In", "values": ["y", "x"]}, {"key": "app-kind", "operator": "Exists"},
                                                                            {"key": "old", "operator": "DoesNotExist"}, {"key": "zone", "operator": "NotIn", "values": ["b", "a"]}]},
                 "template": {"metadata": {"labels": {"app": "a", "tier": "x", "app-kind": "k"}}, "spec": TWO}}}
CLUSTER_IP = {"spec": {"ports": [{"name": "a", "port": 80}, {"name": "b", "port": 53, "protocol": "UDP"}], "selector": {"app": "a", "app-kind": "b"}}}
NODE_INFO = {"architecture": "arm64", "kubeletVersion": "v1.37.2", "osImage": "Debian 12", "kernelVersion": "6.1", "containerRuntimeVersion": "containerd://2.0", "bootID": "", "machineID": "",
             "systemUUID": "", "kubeProxyVersion": "", "operatingSystem": "linux"}
INGRESS_RULE = BASES["ingress"][1]["spec"]["rules"][0]
OWNER = {"apiVersion": "apps/v1", "kind": "StatefulSet", "name": "web", "uid": "u", "controller": True}


def rules(*hosts: str) -> list:
    return [{**INGRESS_RULE, "host": host} if host else {"http": INGRESS_RULE["http"]} for host in hosts]


def metric(kind: str, **inner: object) -> dict:
    return {"type": kind, kind[0].lower() + kind[1:]: inner}


CPU = metric("Resource", name="cpu", target={"type": "Utilization", "averageUtilization": 80})
CPU_NOW = metric("Resource", name="cpu", current={"averageUtilization": 35, "averageValue": "350m"})
MEMORY = metric("Resource", name="memory", target={"type": "AverageValue", "averageValue": "1024Mi"})
MEMORY_NOW = metric("Resource", name="memory", current={"averageValue": "512Mi"})
PODS = metric("Pods", metric={"name": "hits"}, target={"type": "AverageValue", "averageValue": "1k"})
PODS_NOW = metric("Pods", metric={"name": "hits"}, current={"averageValue": "1500m"})
THING = {"kind": "Ingress", "name": "g", "apiVersion": "networking.k8s.io/v1"}
OBJECT = metric("Object", metric={"name": "hits"}, describedObject=THING, target={"type": "Value", "value": "2k"})
OBJECT_NOW = metric("Object", metric={"name": "hits"}, describedObject=THING, current={"value": "30"})
OBJECT_MEAN = metric("Object", metric={"name": "hits"}, describedObject=THING, target={"type": "AverageValue", "averageValue": "2k"})
EXTERNAL = metric("External", metric={"name": "queue"}, target={"type": "AverageValue", "averageValue": "30"})
EXTERNAL_NOW = metric("External", metric={"name": "queue"}, current={"averageValue": "12", "value": "24"})
EXTERNAL_SUM = metric("External", metric={"name": "queue"}, target={"type": "Value", "value": "30"})
CONTAINER = metric("ContainerResource", name="cpu", container="c", target={"type": "Utilization", "averageUtilization": 60})
CONTAINER_NOW = metric("ContainerResource", name="cpu", container="c", current={"averageUtilization": 10, "averageValue": "1"})

# What it is, the base object, what is merged into it, what is merged into its status.
ROWS = [
    ("pod", {}, {}),
    ("pod", {}, {"phase": "Running", "containerStatuses": [running()], "conditions": READY, "podIPs": [{"ip": "10.1.2.3"}, {"ip": "fd00::3"}], "podIP": "10.1.2.3"}),
    ("pod", {"spec": {"nodeName": "n1", **TWO}}, {"phase": "Running", "containerStatuses": [running(restarts=2, **before("5m")), running("d", 1, **before("3h30m"))], "conditions": READY}),
    ("pod", {"spec": TWO}, {"phase": "Running", "containerStatuses": [running(), running("d", ready=False)], "nominatedNodeName": "n2"}),
    ("pod", {"spec": TWO}, {"phase": "Running", "containerStatuses": [running(), ended(0, "Completed", name="d")], "conditions": READY}),
    ("pod", {"spec": TWO}, {"phase": "Running", "containerStatuses": [ended(0, "Completed"), running("d")], "conditions": READY}),
    ("pod", {"spec": TWO}, {"phase": "Running", "containerStatuses": [ended(0, "Completed"), running("d")]}),
    ("pod", {"spec": TWO}, {"phase": "Running", "containerStatuses": [ended(0, "Completed"), ended(2, "Error", name="d")]}),
    ("pod", {}, {"phase": "Running", "containerStatuses": [waiting("CrashLoopBackOff", restarts=7)]}),
    ("pod", {}, {"phase": "Pending", "containerStatuses": [waiting("ContainerCreating")]}),
    ("pod", {}, {"phase": "Pending", "conditions": [{"type": "PodScheduled", "status": "False", "reason": "SchedulingGated"}]}),
    ("pod", {}, {"phase": "Succeeded", "containerStatuses": [ended(0, "Completed")]}),
    ("pod", {}, {"phase": "Failed", "containerStatuses": [ended(3)]}),
    ("pod", {}, {"phase": "Failed", "containerStatuses": [ended(137, signal=9)]}),
    ("pod", {}, {"phase": "Failed", "reason": "Evicted"}),
    ("pod", {"spec": INIT}, {"phase": "Pending", "initContainerStatuses": [running("p", ready=False), waiting("PodInitializing", "q")], "containerStatuses": [waiting("PodInitializing")]}),
    ("pod", {"spec": INIT}, {"phase": "Pending", "initContainerStatuses": [ended(0, "Completed", name="p"), waiting("PodInitializing", "q")]}),
    ("pod", {"spec": INIT}, {"phase": "Pending", "initContainerStatuses": [waiting("ErrImagePull", "p"), waiting("PodInitializing", "q")]}),
    ("pod", {"spec": INIT}, {"phase": "Pending", "initContainerStatuses": [ended(1, "Error", name="p", restarts=3, **before("2m")), waiting("PodInitializing", "q")]}),
    ("pod", {"spec": INIT}, {"phase": "Pending", "initContainerStatuses": [ended(4, name="p"), waiting("PodInitializing", "q")]}),
    ("pod", {"spec": INIT}, {"phase": "Pending", "initContainerStatuses": [ended(4, signal=11, name="p")]}),
    ("pod", {"spec": INIT}, {"phase": "Running", "initContainerStatuses": [running("p", ready=False)], "containerStatuses": [running()], "conditions": [{"type": "Initialized", "status": "True"}]}),
    ("pod", {"spec": INIT}, {"phase": "Running", "initContainerStatuses": [ended(0, "Completed", name="p", restarts=4, **before("9m")), ended(0, "Completed", name="q")], "containerStatuses": [running(restarts=1)]}),
    ("pod", {"spec": SIDECAR}, {"phase": "Pending", "initContainerStatuses": [running("s", 2, started=True, **before("20m")), waiting("PodInitializing", "q")]}),
    ("pod", {"spec": SIDECAR}, {"phase": "Running", "initContainerStatuses": [running("s", 2, started=True, **before("20m")), ended(0, "Completed", name="q")], "containerStatuses": [running()], "conditions": READY}),
    ("pod", {"spec": {"readinessGates": [{"conditionType": "a.dev/x"}, {"conditionType": "a.dev/y"}]}}, {"phase": "Running", "conditions": [{"type": "a.dev/x", "status": "True"}, {"type": "a.dev/y", "status": "False"}]}),
    ("pod gone", {}, {"phase": "Running", "containerStatuses": [running()], "conditions": READY}),
    ("pod gone", {}, {"phase": "Running", "reason": "NodeLost", "containerStatuses": [running()]}),
    ("pod gone", {}, {"phase": "Succeeded", "containerStatuses": [ended(0, "Completed")]}),
    ("podtemplate", {}, None),
    ("podtemplate", {"template": {"metadata": {"labels": {}}, "spec": TWO}}, None),
    ("replicationcontroller", {"spec": {"replicas": 3}}, {"replicas": 2, "readyReplicas": 1}),
    ("deployment", {}, {}),
    ("deployment", {"spec": {"replicas": 3, **WIDE["spec"]}}, {"replicas": 4, "updatedReplicas": 2, "readyReplicas": 3, "availableReplicas": 1}),
    ("deployment", {"spec": {"replicas": 0}}, {}),
    ("replicaset", {"spec": {"replicas": 3, **WIDE["spec"]}}, {"replicas": 2, "readyReplicas": 1}),
    ("statefulset", {"spec": {"replicas": 2}}, {"replicas": 2, "readyReplicas": 1}),
    ("daemonset", {}, {"desiredNumberScheduled": 5, "currentNumberScheduled": 4, "numberReady": 3, "updatedNumberScheduled": 2, "numberAvailable": 1, "numberMisscheduled": 0}),
    ("daemonset", {"spec": {"template": {"spec": {"nodeSelector": {"disk": "ssd", "arch": "x"}}}}}, {}),
    ("controllerrevision", {"revision": 7}, None),
    ("controllerrevision", {"metadata": {"ownerReferences": [OWNER]}}, None),
    ("controllerrevision", {"metadata": {"ownerReferences": [{**OWNER, "apiVersion": "v1", "kind": "Pod"}]}}, None),
    ("job", {}, {}),
    ("job", {"spec": {"completions": 5, "parallelism": 2}}, {"succeeded": 3, "active": 2, "startTime": "@8m15s"}),
    ("job", {"spec": {"parallelism": 3}}, {"succeeded": 1, "startTime": "@2h"}),
    ("job", {}, {"succeeded": 1, "startTime": "@2h", "completionTime": "@90m", "conditions": [{"type": "SuccessCriteriaMet", "status": "True"}, {"type": "Complete", "status": "True"}]}),
    ("job", {}, {"failed": 1, "startTime": "@2h", "conditions": [{"type": "FailureTarget", "status": "True"}, {"type": "Failed", "status": "True"}]}),
    ("job", {"spec": {"suspend": True}}, {"conditions": [{"type": "Suspended", "status": "True"}]}),
    ("job", {}, {"startTime": "@1m", "conditions": [{"type": "FailureTarget", "status": "True"}]}),
    ("job", {}, {"startTime": "@1m", "conditions": [{"type": "SuccessCriteriaMet", "status": "True"}]}),
    ("job", {}, {"startTime": "@1m", "conditions": [{"type": "Complete", "status": "False"}]}),
    ("job gone", {}, {"startTime": "@3d5h"}),
    ("cronjob", {}, {}),
    ("cronjob", {"spec": {"suspend": True, "timeZone": "Europe/Berlin"}}, {"lastScheduleTime": "@45s", "active": [{"kind": "Job", "name": "x"}]}),
    ("hpa", {}, {}),
    ("hpa", {"spec": {"metrics": [CPU]}}, {"currentReplicas": 2, "desiredReplicas": 2}),
    ("hpa", {"spec": {"metrics": [CPU, MEMORY]}}, {"currentMetrics": [CPU_NOW, MEMORY_NOW], "currentReplicas": 2, "desiredReplicas": 2}),
    ("hpa", {"spec": {"metrics": [PODS, OBJECT, EXTERNAL]}}, {"currentMetrics": [PODS_NOW, OBJECT_NOW, EXTERNAL_NOW], "desiredReplicas": 2}),
    ("hpa", {"spec": {"metrics": [EXTERNAL, EXTERNAL_SUM]}}, {"currentMetrics": [EXTERNAL_NOW, EXTERNAL_NOW], "desiredReplicas": 2}),
    ("hpa", {"spec": {"metrics": [OBJECT_MEAN, CONTAINER]}}, {"currentMetrics": [OBJECT_NOW, CONTAINER_NOW], "desiredReplicas": 2}),
    ("hpa", {"spec": {"metrics": [EXTERNAL_SUM, CONTAINER]}}, {}),
    ("hpav1", {"spec": {"targetCPUUtilizationPercentage": 70, "minReplicas": 2}}, {"currentCPUUtilizationPercentage": 12, "currentReplicas": 1, "desiredReplicas": 1}),
    ("hpav1", {"spec": {"targetCPUUtilizationPercentage": 70}}, {}),
    ("pdb", {}, {"disruptionsAllowed": 2, "currentHealthy": 3, "desiredHealthy": 1, "expectedPods": 3}),
    ("pdb", {"spec": {"minAvailable": None, "maxUnavailable": "25%"}}, {}),
    ("service", {}, None),
    ("service", CLUSTER_IP, None),
    ("service", {"spec": {"clusterIP": "None", "ports": None, "selector": None}}, None),
    ("service", {"spec": {"type": "NodePort", "externalIPs": ["192.0.2.7", "192.0.2.8"]}}, None),
    ("service", {"spec": {"type": "LoadBalancer"}}, None),
    ("service", {"spec": {"type": "LoadBalancer", "externalIPs": ["192.0.2.7"]}}, {"loadBalancer": {"ingress": [{"ip": "198.51.100.9"}, {"hostname": "a-long-name.lb.example.org"}, {"ip": "198.51.100.1"}]}}),
    ("service", {"spec": {"type": "LoadBalancer"}}, {"loadBalancer": {"ingress": [{"hostname": "lb.example.org"}]}}),
    ("service", {"spec": {"type": "ExternalName", "externalName": "db.example.org", "ports": None}}, None),
    ("endpoints", {}, None),
    ("endpoints", {"subsets": [{"addresses": [{"ip": "10.1.2.3"}, {"ip": "10.1.2.4"}], "ports": [{"name": "a", "port": 80}, {"name": "b", "port": 81}]}]}, None),
    ("endpoints", {"subsets": [{"addresses": [{"ip": "fd00::1"}], "ports": [{"port": 80}]}, {"addresses": [{"ip": "10.1.2.3"}]}]}, None),
    ("endpoints", {"subsets": [{"notReadyAddresses": [{"ip": "10.1.2.3"}], "ports": [{"port": 80}]}]}, None),
    ("endpoints", {"subsets": None}, None),
    ("endpointslice", {}, None),
    ("endpointslice", {"endpoints": [{"addresses": ["10.1.2.3"]}, {"addresses": ["10.1.2.4"]}, {"addresses": ["10.1.2.5"]}, {"addresses": ["10.1.2.6"]}, {"addresses": ["10.1.2.7"]}],
                       "ports": [{"name": "a", "port": 80}, {"name": "b"}, {"name": "c", "port": 82}, {"name": "d", "port": 83}]}, None),
    ("endpointslice", {"endpoints": [], "ports": []}, None),
    ("endpointslice", {"addressType": "FQDN", "endpoints": [{"addresses": ["a.example.org"]}], "ports": [{}]}, None),
    ("ingress", {}, {}),
    ("ingress", {"spec": {"ingressClassName": "nginx", "tls": [{"hosts": ["a.b"]}], "rules": rules("a.b", "c.d", "e.f", "g.h", "i.j")}}, {"loadBalancer": {"ingress": [{"ip": "198.51.100.9"}, {"hostname": "x.example.org"}]}}),
    ("ingress", {"spec": {"rules": rules("a.b", "", "c.d", "e.f")}}, {}),
    ("ingress", {"spec": {"rules": rules("")}}, {}),
    ("ingressclass", {}, None),
    ("ingressclass", {"metadata": {"annotations": {"ingressclass.kubernetes.io/is-default-class": "true"}}, "spec": {"parameters": {"apiGroup": "a.dev", "kind": "Params", "name": "p"}}}, None),
    ("ingressclass", {"spec": {"parameters": {"kind": "ConfigMap", "name": "p"}}}, None),
    ("networkpolicy", {}, None),
    ("networkpolicy", {"spec": {"podSelector": WIDE["spec"]["selector"]}}, None),
    ("configmap", {}, None),
    ("configmap", {"data": None, "binaryData": {"b": "AA=="}}, None),
    ("secret", {}, None),
    ("secret", {"type": "kubernetes.io/tls", "data": {"k": None, "tls.crt": "AA==", "tls.key": "AA=="}}, None),
    ("serviceaccount", {}, None),
    ("namespace there", {"metadata": {"name": "default"}}, None),
    ("node", {}, {}),
    ("node", {"spec": {"unschedulable": True}, "metadata": {"labels": {"node-role.kubernetes.io/worker": "", "node-role.kubernetes.io/control-plane": "", "kubernetes.io/role": "old"}}},
     {"conditions": READY, "nodeInfo": NODE_INFO, "addresses": [{"type": "InternalIP", "address": "10.0.0.1"}, {"type": "ExternalIP", "address": "192.0.2.1"}]}),
    ("node", {}, {"conditions": [{"type": "Ready", "status": "Unknown"}], "addresses": [{"type": "Hostname", "address": "n"}]}),
    ("resourcequota", {}, {}),
    ("resourcequota", {}, {"hard": {"pods": "10", "limits.cpu": "4", "requests.cpu": "2000m", "limits.memory": "1024Mi"}, "used": {"pods": "3", "limits.cpu": "500m"}}),
    ("limitrange", {}, None),
    ("event", {"firstTimestamp": "@2h5m", "lastTimestamp": "@3m", "count": 4, "source": {"component": "kubelet", "host": "n1"}, "message": " hello \n", "involvedObject": {"fieldPath": "spec.containers{c}"}}, None),
    ("event", {"firstTimestamp": "@10m", "involvedObject": {"name": None}, "reportingComponent": "r", "reportingInstance": "r-1"}, None),
    ("event", {}, None),
    ("newevent", {"note": "something", "eventTime": "@@3m"}, None),
    ("newevent", {"note": "again", "eventTime": "@@1h", "series": {"count": 9, "lastObservedTime": "@@30s"}}, None),
    ("lease", {}, None),
    ("lease", {"spec": {"holderIdentity": None}}, None),
    ("role", {}, None),
    ("clusterrole", {}, None),
    ("rolebinding", {}, None),
    ("rolebinding", {"subjects": [{"kind": "User", "name": "u"}, {"kind": "Group", "name": "g"}, {"kind": "Group", "name": "h"}, {"kind": "ServiceAccount", "name": "s", "namespace": "n"}]}, None),
    ("clusterrolebinding", {}, None),
    ("persistentvolume", {}, {"phase": "Available"}),
    ("persistentvolume", {"spec": {"accessModes": ["ReadWriteMany", "ReadOnlyMany", "ReadWriteOnce"], "storageClassName": "fast", "volumeMode": "Block", "persistentVolumeReclaimPolicy": "Delete",
                                   "claimRef": {"namespace": "shop", "name": "data"}, "capacity": {"storage": "2048Mi"}}}, {"phase": "Failed", "reason": "Stuck"}),
    ("persistentvolume gone", {"metadata": {"annotations": {"volume.beta.kubernetes.io/storage-class": "old"}}, "spec": {"accessModes": ["ReadWriteOncePod"]}}, {"phase": "Released"}),
    ("persistentvolumeclaim", {}, {"phase": "Pending"}),
    ("persistentvolumeclaim", {"spec": {"volumeName": "v1", "storageClassName": "fast"}}, {"phase": "Bound", "accessModes": ["ReadWriteOnce"], "capacity": {"storage": "1Gi"}}),
    ("persistentvolumeclaim", {"spec": {"volumeName": "v1"}}, {}),
    ("persistentvolumeclaim gone", {"metadata": {"annotations": {"volume.beta.kubernetes.io/storage-class": "old"}}}, {"phase": "Pending"}),
    ("storageclass", {}, None),
    ("storageclass list", {"metadata": {"annotations": {"storageclass.kubernetes.io/is-default-class": "true"}}, "reclaimPolicy": "Retain", "allowVolumeExpansion": True, "volumeBindingMode": "WaitForFirstConsumer"}, None),
    ("volumeattachment", {}, {"attached": True}),
    ("csidriver", {}, None),
    ("csidriver", {"spec": {"attachRequired": False, "podInfoOnMount": True, "storageCapacity": True, "tokenRequests": [{"audience": "x"}, {"audience": "y"}], "requiresRepublish": True, "volumeLifecycleModes": ["Persistent", "Ephemeral"]}}, None),
    ("csinode", {"spec": {"drivers": [{"name": "d.dev", "nodeID": "n"}]}}, None),
    ("csistoragecapacity", {}, None),
    ("priorityclass", {}, None),
    ("priorityclass", {"value": -7, "globalDefault": True, "preemptionPolicy": "Never"}, None),
    ("runtimeclass", {}, None),
    ("validatingwebhook", {}, None),
    ("mutatingwebhook", {}, None),
    ("validatingpolicy", {}, None),
    ("validatingpolicy", {"spec": {"paramKind": {"apiVersion": "a.dev/v1", "kind": "Limit"}}}, None),
    ("validatingbinding", {}, None),
    ("validatingbinding", {"spec": {"paramRef": {"name": "x", "parameterNotFoundAction": "Deny"}}}, None),
    ("validatingbinding", {"spec": {"paramRef": {"name": "x", "namespace": "n", "parameterNotFoundAction": "Deny"}}}, None),
    ("validatingbinding", {"spec": {"paramRef": {"selector": {"matchLabels": {"a": "b"}}, "parameterNotFoundAction": "Deny"}}}, None),
    ("validatingbinding", {"spec": {"paramRef": {"selector": {"matchLabels": {"c": "d", "a": "b"}, "matchExpressions": [{"key": "x", "operator": "In", "values": ["y", "x"]}, {"key": "z", "operator": "Exists"}]},
                                                 "parameterNotFoundAction": "Deny"}}}, None),
    ("mutatingpolicy", {}, None),
    ("mutatingbinding", {}, None),
    ("apiservice", {}, None),
    ("apiservice", {}, {"conditions": [{"type": "Available", "status": "False", "reason": "Gone"}]}),
    ("flowschema", {"spec": {"matchingPrecedence": 300, "distinguisherMethod": {"type": "ByUser"}}}, {"conditions": [{"type": "Dangling", "status": "True"}]}),
    ("prioritylevel", {}, None),
    ("prioritylevel", {"spec": {"limited": {"nominalConcurrencyShares": 7, "limitResponse": {"type": "Queue", "queuing": {"queues": 16, "handSize": 4, "queueLengthLimit": 50}}}}}, None),
    ("signing", {}, None),
    ("signing", {"spec": {"expirationSeconds": 7200}}, None),
    ("migration", {}, None),
    ("definition", {}, None),
]

COLUMNS = [
    ("none", [], {"spec": {}}),
    ("of every type", [("Text", "string", ".spec.text"), ("Whole", "integer", ".spec.whole"), ("Part", "number", ".spec.part"), ("Flag", "boolean", ".spec.flag"), ("When", "date", ".spec.when")],
     {"spec": {"text": "x", "whole": 7, "part": 1.5, "flag": True, "when": "@3d2h"}}),
    ("of what is missing", [("Text", "string", ".spec.text"), ("Whole", "integer", ".spec.whole"), ("Part", "number", ".spec.part"), ("Flag", "boolean", ".spec.flag"), ("When", "date", ".spec.when")], {"spec": {}}),
    ("of other types", [("Text", "string", ".spec.a"), ("Whole", "integer", ".spec.a"), ("Part", "number", ".spec.a"), ("Flag", "boolean", ".spec.a"), ("When", "date", ".spec.a")], {"spec": {"a": 3}}),
    ("of other types, a part", [("Text", "string", ".spec.a"), ("Whole", "integer", ".spec.a"), ("Part", "number", ".spec.a"), ("Flag", "boolean", ".spec.a"), ("When", "date", ".spec.a")], {"spec": {"a": -2.75}}),
    ("of other types, a text", [("Text", "string", ".spec.a"), ("Whole", "integer", ".spec.a"), ("Part", "number", ".spec.a"), ("Flag", "boolean", ".spec.a"), ("When", "date", ".spec.a")], {"spec": {"a": "3"}}),
    ("of other types, a truth", [("Text", "string", ".spec.a"), ("Whole", "integer", ".spec.a"), ("Flag", "boolean", ".spec.a")], {"spec": {"a": False}}),
    ("of other types, null", [("Text", "string", ".spec.a"), ("Whole", "integer", ".spec.a"), ("When", "date", ".spec.a")], {"spec": {"a": None}}),
    ("of a list and an object", [("List", "string", ".spec.list"), ("Object", "string", ".spec.object"), ("Whole", "integer", ".spec.list")], {"spec": {"list": [1, "<a&b>", None], "object": {"b": 1, "a": [2.5, {}]}}}),
    ("of numbers as text", [("A", "string", ".spec.a"), ("B", "string", ".spec.b"), ("C", "string", ".spec.c"), ("D", "string", ".spec.d")], {"spec": {"a": 1234567.5, "b": 0.00001, "c": 123456.0, "d": 12345678}}),
    ("of times", [("A", "date", ".spec.a"), ("B", "date", ".spec.b"), ("C", "date", ".spec.c"), ("D", "date", ".metadata.creationTimestamp")], {"spec": {"a": "", "b": "yesterday", "c": "2020-01-01"}}),
    ("by index", [("First", "string", ".spec.list[0]"), ("Last", "string", ".spec.list[-1]"), ("Beyond", "string", ".spec.list[7]"), ("Of", "string", ".spec.list[1].name")], {"spec": {"list": ["a", {"name": "b"}, "c"]}}),
    ("by slice", [("A", "string", ".spec.list[1:3]"), ("B", "string", ".spec.list[:2]"), ("C", "string", ".spec.list[-2:]"), ("D", "string", ".spec.list[2:1]"), ("E", "string", ".spec.list[0:4:2]"), ("F", "string", ".spec.list[1:]")], {"spec": {"list": ["a", "b", "c", "d"]}}),
    ("of all items", [("All", "string", ".spec.list[*]"), ("Names", "string", ".spec.objects[*].name"), ("Star", "string", ".spec.list.*")], {"spec": {"list": ["a", "b"], "objects": [{"other": 1}, {"name": "n"}, {"name": "m"}]}}),
    ("by condition", [("Ready", "string", '.status.conditions[?(@.type=="Ready")].status'), ("Reason", "string", ".status.conditions[?(@.type=='Done')].reason"), ("None", "string", '.status.conditions[?(@.type=="Other")].status')],
     {"status": {"conditions": [{"type": "Done", "status": "False", "reason": "Busy"}, {"type": "Ready", "status": "True"}]}}),
    ("by comparison", [("Over", "string", ".spec.list[?(@.n>2)].name"), ("Under", "string", ".spec.list[?(@.n<=2)].name"), ("Not", "string", '.spec.list[?(@.name!="a")].n'), ("Has", "string", ".spec.list[?(@.extra)].name"), ("Mixed", "string", '.spec.list[?(@.n=="1")].name')],
     {"spec": {"list": [{"name": "a", "n": 1}, {"name": "b", "n": 3, "extra": True}]}}),
    ("by quoted name", [("A", "string", ".metadata.annotations['rec\\.dev/owner']"), ("B", "string", ".metadata.annotations.rec\\.dev/owner"), ("C", "string", ".metadata['name']"), ("D", "string", ".spec['a']")], {"metadata": {"annotations": {"rec.dev/owner": "me"}}, "spec": {"a": "x"}}),
    ("by a choice", [("A", "string", ".spec['b','a']"), ("B", "string", ".spec.list[2,0]")], {"spec": {"a": "x", "b": "y", "list": [1, 2, 3]}}),
    ("anywhere below", [("A", "string", ".spec..name"), ("B", "integer", ".spec..n")], {"spec": {"list": [{"name": "a", "deep": {"n": 4}}]}}),
    ("a filter on an object", [("A", "string", ".spec[?(@.a==1)]"), ("B", "string", ".spec.a[0]")], {"spec": {"a": {"b": 1}}}),
    ("with a format and a priority", [("A", "string", ".spec.a", {"format": "password", "priority": 1, "description": "the a"})], {"spec": {"a": "s"}}),
]


def merged(base: object, change: object) -> object:
    if not isinstance(base, dict) or not isinstance(change, dict):
        return copy.deepcopy(change)
    out = dict(base)
    for key, value in change.items():
        out[key] = merged(out.get(key), value)
        if value is None and key != "a":  # the a of the null case stays
            del out[key]
    return out


def timed(value: object, now: float) -> object:
    """Texts "@2h" become the time two hours before now, "@@2h" with microseconds."""
    if isinstance(value, dict):
        return {key: timed(inner, now) for key, inner in value.items()}
    if isinstance(value, list):
        return [timed(inner, now) for inner in value]
    if not isinstance(value, str) or not re.fullmatch(r"@@?(\d+[dhms])+", value):
        return value
    ago = sum(int(number) * UNITS[unit] for number, unit in re.findall(r"(\d+)([dhms])", value))
    moment = datetime.datetime.fromtimestamp(int(now - ago), datetime.timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000000Z" if value.startswith("@@") else "%Y-%m-%dT%H:%M:%SZ")


def table_of(api: RealApi, path: str, name: str) -> tuple[str, dict, dict]:
    """The time, the table and its only row, from an answer within one second, so that all ages are sure."""
    while True:
        start = time.time()
        code, table = api.call("GET", path, accept=TABLE, includeObject="Object")
        if code != 200:
            sys.exit(f"{path}: {table}")
        if int(start) == int(time.time()):
            break
    rows = [row for row in table["rows"] if row["object"]["metadata"]["name"] == name]
    moment = datetime.datetime.fromtimestamp(int(start), datetime.timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ"), table, rows[0]


def remove(api: RealApi, path: str) -> None:
    api.call("DELETE", path, gracePeriodSeconds="0", propagationPolicy="Background")
    api.call("PATCH", path, {"metadata": {"finalizers": None}}, "application/merge-patch+json")


def without_noise(object_: dict) -> dict:
    for noise in ("managedFields", "uid", "resourceVersion"):
        object_["metadata"].pop(noise, None)
    return object_


def put_status(api: RealApi, path: str, status: dict) -> None:
    code = 409
    while code == 409:
        whole = api.call("GET", path)[1]
        whole["status"] = merged(whole.get("status", {}), status)
        code, answer = api.call("PUT", path + "/status", whole)
    if code != 200:
        sys.exit(f"{path}/status: {json.dumps(answer)}")


def signing_base() -> tuple[str, dict]:
    pem = subprocess.run(["openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", "/dev/null", "-subj", "/CN=a"],
                         check=True, capture_output=True).stdout
    spec = {"request": base64.b64encode(pem).decode(), "signerName": "rec.dev/s", "usages": ["client auth"]}
    return "/apis/certificates.k8s.io/v1/certificatesigningrequests", {"apiVersion": "certificates.k8s.io/v1", "kind": "CertificateSigningRequest", "metadata": {"name": "a"}, "spec": spec}


def definition(name: str, columns: list) -> dict:
    version = {"name": "v1", "served": True, "storage": True, "additionalPrinterColumns": columns,
               "schema": {"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": True}}}
    old = {**version, "name": "v1alpha1", "storage": False}
    return {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": {"name": f"{name}.rec.dev"},
            "spec": {"group": "rec.dev", "scope": "Namespaced", "names": {"plural": name, "kind": name.capitalize(), "shortNames": ["rt", "rts"]}, "versions": [version, old]}}


def record_row(api: RealApi, what: str, change: dict, status: dict | None) -> dict:
    kind, _, way = what.partition(" ")
    migration = of("storagemigration.k8s.io/v1", "StorageVersionMigration", "storageversionmigrations", {"spec": {"resource": {"group": "apps", "resource": "deployments"}}}, False)
    path, base = {**BASES, "migration": migration, "signing": signing_base(), "definition": (CRDS, definition("rectables", []))}[kind]
    now = time.time()
    body = timed(merged(base, change), now)
    if way == "gone":
        body["metadata"]["finalizers"] = ["rec.dev/keep"]
    target = f"{path}/{body['metadata']['name']}"
    if way != "there":
        remove(api, target)
    code, answer = api.call("POST", path, body)
    if code != 201 and way != "there":
        sys.exit(f"{what}: {json.dumps(answer)}")
    if status:
        put_status(api, target, timed(status, now))
    if way == "gone":
        api.call("DELETE", target, propagationPolicy="Background")
    if kind == "definition":
        time.sleep(2)
    moment, table, row = table_of(api, path if way == "list" else target, body["metadata"]["name"])
    if way != "there":
        remove(api, target)
    case = {"now": moment, "cells": row["cells"], "object": without_noise(row["object"])}
    return {**case, "conditions": row["conditions"]} if row.get("conditions") else case


def record_custom(api: RealApi, what: str, given: list, content: dict) -> dict:
    columns = [{"name": name, "type": type_, "jsonPath": path, **(more[0] if more else {})} for name, type_, path, *more in given]
    api.call("DELETE", f"{CRDS}/rectables.rec.dev")
    code, answer = 409, None
    while code == 409:
        time.sleep(0.2)
        code, answer = api.call("POST", CRDS, definition("rectables", columns))
    if code != 201:
        sys.exit(f"{what}: {json.dumps(answer)}")
    path = "/apis/rec.dev/v1/namespaces/default/rectables"
    body = timed({"apiVersion": "rec.dev/v1", "kind": "Rectables", "metadata": {"name": "a", **content.pop("metadata", {})}, **content}, time.time())
    while api.call("GET", path)[0] != 200 or api.call("POST", path, body)[0] not in (201, 409):
        time.sleep(0.2)
    time.sleep(1)
    moment, table, row = table_of(api, path + "/a", "a")
    shown = [{**column, "description": ""} for column in table["columnDefinitions"]]
    return {"what": what, "columns": columns, "now": moment, "shown": shown, "cells": row["cells"], "object": without_noise(row["object"])}


def record_columns(api: RealApi) -> list:
    groups = [("", "/api/v1")]
    groups += [(group["name"], "/apis/" + version["groupVersion"]) for group in api.call("GET", "/apis")[1]["groups"] for version in group["versions"]]
    out = []
    for group, root in groups:
        code, served = api.call("GET", root)
        for resource in served["resources"] if code == 200 else []:
            if "/" in resource["name"] or "list" not in resource["verbs"] or group == "rec.dev":
                continue
            table = api.call("GET", f"{root}/{resource['name']}", accept=TABLE, limit="1")[1]
            columns = [{key: column[key] for key in ("name", "type", "format", "priority")} for column in table["columnDefinitions"]]
            out.append({"group": group, "kind": resource["kind"], "columns": columns})
    return out


def main() -> None:
    api = RealApi(sys.argv[1])
    write_json(OUT / "columns.json", record_columns(api))
    write_json(OUT / "rows.json", [record_row(api, what, change, status) for what, change, status in ROWS])
    write_json(OUT / "custom.json", [record_custom(api, what, given, copy.deepcopy(content)) for what, given, content in COLUMNS])
    api.call("DELETE", f"{CRDS}/rectables.rec.dev")


if __name__ == "__main__":
    main()
