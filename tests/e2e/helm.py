#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Takes releases through their life with Helm 3 or 4 against the API server of $KUBECONFIG: helm.py helm3|helm4.

Each case has a namespace of its own; every command must end with the exit code that it has on the real server.
"""
import json
import os
import secrets
import sys
import tempfile

import harness
from harness import PEERS_BIN, ROOT, same

CHART = str(ROOT / "tools/peers/helm-demo")


class Helm(harness.Tool):
    """Helm in one namespace, and kubectl to see what it did there."""

    def __init__(self, tool: str, namespace: str, home: str) -> None:
        super().__init__([str(PEERS_BIN / tool), "--namespace", namespace], {"HOME": home})
        self.namespace = namespace
        self.kubectl = harness.Tool([str(PEERS_BIN / "kubectl"), "--namespace", namespace], {"HOME": home})

    def field(self, target: str, path: str) -> str:
        return self.kubectl(["get", target, "-o", f"jsonpath={{{path}}}"]).out

    def history(self) -> list[str]:
        return [entry["status"] for entry in json.loads(self("history tiny -o json").out)]


def a_release_is_installed_upgraded_rolled_back_and_removed(helm: Helm) -> None:
    helm(["install", "tiny", CHART, "--create-namespace"])
    helm.fails(["install", "tiny", CHART], "Error: INSTALLATION FAILED: .*cannot re-?use a name that is still in use")
    helm("status tiny")
    same([(entry["name"], entry["status"]) for entry in json.loads(helm("list -o json").out)], [("tiny", "deployed")])
    assert 'greeting: "hello"' in helm("get manifest tiny").out
    same((helm.field("configmap/tiny", ".data.greeting"), helm.field("widget/tiny", ".spec.size"), helm.field("configmap/tiny-hook", ".data.revision")), ("hello", "1", "1"))

    helm(["upgrade", "tiny", CHART, "--dry-run=server", "--set", "replicas=3"])
    same(helm.field("deployment/tiny", ".spec.replicas"), "1")
    helm(["upgrade", "tiny", CHART, "--set", "greeting=hi,replicas=2"])
    same((helm.field("configmap/tiny", ".data.greeting"), helm.field("deployment/tiny", ".spec.replicas"), helm.field("configmap/tiny-hook", ".data.revision")), ("hi", "2", "2"))
    helm(["upgrade", "--install", "tiny", CHART, "--set", "greeting=hey"])
    same(helm.field("configmap/tiny", ".data.greeting"), "hey")
    helm("rollback tiny 1")
    same((helm.field("configmap/tiny", ".data.greeting"), helm.field("deployment/tiny", ".spec.replicas"), helm.field("widget/tiny", ".spec.size")), ("hello", "1", "1"))
    same(helm.history(), ["superseded", "superseded", "superseded", "deployed"])
    helm.fails("rollback tiny 9", "Error: ")

    helm("uninstall tiny")
    helm.fails("status tiny", "Error: release: not found")
    same(helm.kubectl("get deployments,services,secrets,widgets -o name").out, "")
    helm.fails("uninstall tiny", "Error: uninstall: Release not loaded: tiny: release: not found")


def wait_ends_when_the_release_is_ready(helm: Helm) -> None:
    helm(["install", "tiny", CHART, "--create-namespace", "--set", "replicas=2", "--wait", "--timeout", "60s"])
    same(helm.field("deployment/tiny", ".status.readyReplicas"), "2")
    helm(["upgrade", "tiny", CHART, "--set", "replicas=3", "--wait", "--timeout", "60s"])
    same(helm.field("deployment/tiny", ".status.readyReplicas"), "3")
    helm("uninstall tiny --wait --timeout 60s")
    helm.kubectl.becomes("get deployments,replicasets,pods -o name --ignore-not-found", "")


def a_failed_upgrade_is_recorded_and_can_be_undone(helm: Helm) -> None:
    helm(["install", "tiny", CHART, "--create-namespace"])
    helm.fails(["upgrade", "tiny", CHART, "--set", "replicas=-1"], r"Error: UPGRADE FAILED: [^$]*spec\.replicas: Invalid value: -1: must be greater than or equal to 0")
    same(helm.history(), ["deployed", "failed"])
    helm("rollback tiny 1")
    same(helm.history()[-1], "deployed")
    helm("uninstall tiny")


def an_object_of_somebody_else_is_not_taken_over(helm: Helm) -> None:
    helm.kubectl(["create", "namespace", helm.namespace])
    helm.kubectl("create configmap tiny")
    helm.fails(["install", "tiny", CHART], rf'Error: INSTALLATION FAILED: [^$]*ConfigMap "tiny" in namespace "{helm.namespace}" exists and cannot be imported into the current release')


def in_new_namespace(tool: str, case) -> None:
    with tempfile.TemporaryDirectory() as home:
        case(Helm(tool, f"{tool}-{secrets.token_hex(3)}", home))


def main() -> int:
    if len(sys.argv) != 2 or "KUBECONFIG" not in os.environ:
        sys.exit("usage: KUBECONFIG=FILE helm.py helm3|helm4")
    cases = [a_release_is_installed_upgraded_rolled_back_and_removed, wait_ends_when_the_release_is_ready, a_failed_upgrade_is_recorded_and_can_be_undone,
             an_object_of_somebody_else_is_not_taken_over]
    return 0 if harness.run_cases(sys.argv[1], [(case.__name__, lambda case=case: in_new_namespace(sys.argv[1], case)) for case in cases]) else 1


if __name__ == "__main__":
    sys.exit(main())
