#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A real OpenTelemetry Collector receives what a C++ server tells about itself, by each protocol: collector.py SHOP_SERVER."""
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

from harness import PEERS_BIN, run_cases, same
from running import free_port, server, wait_until

TRACE, CALLER = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
WAYS = [(protocol, compression) for protocol in ("http/protobuf", "http/json", "grpc") for compression in ("none", "gzip", "zstd")]


@contextlib.contextmanager
def collector(folder: pathlib.Path) -> Iterator[dict[str, int]]:
    """Runs one that writes to folder/otlp.jsonl; gives its ports by protocol."""
    http, grpc = free_port(), free_port()
    (folder / "otelcol.yaml").write_text(json.dumps({
        "receivers": {"otlp": {"protocols": {"http": {"endpoint": f"127.0.0.1:{http}"}, "grpc": {"endpoint": f"127.0.0.1:{grpc}"}}}},
        "exporters": {"file": {"path": str(folder / "otlp.jsonl"), "flush_interval": "100ms"}},
        "service": {"telemetry": {"metrics": {"level": "none"}}, "pipelines": {signal: {"receivers": ["otlp"], "exporters": ["file"]} for signal in ("traces", "metrics", "logs")}}}), encoding="utf-8")
    with server([str(PEERS_BIN / "otelcol"), "--config", f"file:{folder}/otelcol.yaml"], [http, grpc], folder / "otelcol.log"):
        yield {"http/protobuf": http, "http/json": http, "grpc": grpc}


def serve_an_order(shop_server: str, environment: dict[str, str]) -> str:
    """Runs the server for one order that is part of a trace; gives what it said on standard error."""
    process = subprocess.Popen([shop_server, "0"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **environment})
    port = process.stdout.readline().strip().rpartition(":")[2]
    request = urllib.request.Request(f"http://127.0.0.1:{port}/orders", method="POST", headers={"traceparent": f"00-{TRACE}-{CALLER}-01"})
    with urllib.request.urlopen(request) as answer:
        same(answer.status, 201)
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=20)
    same(process.returncode, 0, said)
    return said


def plain(attributes: list[dict]) -> dict[str, object]:
    return {item["key"]: next(iter(item["value"].values())) for item in attributes}


def all_of(received: list[dict], resources: str, scopes: str, items: str) -> list[dict]:
    """The spans, metrics or records with the service name of their resource."""
    return [{**item, "service": plain(resource["resource"]["attributes"])["service.name"], "scope": scope["scope"].get("name")}
            for line in received for resource in line.get(resources, []) for scope in resource[scopes] for item in scope[items]]


def everything_arrives(shop_server: str, protocol: str, compression: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        with collector(folder) as ports:
            said = serve_an_order(shop_server, {"OTEL_SERVICE_NAME": "shop", "OTEL_EXPORTER_OTLP_PROTOCOL": protocol, "OTEL_EXPORTER_OTLP_COMPRESSION": compression,
                                                "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{ports[protocol]}"})
            same(said, "")
            file = folder / "otlp.jsonl"
            wait_until(lambda: file.exists() and all(part in file.read_text() for part in ("resourceSpans", "resourceMetrics", "resourceLogs")), "all three signals")
        received = [json.loads(line) for line in (folder / "otlp.jsonl").read_text(encoding="utf-8").splitlines()]
    span, = all_of(received, "resourceSpans", "scopeSpans", "spans")
    same((span["service"], span["scope"], span["name"], span["kind"], span["traceId"], span["parentSpanId"]), ("shop", "shop", "POST", 2, TRACE, CALLER))
    attributes = plain(span["attributes"])
    same((attributes["url.path"], attributes["http.response.status_code"]), ("/orders", "201"))
    assert int(span["endTimeUnixNano"]) > int(span["startTimeUnixNano"]) > (time.time() - 60) * 1e9, span
    record, = all_of(received, "resourceLogs", "scopeLogs", "logRecords")
    same((record["service"], record["scope"], record["body"], record["severityNumber"], record["traceId"], record["spanId"]),
         ("shop", "shop.orders", {"stringValue": "order taken"}, 9, TRACE, span["spanId"]))
    same(plain(record["attributes"])["shop.method"], "POST")
    metrics = {metric["name"]: metric for metric in all_of(received, "resourceMetrics", "scopeMetrics", "metrics")}
    orders, duration = metrics["shop_orders"]["sum"], metrics["http.server.request.duration"]["histogram"]
    same((orders["isMonotonic"], orders["aggregationTemporality"], [int(point["asInt"]) for point in orders["dataPoints"]]), (True, 2, [1]))
    same((metrics["http.server.request.duration"]["unit"], metrics["otel.sdk.span.started"]["unit"]), ("s", "{span}"))
    same([(int(point["count"]), len(point["bucketCounts"]), len(point["explicitBounds"])) for point in duration["dataPoints"]], [(1, 15, 14)])


def main() -> int:
    shop_server = sys.argv[1]
    return 0 if run_cases("collector", [(f"{protocol.replace('/', '_')}_{compression}", lambda p=protocol, c=compression: everything_arrives(shop_server, p, c))
                                        for protocol, compression in WAYS]) else 1


if __name__ == "__main__":
    sys.exit(main())
