#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Drives the stock kubectl against the API server of $KUBECONFIG, ours or the real one: kubectl.py [--kubectl PROGRAM] [PART OF A NAME].

Every case runs in a namespace of its own and checks what kubectl printed; the expectations hold on kube-apiserver with kube-controller-manager.
"""
import argparse
import importlib
import os
import pathlib
import secrets
import sys
import tempfile

import harness

SUBJECTS = ["discovery", "reading", "creating", "applying", "changing", "metadata", "rollout", "waiting", "describing", "deleting", "access", "watching", "custom"]


class Kubectl(harness.Tool):
    """kubectl in one namespace."""

    def __init__(self, program: str, namespace: str, home: str) -> None:
        super().__init__([program, "--namespace", namespace], {"HOME": home, "LC_ALL": "C"})
        self.namespace = namespace
        self.home = pathlib.Path(home)

    def apply(self, name: str) -> None:
        """Applies a file of testdata."""
        self(["apply", "-f", str(harness.TESTDATA / name)])

    def field(self, target: str, path: str) -> str:
        """One field of an object, such as field("deployment/web", ".spec.replicas")."""
        return self(["get", target, "-o", f"jsonpath={{{path}}}"]).out


def cases_of(module: str, program: str, wanted: str):
    for name, function in list(vars(importlib.import_module(f"subjects.{module}")).items()):
        if callable(function) and getattr(function, "__module__", "") == f"subjects.{module}" and not name.startswith("_") and wanted in f"{module}.{name}":
            yield name, lambda function=function, name=name: in_new_namespace(program, name, function)


def in_new_namespace(program: str, case: str, function) -> None:
    namespace = f"{case[:40].replace('_', '-').rstrip('-')}-{secrets.token_hex(3)}"
    with tempfile.TemporaryDirectory() as home:
        kubectl = Kubectl(program, namespace, home)
        os.makedirs(f"{home}/.kube", exist_ok=True)
        kubectl.prints(["create", "namespace", namespace], f"namespace/{namespace} created")
        function(kubectl)


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--kubectl", default=str(harness.PEERS_BIN / "kubectl"))
    arguments.add_argument("part", nargs="?", default="")
    options = arguments.parse_args()
    if "KUBECONFIG" not in os.environ:
        arguments.error("KUBECONFIG names no cluster")
    suite = pathlib.Path(options.kubectl).name
    results = [harness.run_cases(f"{suite}_{module}", cases_of(module, options.kubectl, options.part)) for module in SUBJECTS]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
