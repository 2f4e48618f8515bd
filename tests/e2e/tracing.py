#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""From an apply to Ready is one trace, as real receivers have it: tracing.py MIZZEN jaeger|collector|operator."""
import contextlib
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator

from clusters import Running, real_cluster
from collector import all_of, collector, plain
from harness import PEERS_BIN, ROOT, Tool, run_cases, same
from running import accepts, free_port, wait_until

SHOP, HELLO = str(ROOT / "examples/shop.yaml"), str(ROOT / "examples/hello.yaml")
KUBECTL = str(PEERS_BIN / "kubectl")
WEBAPP = "/apis/mizzen.dev/v1/namespaces/{namespace}/webapps/{name}"
# What happens on the way, whoever applied.
STATIONS = ["reconcile WebApp", "reconcile deployment-controller", "reconcile replicaset-controller", "reconcile default-scheduler", "reconcile kubelet",
            "PATCH /apis/apps/v1/namespaces/{namespace}/deployments/{name}", "POST /api/v1/namespaces/{namespace}/pods",
            "PATCH /api/v1/namespaces/{namespace}/pods/{name}/status", f"PATCH {WEBAPP}/status"]


@contextlib.contextmanager
def jaeger(folder: pathlib.Path) -> Iterator[tuple[int, int]]:
    """Runs one that keeps traces in memory; gives the ports of its OTLP receiver and of its query API."""
    otlp, query, grpc = free_port(), free_port(), free_port()
    (folder / "jaeger.yaml").write_text(json.dumps({
        "service": {"extensions": ["jaeger_storage", "jaeger_query"], "telemetry": {"metrics": {"level": "none"}},
                    "pipelines": {"traces": {"receivers": ["otlp"], "exporters": ["jaeger_storage_exporter"]}}},
        "extensions": {"jaeger_query": {"storage": {"traces": "memory"}, "http": {"endpoint": f"127.0.0.1:{query}"}, "grpc": {"endpoint": f"127.0.0.1:{grpc}"}},
                       "jaeger_storage": {"backends": {"memory": {"memory": {"max_traces": 10000}}}}},
        "receivers": {"otlp": {"protocols": {"http": {"endpoint": f"127.0.0.1:{otlp}"}}}},
        "exporters": {"jaeger_storage_exporter": {"trace_storage": "memory"}}}), encoding="utf-8")
    with (folder / "jaeger.log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen([str(PEERS_BIN / "jaeger"), "--config", f"file:{folder}/jaeger.yaml"], stdout=log, stderr=log)
        try:
            wait_until(lambda: process.poll() is not None or accepts(otlp) and accepts(query), "Jaeger's ports")
            assert process.poll() is None, (folder / "jaeger.log").read_text(encoding="utf-8")
            yield otlp, query
        finally:
            process.terminate()
            process.wait(20)


def traces_with(query: int, operation: str, service: str = "mizzen") -> list[list[dict]]:
    """The spans of each trace that has the operation, with the id of the parent, "" of a root."""
    path = f"/api/traces?service={service}&limit=1000&operation=" + urllib.request.quote(operation)
    with urllib.request.urlopen(f"http://127.0.0.1:{query}{path}") as answer:
        found = json.load(answer)["data"] or []
    return [[{"name": span["operationName"], "id": span["spanID"], "parent": span["references"][0]["spanID"] if span["references"] else "",
              "attributes": {tag["key"]: tag["value"] for tag in span["tags"]}} for span in trace["spans"]] for trace in found]


def is_whole(spans: list[dict], root: str) -> None:
    """One root, every parent present, and each station on the way."""
    ids = {span["id"] for span in spans}
    same([span["name"] for span in spans if not span["parent"]], [root])
    same([span["name"] for span in spans if span["parent"] and span["parent"] not in ids], [])
    names = {span["name"] for span in spans}
    same([station for station in STATIONS if station not in names], [])
    visits = [span["attributes"] for span in spans if span["name"] == "reconcile WebApp"]
    assert all(visit["k8s.object.name"] == "shop" and visit["k8s.namespace.name"] == "default" for visit in visits), visits


def up(mizzen: str, file: str, port: int, *command: str, **env: str) -> str:
    """What `mizzen up` says on standard error."""
    return Tool([mizzen], env)(["up", file, "--port", "0", "--otlp", f"http://127.0.0.1:{port}", "--", *command]).err


ONLY_TRACES = {"OTEL_METRICS_EXPORTER": "none", "OTEL_LOGS_EXPORTER": "none"}


def jaeger_has_the_trace_of_mizzen_up(mizzen: str) -> None:
    with tempfile.TemporaryDirectory() as folder, jaeger(pathlib.Path(folder)) as (otlp, query):
        same(up(mizzen, SHOP, otlp, "true", **ONLY_TRACES), "")
        trace, = traces_with(query, "mizzen up")
        is_whole(trace, "mizzen up")
        same(len([span for span in trace if span["name"] == "POST /api/v1/namespaces/{namespace}/pods"]), 3)


def jaeger_has_the_trace_of_kubectl_apply(mizzen: str) -> None:
    """kubectl sends no traceparent: its request is the root."""
    with tempfile.TemporaryDirectory() as folder, jaeger(pathlib.Path(folder)) as (otlp, query):
        same(up(mizzen, HELLO, otlp, "sh", "-ec", f"{KUBECTL} apply --server-side -f {SHOP} && {KUBECTL} wait webapp/shop --for=condition=Ready --timeout=60s", **ONLY_TRACES), "")
        applied = [trace for trace in traces_with(query, f"PATCH {WEBAPP}") if any(span["name"] == f"PATCH {WEBAPP}" and not span["parent"] for span in trace)]
        same(len(applied), 1)
        is_whole(applied[0], f"PATCH {WEBAPP}")


def the_collector_has_it_with_metrics(mizzen: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        with collector(folder) as ports:
            same(up(mizzen, SHOP, ports["http/protobuf"], "true", OTEL_RESOURCE_ATTRIBUTES="deployment.environment.name=laptop"), "")
            file = folder / "otlp.jsonl"
            wait_until(lambda: file.exists() and "resourceMetrics" in file.read_text() and '"mizzen up"' in file.read_text(), "spans and metrics")
            # The file exporter writes what the receiver acknowledged within its interval.
            time.sleep(0.5)
        received = [json.loads(line) for line in (folder / "otlp.jsonl").read_text(encoding="utf-8").splitlines()]
    spans = [{"name": span["name"], "id": span["spanId"], "parent": span.get("parentSpanId", ""), "trace": span["traceId"], "attributes": plain(span.get("attributes", []))}
             for span in all_of(received, "resourceSpans", "scopeSpans", "spans")]
    root, = [span for span in spans if span["name"] == "mizzen up"]
    is_whole([span for span in spans if span["trace"] == root["trace"]], "mizzen up")
    metrics = {metric["name"] for metric in all_of(received, "resourceMetrics", "scopeMetrics", "metrics")}
    wanted = {"apiserver_request", "apiserver_request_duration_seconds", "controller_runtime_reconcile", "workqueue_depth", "rest_client_requests"}
    same(sorted(wanted - metrics), [])


def the_operator_tells_about_itself_on_a_real_cluster(mizzen: str) -> None:
    scrape = free_port()
    with tempfile.TemporaryDirectory() as name, jaeger(pathlib.Path(name)) as (otlp, query), real_cluster() as kubeconfig:
        kubectl = Tool([KUBECTL, "--kubeconfig", kubeconfig], {"HOME": name})
        operator = [mizzen, "operator", "--kubeconfig", kubeconfig, "--otlp", f"http://127.0.0.1:{otlp}"]
        with Running(operator, OTEL_METRICS_EXPORTER="prometheus", OTEL_LOGS_EXPORTER="none", OTEL_EXPORTER_PROMETHEUS_PORT=str(scrape)) as running:
            running.says("operator runs against")
            kubectl.succeeds(["apply", "-f", SHOP])
            kubectl("wait webapp/shop --for=condition=Ready --timeout=60s")
            with urllib.request.urlopen(f"http://127.0.0.1:{scrape}/metrics") as answer:
                page = answer.read().decode()
            same(running.ends(by=signal.SIGTERM), 0, "\n".join(running.printed))
        for line in ('controller_runtime_reconcile_total{controller="WebApp",result="success"}', 'leader_election_master_status{name="mizzen-operator"} 1', "workqueue_adds_total{"):
            assert line in page, f"{line} is not in\n{page}"
        visits = [span for trace in traces_with(query, "reconcile WebApp", "mizzen-operator") for span in trace]
        assert any(span["name"] == "reconcile WebApp" and span["attributes"]["k8s.object.name"] == "shop" for span in visits), visits
        # The requests of a visit are below it.
        ids = {span["id"] for span in visits if span["name"] == "reconcile WebApp"}
        assert any(span["name"] == "PATCH" and span["parent"] in ids for span in visits), visits


SUITES = {"jaeger": [jaeger_has_the_trace_of_mizzen_up, jaeger_has_the_trace_of_kubectl_apply],
          "collector": [the_collector_has_it_with_metrics],
          "operator": [the_operator_tells_about_itself_on_a_real_cluster]}


def main() -> int:
    if len(sys.argv) != 3 or sys.argv[2] not in SUITES:
        sys.exit(f"usage: tracing.py MIZZEN {'|'.join(SUITES)}")
    mizzen = os.path.abspath(sys.argv[1])
    return 0 if run_cases("tracing", [(case.__name__, lambda case=case: case(mizzen)) for case in SUITES[sys.argv[2]]]) else 1


if __name__ == "__main__":
    sys.exit(main())
