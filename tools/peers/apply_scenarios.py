# SPDX-License-Identifier: Apache-2.0
"""The stories that record_apply.py tells to a real kube-apiserver, and the custom resource that some of them are about."""


def schema(**properties: object) -> dict:
    """Everything may be null, for kube-apiserver leaves a null where it takes the last member out of an object."""
    return {"type": "object", "nullable": True, "properties": properties}


TEXT = {"type": "string", "nullable": True}
ITEM = schema(name={"type": "string"}, value=TEXT, more=schema(a=TEXT, b=TEXT)) | {"required": ["name"], "nullable": False}
# Beside apiVersion, kind and metadata: one field for each way to merge. recorded_test.cpp has the same as a Type.
CRD = {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": {"name": "stories.stories.example.com"}, "spec": {
    "group": "stories.example.com", "scope": "Namespaced", "names": {"kind": "Story", "plural": "stories", "singular": "story", "listKind": "StoryList"},
    "versions": [{"name": "v1", "served": True, "storage": True, "subresources": {"status": {}}, "schema": {"openAPIV3Schema": schema(
        spec=schema(
            text=TEXT, number={"type": "integer"}, nested=schema(a=TEXT, b=TEXT, deep=schema(c=TEXT, d=TEXT)),
            atomic=schema(a=TEXT, b=TEXT) | {"x-kubernetes-map-type": "atomic"},
            map={"type": "object", "nullable": True, "additionalProperties": TEXT}, maps={"type": "object", "nullable": True, "additionalProperties": schema(a=TEXT, b=TEXT)},
            list={"type": "array", "nullable": True, "items": TEXT}, set={"type": "array", "nullable": True, "items": {"type": "string"}, "x-kubernetes-list-type": "set"},
            numbers={"type": "array", "nullable": True, "items": {"type": "integer"}, "x-kubernetes-list-type": "set"},
            items={"type": "array", "nullable": True, "items": ITEM, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"]},
            pairs={"type": "array", "items": schema(port={"type": "integer"}, protocol={"type": "string", "default": "TCP"}, value=TEXT) | {"required": ["port"], "nullable": False},
                   "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["port", "protocol"]},
            any={"nullable": True, "x-kubernetes-preserve-unknown-fields": True},
            open=schema(known=TEXT) | {"x-kubernetes-preserve-unknown-fields": True}),
        status=schema(phase=TEXT, count={"type": "integer"})) | {"nullable": False}}}]}}


def config_map(data: dict | None = None, **metadata: object) -> dict:
    return {"apiVersion": "v1", "kind": "ConfigMap", **({"metadata": metadata} if metadata else {}), **({} if data is None else {"data": data})}


def story(**spec: object) -> dict:
    return {"apiVersion": "stories.example.com/v1", "kind": "Story", "spec": spec}


def items(*names: str, **values: str) -> list:
    return [{"name": name, **({"value": values[name]} if name in values else {})} for name in names]


def deployment(*containers: dict, replicas: int | None = None, **pod: object) -> dict:
    spec = {"selector": {"matchLabels": {"app": "a"}}, "template": {"metadata": {"labels": {"app": "a"}}, "spec": {"containers": list(containers), **pod}}}
    return {"apiVersion": "apps/v1", "kind": "Deployment", "spec": spec | ({} if replicas is None else {"replicas": replicas})}


def container(name: str, image: str = "x", **more: object) -> dict:
    return {"name": name, "image": image, **more}


def service(*ports: dict, **spec: object) -> dict:
    return {"apiVersion": "v1", "kind": "Service", "spec": {"ports": list(ports), **spec}}


def apply(body: object, manager: str = "one", **more: object) -> dict:
    return {"op": "apply", "body": body, "manager": manager, **more}


def force(body: object, manager: str = "one", **more: object) -> dict:
    return apply(body, manager, force=True, **more)


def create(body: object, manager: str = "maker") -> dict:
    return {"op": "create", "body": body, "manager": manager}


def patch(body: object, manager: str = "patcher", **more: object) -> dict:
    return {"op": "patch", "body": body, "manager": manager, **more}


def owner(n: int, **more: object) -> dict:
    return {"apiVersion": "v1", "kind": "ConfigMap", "name": f"owner-{n}", "uid": f"00000000-0000-4000-8000-00000000000{n}", **more}


def orders(field: str, make: object, start: list[str], *wanted: list[str]) -> list[dict]:
    """Each list is applied, by a manager of its own, on what the ones before left."""
    return [apply(story(**{field: make(start)}), "start")] + [force(story(**{field: make(names)}), f"m{n}") for n, names in enumerate(wanted)]


named = lambda names: [{"name": name} for name in names]
LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"
CSA = '{"apiVersion":"v1","data":{"a":"1","b":"1"},"kind":"ConfigMap","metadata":{"annotations":{},"name":"kubectl-migration","namespace":"default"}}\n'
ORDERS = (list("dbx"), list("xa"), list("cxby"), list("edcba"), list("aecz"), list("zb"), list("b"))

SCENARIOS = {
    "config_map_appliers": ("ConfigMap", [
        apply(config_map({"a": "1", "b": "1"})), apply(config_map({"a": "1", "b": "1"})), apply(config_map({"a": "2", "b": "1"})), apply(config_map({"a": "2"})),
        apply(config_map({"c": "1"}), "two"), apply(config_map({"a": "3", "c": "1"}), "two"), force(config_map({"a": "3", "c": "1"}), "two"),
        apply(config_map({"c": "1", "a": "3"})), apply(config_map({"c": "1"}), "two"), apply(config_map({"c": "2", "a": "4"}), "three"), apply(config_map()),
        apply(config_map(), "two"), apply(config_map({"c": "1"}), "three"), apply(config_map({"c": "1"}), "four")]),
    "config_map_updates": ("ConfigMap", [
        create(config_map({"a": "1", "b": "1"}, labels={"l": "1"})), apply(config_map({"a": "1"})), apply(config_map({"a": "2"})), force(config_map({"a": "2"})),
        patch({"data": {"a": "3"}}), patch({"data": {"a": "3"}}, "another"), patch({"data": {"c": "1"}}), patch({"data": {"c": None}}), patch({"data": {"d": "1", "b": "2"}}),
        apply(config_map({"a": "2", "b": "1", "d": "2"})), patch({"metadata": {"labels": {"l": "2"}}}), patch({"data": None}), patch({"metadata": {"labels": None}}),
        apply(config_map({"a": "1"}, labels={"x": "y"}), "two")]),
    "metadata_lists": ("ConfigMap", [
        apply(config_map(None, finalizers=["e.io/a", "e.io/b"], ownerReferences=[owner(1)])), apply(config_map(None, finalizers=["e.io/c", "e.io/b"], ownerReferences=[owner(2)]), "two"),
        apply(config_map(None, finalizers=["e.io/b"])), apply(config_map(None, finalizers=[]), "two"), patch({"metadata": {"finalizers": ["e.io/z", "e.io/b"]}}),
        apply(config_map(None, ownerReferences=[owner(2, name="renamed")], labels={}), "three"), patch([{"op": "remove", "path": "/metadata/ownerReferences"}]),
        apply(config_map(None, finalizers=None, labels=None, annotations={"a/b": "c"}), "two")]),
    "nulls_and_empties": ("Story", [
        apply(story(text=None, nested=None, map={}, list=[], set=[], items=[], any=None)), apply(story(text="t", nested={"a": None}, map={"a": None}, set=["x"], any={"a": None, "b": [], "c": {}})),
        apply(story(text=None, nested={"a": "1"}, map={"a": "1"}, any={"a": 1, "c": {"d": 1}})), apply(story(nested={}, map=None, any={"c": {}})), apply(story(nested=None, any=None)),
        apply(story(any="text")), apply(story(any={"a": {"b": 1}})), force(story(any={"a": 5}), "two"), apply(story(any=["x", {"y": 1}]), "two"), apply(story()), apply(story(), "two")]),
    "deployment_created": ("Deployment", [
        create(deployment(container("a", env=[{"name": "A", "value": "1"}], ports=[{"containerPort": 80}], resources={"requests": {"cpu": "1"}}), container("b"), replicas=2)),
        patch({"spec": {"replicas": 3}}, "scaler"), apply(deployment(container("a", image="y"), replicas=3)), force(deployment(container("a", image="y"))),
        apply(deployment(container("a", image="y"), container("c"), replicas=4)), patch({"spec": {"replicas": 5}}, "scaler", sub="scale"), patch({"spec": {"strategy": {"type": "Recreate", "rollingUpdate": None}}}),
        apply(deployment(container("a", image="y")))]),
    "deployment_applied": ("Deployment", [
        apply(deployment(container("a", env=[{"name": "A", "value": "1"}, {"name": "B", "value": "2"}], ports=[{"containerPort": 80}]), replicas=2)),
        apply(deployment(container("a", env=[{"name": "A", "value": "1"}, {"name": "B", "value": "2"}], ports=[{"containerPort": 80}]), replicas=2)),
        apply(deployment(container("side", image="s"), container("a", env=[{"name": "C", "value": "3"}])), "two"),
        apply(deployment(container("a", env=[{"name": "B", "value": "2"}], ports=[{"containerPort": 80, "protocol": "TCP"}, {"containerPort": 80, "protocol": "UDP"}]), replicas=2)),
        apply(deployment(container("a", ports=[{"containerPort": 81}]))), apply(deployment(container("side", image="s")), "two"), patch({"spec": {"template": {"spec": {"terminationGracePeriodSeconds": 9}}}}),
        apply(deployment(container("a"), terminationGracePeriodSeconds=8)), apply(deployment(container("a"), nodeSelector={"x": "y"}, tolerations=[{"key": "t", "operator": "Exists"}])),
        apply(deployment(container("a"), nodeSelector={"z": "y"}, tolerations=[]), "two"), force(deployment(container("b"), nodeSelector={"z": "y"}), "two"), apply(deployment(container("b"))), ]),
    "duplicates_in_live": ("Deployment", [
        create(deployment(container("a", env=[{"name": "A", "value": "1"}, {"name": "B", "value": "1"}, {"name": "A", "value": "2"}]))), apply(deployment(container("a", env=[{"name": "B", "value": "2"}]))),
        force(deployment(container("a", env=[{"name": "B", "value": "2"}]))), apply(deployment(container("a", env=[{"name": "A", "value": "3"}])), "two"), force(deployment(container("a", env=[{"name": "A", "value": "3"}])), "two"),
        patch([{"op": "add", "path": "/spec/template/spec/containers/0/env/-", "value": {"name": "A", "value": "4"}}]), apply(deployment(container("a", env=[{"name": "A", "value": "3"}])), "two"),
        patch([{"op": "remove", "path": "/spec/template/spec/containers/0/env/0"}])]),
    "service_ports": ("Service", [
        apply(service({"port": 53, "protocol": "UDP", "name": "dns"}, {"port": 53, "name": "dns-tcp"}, selector={"a": "b"})),
        apply(service({"port": 53, "protocol": "TCP", "name": "dns-tcp"}, {"port": 80, "name": "http"}), "two"), apply(service({"port": 53, "protocol": "UDP", "name": "dns"}, selector={"a": "c"})),
        apply(service({"port": 80, "name": "web"}, selector={"x": "y"}), "two"), force(service({"port": 80, "name": "web"}, selector={"x": "y"}), "two"), patch({"spec": {"selector": {"p": "q"}}}),
        apply(service({"port": 53, "protocol": "UDP", "name": "dns"}))]),
    "wrong_configs": ("Deployment", [
        apply(deployment(container("a"))), apply(deployment(container("a", unknown=1))), apply(deployment(container("a", image=5))), apply(deployment(container("a"), container("a"))), apply(deployment({"image": "x"})),
        apply(deployment("a")), apply(deployment(None)), apply(deployment(container("a"), nodeSelector=[])), apply(deployment(container("a", command="x"))), apply(deployment(container("a", stdin="x"))),
        apply(deployment(container("a"), replicas="x")), apply(deployment(container("a")) | {"metadata": {"managedFields": []}}), apply(deployment(container("a")) | {"metadata": {"managedFields": None}}),
        apply(deployment(container("a", env="x", args=[1]))), apply(deployment(container("a")) | {"metadata": {"finalizers": ["x", "x"]}}), apply(deployment(container("a")) | {"metadata": {"finalizers": [{}]}}),
        apply(deployment(container("a")) | {"metadata": {"finalizers": [["x"]]}}), apply(deployment(container("a")) | {"metadata": {"finalizers": [None]}})]),
    "reset_and_adopt": ("ConfigMap", [
        create(config_map({"a": "1", "b": "1"})), patch({"metadata": {"managedFields": []}}), patch({"data": {"a": "2"}}), apply(config_map({"a": "2", "c": "1"})), apply(config_map({"a": "3"})),
        patch({"metadata": {"managedFields": [{}]}}), patch([{"op": "replace", "path": "/metadata/managedFields", "value": [{"manager": "x", "operation": "Nope"}]}]),
        apply(config_map({"c": "1"})), patch({"metadata": {"managedFields": [{"manager": "x", "operation": "Apply", "apiVersion": "v1", "fieldsType": "FieldsV1", "fieldsV1": {"f:data": {"f:a": {}}}}]}}),
        patch({"metadata": {"managedFields": [{"manager": "x", "operation": "Nope", "apiVersion": "v1", "fieldsType": "FieldsV1", "fieldsV1": {}}]}, "data": {"z": "1"}}),
        patch({"metadata": {"managedFields": None}}), apply(config_map({"b": "1"}), "x")]),
    "kubectl_migration": ("ConfigMap", [
        create(config_map({"a": "1", "b": "1"}, annotations={LAST_APPLIED: CSA}), "kubectl-client-side-apply"), patch({"data": {"b": "2"}}), apply(config_map({"a": "2", "b": "3"}), "kubectl"),
        apply(config_map({"a": "2", "b": "2"}), "kubectl"), apply(config_map({"a": "3", "b": "2", "c": "1"}), "kubectl"),
        patch([{"op": "test", "path": "/data/a", "value": "3"}, {"op": "remove", "path": "/metadata/managedFields/1"}], "csaupgrade"), apply(config_map({"a": "3"}), "kubectl")]),
    "status": ("Deployment", [
        apply(deployment(container("a")) | {"status": {"replicas": 9}}), patch({"status": {"replicas": 1, "conditions": [{"type": "X", "status": "True", "reason": "r", "message": "m"}]}, "spec": {"replicas": 7}}, "controller", sub="status"),
        apply({"apiVersion": "apps/v1", "kind": "Deployment", "status": {"readyReplicas": 1, "replicas": 1}}, "agent", sub="status"),
        apply({"apiVersion": "apps/v1", "kind": "Deployment", "spec": {"replicas": 3}, "status": {"replicas": 1}}, "agent", sub="status"),
        apply({"apiVersion": "apps/v1", "kind": "Deployment", "status": {"replicas": 2}}, "agent", sub="status"), force({"apiVersion": "apps/v1", "kind": "Deployment", "status": {"replicas": 2}}, "agent", sub="status"),
        patch({"metadata": {"labels": {"x": "y"}}, "status": {"replicas": 3}}, "controller", sub="status"), patch({"status": {"replicas": 8}, "metadata": {"labels": {"q": "r"}}})]),
    "story_status": ("Story", [
        apply(story(text="x") | {"status": {"phase": "p"}}), patch({"status": {"phase": "q"}, "spec": {"text": "z"}, "metadata": {"labels": {"a": "b"}}}, "controller", sub="status"),
        apply({"apiVersion": "stories.example.com/v1", "kind": "Story", "status": {"count": 1}, "metadata": {"labels": {"c": "d"}}}, "agent", sub="status")]),
    "many_updaters": ("ConfigMap", [create(config_map({"start": "1"}))] + [patch({"data": {f"k{n:02}": "1"}}, f"m{n:02}") for n in range(13)] + [patch({"data": {"k05": "2", "k00": "3"}}, "m12")]),
    "story_created": ("Story", [
        create(story(text="t", nested={"a": "1", "deep": {"c": "2"}}, atomic={"a": "1"}, map={"k": "v"}, maps={"m": {"a": "1"}}, list=["x"], set=["x", "y"], numbers=[5, 40], items=items("a", "b", a="1"),
                     pairs=[{"port": 1}, {"port": 1, "protocol": "UDP"}], any={"a": {"b": [1]}, "c": None}, open={"known": "k", "unknown": {"u": 1}})),
        apply(story(text="t", nested={"deep": {"c": "3"}}, atomic={"b": "1"}, map={"k": "w"}, maps={"m": {"a": "2"}}, list=["y"], set=["y", "z"], items=items("b", "c", b="2"), pairs=[{"port": 1, "value": "v"}],
                    any={"a": {"b": [2]}}, open={"unknown": {"u": 2}, "other": [1]})),
        force(story(text="t", nested={"deep": {"c": "3"}}, atomic={"b": "1"}, map={"k": "w"}, maps={"m": {"a": "2"}}, list=["y"], set=["y", "z"], items=items("b", "c", b="2"), pairs=[{"port": 1, "value": "v"}],
                    any={"a": {"b": [2]}}, open={"unknown": {"u": 2}, "other": [1]})),
        apply(story(text="t"))]),
    "story_nested": ("Story", [
        apply(story(nested={"a": "1", "b": "1", "deep": {"c": "1", "d": "1"}}, maps={"x": {"a": "1", "b": "1"}, "y": {"a": "1"}}, items=[{"name": "a", "value": "1", "more": {"a": "1", "b": "1"}}, {"name": "b"}])),
        apply(story(nested={"deep": {"d": "1"}}, maps={"x": {"b": "1"}}, items=[{"name": "a", "more": {"b": "1"}}]), "two"), apply(story(nested={"a": "1"}, maps={"y": {}}, items=items("b"))),
        apply(story(nested={"deep": {}}, maps={"x": {}}), "two"), apply(story(items=items("a")), "two"), apply(story()), apply(story(), "two")]),
    "story_any": ("Story", [
        apply(story(any={"a": {"b": 1, "c": {"d": 1}}, "l": [1, 2]}, open={"known": "1", "x": {"y": 1, "z": 1}})), apply(story(any={"a": {"c": {"e": 1}}}, open={"x": {"w": 1}}), "two"),
        apply(story(any={"a": {"b": 1}}, open={"x": {"z": 1}})), apply(story(any={"a": {"c": {"e": 2}}, "l": [3]}), "two"), apply(story(any={"l": [4], "a": {"b": {"now": "a map"}}}), "three"),
        force(story(any={"l": [4], "a": {"b": {"now": "a map"}}}), "three"), apply(story(any={"a": "scalar"})), force(story(any={"a": "scalar"})), apply(story(any={"a": "scalar"}), "two"), apply(story())]),
    "story_item_removal": ("Story", [
        apply(story(items=items("a", "b", "c", a="1", b="1"))), apply(story(items=items("b", "d", b="1")), "two"), patch([{"op": "add", "path": "/spec/items/2/value", "value": "p"}]), apply(story(items=items("a"))),
        patch([{"op": "remove", "path": "/spec/items/0"}]), apply(story(items=items("a", a="1"))), apply(story(items=items("e")), "two"), apply(story(set=["a", "b"], numbers=[40, 5]), "three"),
        apply(story(set=["b"], numbers=[5, 7]), "four"), apply(story(set=["c"]), "three"), apply(story(), "four")]),
    "story_shared": ("Story", [
        apply(story(text="1", atomic={"a": "1"}, list=["x"])), apply(story(text="1", atomic={"a": "1"}, list=["x"]), "two"), apply(story(text="2", atomic={"a": "1", "b": "1"}, list=["x", "y"]), "two"),
        apply(story(), "two"), apply(story(text="1", atomic={"a": "2"}), "two"), patch({"spec": {"atomic": {"b": "2"}, "list": ["z"]}}), apply(story(text="1")), apply(story(text="1", list=["z"]), "two")]),
    "item_orders": ("Story", orders("items", named, list("abcde"), *ORDERS)),
    "set_orders": ("Story", orders("set", list, list("abcde"), *ORDERS)),
}
