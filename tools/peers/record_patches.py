#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Records what patches do on a real kube-apiserver: record_patches.py KUBECONFIG writes mizzen/apiserver/patch/testdata/patches.json.

It holds the live objects as they were stored, by kind, and per case the patch, its media type, and the answer: a code with a message, or the object afterwards.
Fields that the server fills in by default where the patch left them out are cut from both, for a patch knows no defaults.
"""
import copy
import json
import pathlib
import sys

from real_api import RealApi, write_json

OUT = pathlib.Path(__file__).resolve().parents[2] / "mizzen/apiserver/patch/testdata/patches.json"
CUT = {"managedFields", "resourceVersion", "generation", "creationTimestamp", "terminationMessagePath", "terminationMessagePolicy", "imagePullPolicy", "status",
       "resources", "clusterIP", "clusterIPs"}
JSON, MERGE, STRATEGIC = "application/json-patch+json", "application/merge-patch+json", "application/strategic-merge-patch+json"
SAME_UID = "00000000-0000-4000-8000-00000000000"


def owner(n: int, **more: object) -> dict:
    return {"apiVersion": "v1", "kind": "ConfigMap", "name": f"owner-{n}", "uid": f"{SAME_UID}{n}", **more}


def container(name: str, **more: object) -> dict:
    return {"name": name, "image": name, **more}


CONFIG_MAP = {"apiVersion": "v1", "kind": "ConfigMap", "data": {"a": "1", "b": "2"}, "metadata": {
    "labels": {"l": "1"}, "annotations": {"example.com/n": "v"}, "finalizers": ["e.io/a", "e.io/b", "e.io/c"], "ownerReferences": [owner(1), owner(2)]}}
SERVICE = {"apiVersion": "v1", "kind": "Service", "spec": {"selector": {"app": "a"}, "ports": [
    {"name": "dns", "port": 53, "protocol": "UDP", "targetPort": 53}, {"name": "dns-tcp", "port": 53, "protocol": "TCP", "targetPort": 53},
    {"name": "http", "port": 80, "protocol": "TCP", "targetPort": 80}]}}
DEPLOYMENT = {"apiVersion": "apps/v1", "kind": "Deployment", "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "a"}}, "template": {
    "metadata": {"labels": {"app": "a"}},
    "spec": {"nodeSelector": {"n": "1"}, "tolerations": [{"key": "a", "operator": "Exists"}, {"key": "b", "operator": "Exists"}],
             "imagePullSecrets": [{"name": "p"}, {"name": "q"}],
             "volumes": [{"name": "v", "emptyDir": {}}, {"name": "w", "configMap": {"name": "c", "defaultMode": 420}}, {"name": "u", "emptyDir": {}}],
             "containers": [
                 container("one", command=["run", "it"], env=[{"name": "A", "value": "1"}, {"name": "B", "value": "2"}, {"name": "C", "value": "3"}],
                           ports=[{"containerPort": 80, "protocol": "TCP"}, {"containerPort": 443, "protocol": "TCP"}],
                           volumeMounts=[{"name": "v", "mountPath": "/v"}, {"name": "w", "mountPath": "/w"}]),
                 container("two"), container("three")]}}}}
PATHS = {"ConfigMap": "/api/v1/namespaces/default/configmaps", "Service": "/api/v1/namespaces/default/services",
         "Deployment": "/apis/apps/v1/namespaces/default/deployments"}


def pod(**spec: object) -> dict:
    return {"spec": {"template": {"spec": spec}}}


def one(**more: object) -> dict:
    return pod(containers=[{"name": "one", **more}])


def op(name: str, path: str, value: object = None, **more: object) -> dict:
    return {"op": name, "path": path, **({} if name in ("remove", "move", "copy") else {"value": value}), **more}


CASES = [
    # JSON Patch
    *[(CONFIG_MAP, JSON, patch) for patch in (
        [], [op("add", "/data/c", "3")], [op("add", "/data/a", "9")], [op("add", "/metadata/labels/x~1y", "v")], 
        [op("replace", "/metadata/annotations/example.com~1n", "w")], [op("remove", "/data/a")], [op("remove", "/data/none")], [op("remove", "/data")],
        [op("replace", "/data/none", "1")], [op("replace", "/none/none", "1")], [op("add", "/none/none", "1")],
        [op("test", "/data/a", "1"), op("remove", "/data/a")], [op("test", "/data/a", "2"), op("remove", "/data/a")], [op("test", "/data/none", None)],
        [op("test", "/data/none", "1")], [op("test", "/metadata/labels", {"l": "1"})], [op("test", "/none/none", None)], [op("test", "/metadata/finalizers/9", None)],
        [op("move", "/data/z", **{"from": "/data/a"})], [op("move", "/data/z", **{"from": "/data/none"})], [op("copy", "/data/z", **{"from": "/data/a"})],
        [op("copy", "/data/z", **{"from": "/none/none"})], [op("move", "/data/a", **{"from": "/data/a"})], [op("move", "/metadata/labels/l/x", **{"from": "/metadata/labels/l"})],
        [op("add", "/metadata/finalizers/-", "e.io/d")], [op("add", "/metadata/finalizers/0", "e.io/d")], [op("add", "/metadata/finalizers/3", "e.io/d")],
        [op("add", "/metadata/finalizers/4", "e.io/d")], [op("add", "/metadata/finalizers/-1", "e.io/d")], [op("add", "/metadata/finalizers/-4", "e.io/d")],
        [op("add", "/metadata/finalizers/-5", "e.io/d")], [op("add", "/metadata/finalizers/x", "e.io/d")], [op("add", "/metadata/finalizers/01", "e.io/d")],
        [op("add", "/metadata/finalizers/+1", "e.io/d")], [op("add", "/metadata/finalizers/", "e.io/d")],
        [op("remove", "/metadata/finalizers/1")], [op("remove", "/metadata/finalizers/-1")], [op("remove", "/metadata/finalizers/3")], [op("remove", "/metadata/finalizers/-")],
        [op("replace", "/metadata/finalizers/1", "e.io/z")], [op("replace", "/metadata/finalizers/-1", "e.io/z")], [op("replace", "/metadata/finalizers/3", "e.io/z")],
        [op("replace", "/metadata/ownerReferences/1/name", "z")], [op("add", "/data/c/d", "3")], [op("spin", "/data/c", "3")],
        [{"op": "add", "value": "x"}], [{"op": "add", "path": 5}], [{"path": "/data/c"}], [{"op": "move", "path": "/data/c"}], {"op": "add"}, ["x"], [None],
        [op("test", "", {})], [op("copy", "/metadata/labels/z", **{"from": "/metadata/labels/l"}), op("remove", "/metadata/labels/l")],
        [op("test", "/data/a", "1") for _ in range(10001)])],
    # JSON Merge Patch
    *[(CONFIG_MAP, MERGE, patch) for patch in (
        {}, {"data": {"c": "3"}}, {"data": {"a": None}}, {"data": None}, {"data": {"none": None}}, {"metadata": {"finalizers": ["e.io/z"]}},
        {"metadata": {"finalizers": None}}, {"metadata": {"labels": {"m": "2"}}}, {"metadata": {"ownerReferences": [owner(3, controller=None)]}}, [], "x", None, 1)],
    # strategic: maps and scalars
    *[(CONFIG_MAP, STRATEGIC, patch) for patch in (
        {}, {"data": {"c": "3", "a": None}}, {"data": None}, {"data": {"$patch": "replace", "c": "3"}}, {"data": {"$patch": "delete"}}, {"$patch": "spin"},
        {"data": {"$patch": "spin"}}, {"metadata": {"labels": {"$patch": "replace", "z": "1"}}}, {"data": {"$retainKeys": ["a"], "a": "7"}},
        {"data": {"$retainKeys": ["a", "c"], "c": "7"}}, {"data": {"$retainKeys": ["a"], "b": "7"}}, {"data": {"$retainKeys": "a"}}, {"data": {"$retainKeys": ["a"], "b": None}},
        {"binaryData": {"x": None, "y": "eQ=="}}, {"binaryData": {"$patch": "delete"}}, [], None,
        # lists of scalars
        {"metadata": {"finalizers": ["e.io/d"]}}, {"metadata": {"finalizers": ["e.io/c", "e.io/a"]}}, {"metadata": {"finalizers": ["e.io/d", "e.io/b"]}},
        {"metadata": {"finalizers": None}}, {"metadata": {"finalizers": []}}, {"metadata": {"$deleteFromPrimitiveList/finalizers": ["e.io/b"]}},
        {"metadata": {"$deleteFromPrimitiveList/finalizers": ["e.io/b", "e.io/none"], "finalizers": ["e.io/d"]}},
        {"metadata": {"$deleteFromPrimitiveList/finalizers": None}}, {"metadata": {"$deleteFromPrimitiveListfinalizers": ["e.io/b"]}},
        {"metadata": {"$deleteFromPrimitiveList/finalizers": "e.io/b"}},
        {"metadata": {"$setElementOrder/finalizers": ["e.io/c", "e.io/b", "e.io/a"]}}, {"metadata": {"$setElementOrder/finalizers": ["e.io/c", "e.io/a"]}},
        {"metadata": {"$setElementOrder/finalizers": ["e.io/d", "e.io/c", "e.io/b", "e.io/a"], "finalizers": ["e.io/d"]}},
        {"metadata": {"$setElementOrder/finalizers": ["e.io/a", "e.io/d", "e.io/c"], "$deleteFromPrimitiveList/finalizers": ["e.io/b"], "finalizers": ["e.io/d"]}},
        {"metadata": {"$setElementOrder/finalizers": ["e.io/c", "e.io/d"], "finalizers": ["e.io/d", "e.io/c"]}},
        {"metadata": {"$setElementOrder/finalizers": "e.io/c"}}, {"metadata": {"$setElementOrder/finalizers": ["e.io/a"], "finalizers": "e.io/a"}},
        {"metadata": {"$setElementOrderfinalizers": ["e.io/c"]}}, {"metadata": {"finalizers": ["e.io/d", {}]}}, {"metadata": {"finalizers": [["e.io/d"]]}},
        # ownerReferences by uid
        {"metadata": {"ownerReferences": [owner(3)]}}, {"metadata": {"ownerReferences": [{"uid": SAME_UID + "1", "name": "renamed"}]}},
        {"metadata": {"ownerReferences": [{"uid": SAME_UID + "1", "$patch": "delete"}]}}, {"metadata": {"ownerReferences": [{"name": "no-uid"}]}},
        {"metadata": {"ownerReferences": [{"$patch": "replace"}, owner(4)]}}, {"metadata": {"ownerReferences": [{"$patch": "replace"}]}},
        {"metadata": {"ownerReferences": [{"$patch": "delete"}]}}, {"metadata": {"ownerReferences": [{"$patch": "merge"}]}}, {"metadata": {"ownerReferences": [{"$patch": "spin"}]}},
        {"metadata": {"ownerReferences": ["x"]}})],
    *[(SERVICE, STRATEGIC, patch) for patch in (
        {"spec": {"ports": [{"port": 53, "targetPort": 5353}]}}, {"spec": {"ports": [{"port": 443, "name": "https", "protocol": "TCP", "targetPort": 443}]}},
        {"spec": {"ports": [{"port": 80, "$patch": "delete"}]}}, {"spec": {"ports": [{"port": 53, "$patch": "delete"}]}},
        {"spec": {"$setElementOrder/ports": [{"port": 80}, {"port": 53}, {"port": 53}]}},
        {"spec": {"$setElementOrder/ports": [{"port": 8080}, {"port": 80}], "ports": [{"port": 8080, "name": "alt", "protocol": "TCP", "targetPort": 1}, {"port": 53, "$patch": "delete"}]}})],
    *[(DEPLOYMENT, STRATEGIC, patch) for patch in (
        {"spec": {"replicas": 5}}, one(image="new"), one(env=[{"name": "D", "value": "4"}]), one(env=[{"name": "B", "value": "9"}, {"name": "A", "value": "8"}]),
        one(env=[{"name": "B", "$patch": "delete"}]), one(env=[{"name": "B", "$patch": "delete"}, {"name": "Z", "value": "0"}]), one(env=[{"$patch": "replace"}, {"name": "Z", "value": "0"}]),
        one(env=None), one(command=["other"]), one(ports=[{"containerPort": 8080, "protocol": "TCP"}]), one(ports=[{"containerPort": 80, "name": "http"}]),
        one(ports=[{"protocol": "TCP"}]), one(volumeMounts=[{"mountPath": "/v", "name": "w"}]), one(volumeMounts=[{"mountPath": "/z", "name": "w"}]),
        pod(containers=[container("four")]), pod(containers=[container("four", env=[{"name": "X", "value": "1", "valueFrom": None}])]), pod(containers=[{"image": "x"}]),
        pod(containers=[{"name": "two", "$patch": "delete"}]), pod(containers=[{"name": "none", "$patch": "delete"}]), pod(containers=[{"name": "four", "image": "f", "env": [{"name": "A", "$patch": "delete"}]}]),
        pod(containers=[container("three", image="3"), container("one", image="1")]),
        pod(**{"$setElementOrder/containers": [{"name": "three"}, {"name": "one"}, {"name": "two"}]}),
        pod(**{"$setElementOrder/containers": [{"name": "three"}, {"name": "one"}], "containers": [{"name": "three", "image": "3"}]}),
        pod(**{"$setElementOrder/containers": [{"name": "four"}, {"name": "one"}, {"name": "two"}], "containers": [container("four"), {"name": "three", "$patch": "delete"}]}),
        pod(**{"$setElementOrder/containers": [{"name": "two"}, {"name": "four"}, {"name": "one"}], "containers": [container("four"), {"name": "one", "image": "n"}]}),
        pod(**{"$setElementOrder/containers": [{"name": "one"}, {"name": "four"}], "containers": [container("four"), {"name": "one", "image": "n"}]}),
        pod(**{"$setElementOrder/containers": [{}], "containers": [container("four")]}), pod(**{"$setElementOrder/containers": [{"name": "one"}], "containers": [container("four")]}),
        one(**{"$setElementOrder/env": [{"name": "C"}, {"name": "N"}, {"name": "A"}], "env": [{"name": "N", "value": "n"}]}),
        pod(**{"$setElementOrder/initContainers": [{"name": "i"}], "initContainers": [container("i")]}), pod(**{"$setElementOrder/initContainers": [{"name": "i"}]}),
        pod(volumes=[{"name": "v", "$retainKeys": ["name", "configMap"], "configMap": {"name": "d", "defaultMode": 420}}]),
        pod(volumes=[{"name": "v", "$retainKeys": ["name", "configMap"], "configMap": {"name": "d", "defaultMode": 420}, "emptyDir": None}]),
        pod(volumes=[{"name": "u", "$patch": "delete"}]), pod(tolerations=[{"key": "c", "operator": "Exists"}]), pod(imagePullSecrets=[{"name": "r"}]), pod(nodeSelector={"m": "2", "n": None}),
        pod(nodeSelector={"$patch": "replace", "m": "2"}), pod(securityContext={"$patch": "delete"}), pod(affinity={"$patch": "delete"}), pod(affinity={"nodeAffinity": None}),
        {"spec": {"strategy": {"$retainKeys": ["type"], "type": "Recreate"}}}, {"spec": {"strategy": {"$patch": "replace", "type": "Recreate"}}},
        {"spec": {"template": {"spec": {"containers": [{"$patch": "replace"}, container("only")]}}}}, pod(containers=[container("one"), {"name": "one", "image": "again"}]))],
]


def cut(value: object) -> object:
    if isinstance(value, dict):
        return {key: cut(member) for key, member in value.items() if key not in CUT}
    return [cut(element) for element in value] if isinstance(value, list) else value


def without_identity(answer: dict) -> dict:
    return cut(answer | {"metadata": {key: value for key, value in answer["metadata"].items() if key not in ("name", "uid")}})


def record(api: RealApi, n: int, base: dict, media_type: str, patch: object, lives: dict) -> dict:
    live = copy.deepcopy(base)
    live.setdefault("metadata", {})["name"] = f"patched-{n}"
    path = PATHS[base["kind"]]
    code, live = api.call("POST", path, live)
    assert code == 201, live
    lives[base["kind"]] = without_identity(live)
    code, answer = api.call("PATCH", f"{path}/{live['metadata']['name']}", json.dumps(patch), media_type)
    assert "is invalid" not in answer.get("message", ""), answer
    case = {"kind": base["kind"], "media_type": media_type, "patch": patch if len(json.dumps(patch)) < 9999 else "10001 tests", "code": code}
    return case | ({"result": without_identity(answer)} if code == 200 else {"message": answer["message"]})


def main() -> None:
    api, lives = RealApi(sys.argv[1]), {}
    cases = [record(api, n, *case, lives) for n, case in enumerate(CASES)]
    write_json(OUT.with_name("live.json"), [lives])
    write_json(OUT, cases)


if __name__ == "__main__":
    main()
