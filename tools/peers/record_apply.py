#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Records who owns which field on a real kube-apiserver: record_apply.py KUBECONFIG writes mizzen/apiserver/apply/testdata/<scenario>.json.

A scenario is a story of one object. Per step it has what was sent, the object before and afterwards, or the refusal. Steps are more than a second
apart, so that the times of managers, which order them, differ.
"""
import copy
import json
import pathlib
import sys
import time

from real_api import RealApi, write_json
from apply_scenarios import CRD, SCENARIOS

OUT = pathlib.Path(__file__).resolve().parents[2] / "mizzen/apiserver/apply/testdata"
PATHS = {"ConfigMap": "/api/v1/namespaces/default/configmaps", "Service": "/api/v1/namespaces/default/services", "Pod": "/api/v1/namespaces/default/pods",
         "Deployment": "/apis/apps/v1/namespaces/default/deployments", "Story": "/apis/stories.example.com/v1/namespaces/default/stories"}
CUT = ("creationTimestamp", "generation", "resourceVersion")


def cut(thing: dict | None) -> dict | None:
    return thing and thing | {"metadata": {key: value for key, value in thing["metadata"].items() if key not in CUT}}


class Story:
    def __init__(self, api: RealApi, name: str, kind: str) -> None:
        self.api, self.name, self.path = api, name, PATHS[kind]
        self.steps: list[dict] = []

    def live(self) -> dict | None:
        code, answer = self.api.call("GET", f"{self.path}/{self.name}")
        return answer if code == 200 else None

    def send(self, op: str, body: object, manager: str, sub: str, force: bool) -> tuple[int, dict]:
        url = f"{self.path}/{self.name}" + (f"/{sub}" if sub else "")
        if op == "create":
            return self.api.call("POST", self.path, body, fieldManager=manager)
        if op == "apply":
            return self.api.call("PATCH", url, body, "application/apply-patch+yaml", fieldManager=manager, force="true" if force else "false", fieldValidation="Ignore")
        media_type = "application/json-patch+json" if isinstance(body, list) else "application/merge-patch+json"
        return self.api.call("PATCH", url, body, media_type, fieldManager=manager)

    def step(self, op: str, body: object, manager: str = "one", sub: str = "", force: bool = False) -> None:
        body = copy.deepcopy(body)
        if isinstance(body, dict) and op != "patch":
            body["metadata"] = {"name": self.name, "namespace": "default"} | body.get("metadata", {})
        before = self.live()
        code, answer = self.send(op, body, manager, sub, force)
        after = self.live()
        same = before is not None and after is not None and before["metadata"]["resourceVersion"] == after["metadata"]["resourceVersion"]
        recorded = {"op": op, "body": body, "manager": manager, "subresource": sub, "force": force, "code": code, "before": cut(before)}
        self.steps.append(recorded | ({"after": cut(after), "written": not same} if code < 300 else {"refusal": answer}))
        time.sleep(1.1)


def main() -> None:
    api = RealApi(sys.argv[1])
    assert api.call("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", CRD)[0] in (201, 409)
    time.sleep(4)
    for name, (kind, steps) in SCENARIOS.items():
        story = Story(api, name.replace("_", "-"), kind)
        for step in steps:
            story.step(**step)
        write_json(OUT / f"{name}.json", story.steps)


if __name__ == "__main__":
    main()
