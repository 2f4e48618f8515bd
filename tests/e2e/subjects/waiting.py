# SPDX-License-Identifier: Apache-2.0
"""kubectl wait for conditions, values and deletion."""
import os
import subprocess

from harness import same


def for_a_condition(kubectl) -> None:
    kubectl.apply("web.yaml")
    kubectl.prints("wait deployment/web --for=condition=Available --timeout=60s", "deployment.apps/web condition met")
    kubectl.shows("wait pod -l app=web --for=condition=Ready --timeout=60s", r"pod/web-\S+ condition met", r"pod/web-\S+ condition met")


def for_a_value(kubectl) -> None:
    kubectl.apply("web.yaml")
    kubectl.prints("wait deployment/web --for=jsonpath={.status.readyReplicas}=2 --timeout=60s", "deployment.apps/web condition met")


def for_creation(kubectl) -> None:
    waiting = subprocess.Popen(kubectl.arguments("wait configmap/late --for=create --timeout=30s"), env={**os.environ, **kubectl.env}, stdout=subprocess.PIPE, text=True)
    kubectl("create configmap late")
    same(waiting.communicate(timeout=40)[0], "configmap/late condition met\n")


def for_deletion(kubectl) -> None:
    kubectl.apply("settings.yaml")
    kubectl(["patch", "configmap", "blue", "--type=merge", "-p", '{"metadata":{"finalizers":["example.org/hold"]}}'])
    kubectl("delete configmap blue --wait=false")
    kubectl.fails("wait configmap/blue --for=delete --timeout=1s", "error: timed out waiting for the condition on configmaps/blue")
    kubectl(["patch", "configmap", "blue", "--type=merge", "-p", '{"metadata":{"finalizers":null}}'])
    kubectl("wait configmap/blue --for=delete --timeout=30s")


def a_wait_that_is_not_met_ends_in_time(kubectl) -> None:
    kubectl.apply("web.yaml")
    kubectl.fails("wait deployment/web --for=condition=Strange --timeout=1s", "error: timed out waiting for the condition on deployments/web")
    kubectl.fails("wait deployment/nope --for=condition=Available --timeout=1s", r'Error from server \(NotFound\): deployments\.apps "nope" not found')
