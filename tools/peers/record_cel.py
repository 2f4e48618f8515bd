# SPDX-License-Identifier: Apache-2.0
"""Records what a real kube-apiserver says about validation rules: record_cel.py KUBECONFIG writes
mizzen/apiserver/crd/testdata/rules.json (what becomes of definitions) and rule_objects.json (what becomes of objects).

A case of rules.json is a rule on the spec of the base, or a definition of its own, and what was said when it was created. One of rule_objects.json
is a schema with objects, some of them with the object they are to replace.
Names that the server makes up anew each time (selfType123456) are recorded as selfType."""
import pathlib
import re
import sys
import time

from cel_cases import DEFINITIONS, OBJECTS, thing
from real_api import RealApi, write_json

OUT = pathlib.Path(__file__).resolve().parent.parent.parent / "mizzen/apiserver/crd/testdata"
CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"


def definition(plural: str, spec: dict, root: dict) -> dict:
    kind = plural.capitalize()
    schema = {"type": "object", "properties": {"spec": spec}, **root}
    version = {"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": schema}}
    return {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": {"name": f"{plural}.cel.dev"},
            "spec": {"group": "cel.dev", "scope": "Namespaced", "names": {"plural": plural, "kind": kind, "singular": plural, "listKind": kind + "List"},
                     "versions": [version]}}


def plain(value: object) -> object:
    if isinstance(value, str):
        return re.sub(r"selfType\d+", "selfType", value)
    if isinstance(value, list):
        return [plain(v) for v in value]
    return {k: plain(v) for k, v in value.items()} if isinstance(value, dict) else value


def verdict(answer: tuple[int, object]) -> dict:
    code, body = answer
    if code < 300:
        return {"code": code}
    causes = body.get("details", {}).get("causes", [])
    return plain({"code": code, "causes": causes} if causes else {"code": code, "message": body["message"]})


def create(api: RealApi, method: str, path: str, crd: dict) -> dict:
    """Creates or replaces a definition. Rules of its spec that are refused, as too costly and the like, are left out."""
    while True:
        code, body = api.call(method, path, crd)
        if code < 300:
            return crd
        spec = crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["properties"]["spec"]
        rules, refused = spec["x-kubernetes-validations"], set()
        for cause in body["details"]["causes"]:
            found = re.search(r"properties\[spec\]\.x-kubernetes-validations\[(\d+)\]\.(\w+)", cause["field"])
            if not found:
                continue
            rule = rules[int(found.group(1))]
            print("left out:", found.group(2), rule["rule"], cause["message"][-200:], file=sys.stderr)
            if found.group(2) == "messageExpression" and "messageExpression" in rule:
                del rule["messageExpression"]
            else:
                refused.add(int(found.group(1)))
        if not any("x-kubernetes-validations[" in cause["field"] for cause in body["details"]["causes"]):
            raise SystemExit(body["message"])
        spec["x-kubernetes-validations"] = [r for n, r in enumerate(rules) if n not in refused]


def is_served(api: RealApi, plural: str) -> bool:
    return api.call("GET", f"/apis/cel.dev/v1/namespaces/default/{plural}")[0] == 200


def record_objects(api: RealApi, plural: str, name: str, crd: dict, pairs: list) -> dict:
    """What is said about objects of one definition; those with an old state are stored before the definition has its rules."""
    kind, path = plural.capitalize(), f"/apis/cel.dev/v1/namespaces/default/{plural}"
    sent = [{"apiVersion": "cel.dev/v1", "kind": kind, "metadata": {"name": f"o{i}", "namespace": "default"}, "spec": new} for i, (_, new) in enumerate(pairs)]
    api.call("DELETE", f"{CRDS}/{plural}.cel.dev")
    while api.call("GET", f"{CRDS}/{plural}.cel.dev")[0] != 404:
        time.sleep(0.05)
    olds = {}
    if any(old is not None for old, _ in pairs):
        create(api, "POST", CRDS, definition(plural, {"type": "object", "x-kubernetes-preserve-unknown-fields": True}, {}))
        while not is_served(api, plural):
            time.sleep(0.05)
        for i, (old, _) in enumerate(pairs):
            if old is not None:
                olds[i] = api.call("POST", path, {**sent[i], "spec": old})[1]
        crd["metadata"]["resourceVersion"] = api.call("GET", f"{CRDS}/{plural}.cel.dev")[1]["metadata"]["resourceVersion"]
        crd = create(api, "PUT", f"{CRDS}/{plural}.cel.dev", crd)
        time.sleep(1.5)
    else:
        crd = create(api, "POST", CRDS, crd)
        while not is_served(api, plural):
            time.sleep(0.05)
    cases = []
    for i, (old, _) in enumerate(pairs):
        if old is None:
            cases.append({"object": sent[i], "want": verdict(api.call("POST", path, sent[i], dryRun="All"))})
        else:
            answer = api.call("PUT", f"{path}/o{i}", {**olds[i], "spec": sent[i]["spec"]}, dryRun="All")
            cases.append({"object": sent[i], "old": {**sent[i], "spec": old}, "want": verdict(answer)})
    api.call("DELETE", f"{CRDS}/{plural}.cel.dev")
    return {"name": name, "schema": crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"], "cases": cases}


def main() -> None:
    api = RealApi(sys.argv[1])
    base = definition("rules", thing(), {})
    rules = [{"base": base}]
    for name, spec, root in DEFINITIONS:
        crd = definition("rules", spec, root)
        want = verdict(api.call("POST", CRDS, crd, dryRun="All"))
        is_plain = crd == definition("rules", thing(name), {})
        rules.append({"rule": name, "want": want} if is_plain else {"name": name, "definition": crd, "want": want})
    write_json(OUT / "rules.json", rules)
    write_json(OUT / "rule_objects.json", [record_objects(api, f"c{n}s", name, definition(f"c{n}s", spec, root), pairs)
                                           for n, (name, spec, root, pairs) in enumerate(OBJECTS)])


if __name__ == "__main__":
    main()
