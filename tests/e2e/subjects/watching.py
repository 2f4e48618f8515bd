# SPDX-License-Identifier: Apache-2.0
"""kubectl get --watch and kubectl events."""
import os
import queue
import re
import subprocess
import threading
import time

from harness import same


class _Watch:
    """A kubectl that goes on printing."""

    def __init__(self, kubectl, command: str) -> None:
        self.process = subprocess.Popen(kubectl.arguments(command), env={**os.environ, **kubectl.env}, stdout=subprocess.PIPE, text=True)
        self.lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=lambda: [self.lines.put(re.sub(r"\s{2,}", " ", line.rstrip())) for line in self.process.stdout], daemon=True).start()

    def __enter__(self) -> "_Watch":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()

    def shows(self, *patterns: str) -> None:
        """The next lines match the patterns."""
        for pattern in patterns:
            line = self.lines.get(timeout=30)
            assert re.fullmatch(pattern, line), f"expected {pattern!r}, got {line!r}"


def a_table_goes_on_with_every_change(kubectl) -> None:
    kubectl.apply("settings.yaml")
    with _Watch(kubectl, "get configmaps -l colour --watch") as watch:
        watch.shows("NAME DATA AGE", r"blue 1 \d+s", r"green 2 \d+s")
        kubectl("create -f -", stdin="{apiVersion: v1, kind: ConfigMap, metadata: {name: red, labels: {colour: red}}}")
        watch.shows(r"red 0 \d+s")
        kubectl("patch configmap red --type=merge --patch-file=/dev/stdin", stdin='{"data":{"a":"1"}}')
        watch.shows(r"red 1 \d+s")
        kubectl("delete configmap red")
        watch.shows(r"red 1 \d+s")


def the_type_of_event_is_shown_on_request(kubectl) -> None:
    kubectl.apply("settings.yaml")
    with _Watch(kubectl, "get configmaps -l colour --watch --output-watch-events") as watch:
        watch.shows("EVENT NAME DATA AGE", r"ADDED blue 1 \d+s", r"ADDED green 2 \d+s")
        kubectl("label configmap blue size=tiny --overwrite")
        watch.shows(r"MODIFIED blue 1 \d+s")
        kubectl("label configmap blue colour-")
        watch.shows(r"DELETED blue 1 \d+s")
        kubectl("label configmap blue colour=blue")
        watch.shows(r"ADDED blue 1 \d+s")


def watch_only_skips_what_is_there(kubectl) -> None:
    kubectl.apply("settings.yaml")
    with _Watch(kubectl, "get configmaps -l colour --watch-only") as watch:
        deadline = time.monotonic() + 30
        while watch.lines.empty() and time.monotonic() < deadline:  # the watch has begun once it shows a change
            kubectl(["annotate", "configmap", "blue", "--overwrite", f"n={os.urandom(3).hex()}"])
        watch.shows("NAME DATA AGE", r"blue 1 \d+s")
        kubectl(["patch", "configmap", "green", "--type=merge", "-p", '{"data":null}'])
        assert any(re.fullmatch(r"green 0 \d+s", line) for line in iter(lambda: watch.lines.get(timeout=30), "")), "green was not seen"


def a_rollout_is_seen_step_by_step(kubectl) -> None:
    with _Watch(kubectl, "get deployments --watch --no-headers") as watch:
        kubectl.apply("web.yaml")
        watch.shows(r"web 0/2 0 0 \d+s")
        line = ""
        while not re.fullmatch(r"web 2/2 2 2 \d+s", line):
            line = watch.lines.get(timeout=30)


def events_tell_what_happened(kubectl) -> None:
    kubectl.apply("web.yaml")
    kubectl("rollout status deployment/web --timeout=60s")
    kubectl.shows("events --for=deployment/web", "LAST SEEN TYPE REASON OBJECT MESSAGE", r"\S+ Normal ScalingReplicaSet Deployment/web Scaled up replica set web-\S+ from 0 to 2")
    kubectl.shows("get events", "LAST SEEN TYPE REASON OBJECT MESSAGE")
    reasons = set(kubectl("get events -o jsonpath={.items[*].reason}").out.split())
    assert {"ScalingReplicaSet", "SuccessfulCreate", "Scheduled"} <= reasons, reasons
    same(len(kubectl("get events --field-selector=involvedObject.kind=Deployment,involvedObject.name=web -o name").lines), 1)
