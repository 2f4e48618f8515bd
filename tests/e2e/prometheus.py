#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Real Prometheus (3 and Debian's 2.42), VictoriaMetrics and the Pushgateway have what a C++ program tells them: prometheus.py METRICS_SUBJECT SHOP_SERVER.

By scrape in each format they can ask for, by remote write 1.0 and 2.0, and pushed; what they have is asked back through their query API.
"""
import contextlib
import dataclasses
import json
import math
import pathlib
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator

from clusters import Running
from harness import PEERS_BIN, Skip, Tool, run_cases, same
from running import free_port, get, get_json, server, wait_until

SUBJECT, SHOP_SERVER = "", ""
TRACE = {"trace_id": "0af7651916cd43dd8448eb211c80319c", "span_id": "b7ad6b7169203331"}
# The values of tests/e2e/subjects/subject_metrics.cpp; 0.1 and 1.0 are written in two ways.
VALUES = {
    'subject_orders_total{route="/plain"}': 3, 'subject_orders_total{route="/\\"a\\\\b\\ncé"}': 4, "subject_cpu_seconds_total": 0.25, "subject_depth": -2,
    'subject_edge{which="inf"}': math.inf, 'subject_edge{which="tenth"}': 0.1, 'subject_build_info{version="1.2"}': 1,
    'subject_phase{subject_phase="open"}': 1, 'subject_phase{subject_phase="closed"}': 0,
    'subject_latency_seconds_bucket{le="0.1"}': 1, 'subject_latency_seconds_bucket{le=~"1|1.0"}': 2, 'subject_latency_seconds_bucket{le=~"10|10.0"}': 2,
    'subject_latency_seconds_bucket{le="+Inf"}': 3, "subject_latency_seconds_count": 3, "subject_latency_seconds_sum": 50.55,
    'subject_size_bytes{quantile="0.5"}': 1, 'subject_size_bytes{quantile=~"1|1.0"}': 64, "subject_size_bytes_count": 4, "subject_size_bytes_sum": 67}
# VictoriaMetrics keeps decimal numbers: not these.
EDGES = {'subject_edge{which="small"}': 5e-324, 'subject_edge{which="large"}': 1.7976931348623157e308, 'subject_edge{which="nan"}': math.nan}
AS_CLASSIC = {"subject_wait_seconds_count": 4, "subject_wait_seconds_sum": 7, 'subject_wait_seconds_bucket{le="+Inf"}': 4}
# Of 0, 1, 2 and 4; the buckets' bounds are 0.3 % apart.
AS_NATIVE = {"histogram_count(subject_wait_seconds)": 4, "histogram_sum(subject_wait_seconds)": 7, "histogram_quantile(1, subject_wait_seconds)": 4,
             "histogram_quantile(0.4, subject_wait_seconds)": 1, "histogram_fraction(1, 2, subject_wait_seconds)": 0.25}
SUMMARY = {'subject_age_seconds{quantile="0.5"}': 2, 'subject_age_seconds{quantile="0.99"}': 9.5, "subject_age_seconds_count": 4, "subject_age_seconds_sum": 17}
EXEMPLARS = {"subject_orders_total": "3", "subject_latency_seconds_bucket": "0.5"}
NATIVE_EXEMPLARS = {"subject_wait_seconds": "4"}


@dataclasses.dataclass
class Store:
    """What answers queries at http://127.0.0.1:PORT."""
    port: int

    def query(self, expression: str) -> list[tuple[dict[str, str], float]]:
        answer = get_json(f"http://127.0.0.1:{self.port}/api/v1/query", query=expression, time=f"{time.time() + 0.1:.3f}")
        return [(item["metric"], float(item["value"][1])) for item in answer["data"]["result"]]

    def has(self, values: dict[str, float]) -> None:
        for expression, value in values.items():
            found = [number for _, number in self.query(expression)]
            # Quantiles and fractions are as exact as buckets are wide.
            tolerance = 0.015 if "quantile" in expression or "fraction" in expression else 1e-9
            is_it = len(found) == 1 and (math.isclose(found[0], value, rel_tol=tolerance) or math.isnan(found[0]) and math.isnan(value))
            assert is_it, f"{expression}: expected {value}, found {found}; there is {self.names()}"

    def names(self) -> list[str]:
        return get_json(f"http://127.0.0.1:{self.port}/api/v1/label/__name__/values")["data"]

    def exemplars(self, name: str) -> list[tuple[dict[str, str], str]]:
        answer = get_json(f"http://127.0.0.1:{self.port}/api/v1/query_exemplars", query=name, start=str(time.time() - 3600), end=str(time.time() + 60))
        return [(exemplar["labels"], exemplar["value"]) for series in answer["data"] for exemplar in series["exemplars"]]

    def has_exemplars(self, values: dict[str, str]) -> None:
        for name, value in values.items():
            wait_until(lambda name=name: self.exemplars(name), f"an exemplar of {name}", 5)
            same([(labels, float(number)) for labels, number in self.exemplars(name)], [(TRACE, float(value))], name)


@contextlib.contextmanager
def prometheus(tool: str, scrapes: list[dict], *flags: str) -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as name:
        folder, port = pathlib.Path(name), free_port()
        (folder / "prometheus.yml").write_text(json.dumps({"global": {"scrape_interval": "1s", "scrape_timeout": "1s"}, "scrape_configs": scrapes}), encoding="utf-8")
        with server([str(PEERS_BIN / tool), f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/data", f"--web.listen-address=127.0.0.1:{port}",
                     "--scrape.discovery-reload-interval=100ms", *flags], [port], folder / "log"):
            wait_until(lambda: is_ready(port), f"{tool} to be ready")
            yield Store(port)


def is_ready(port: int) -> bool:
    with contextlib.suppress(OSError):
        return bool(get(f"http://127.0.0.1:{port}/-/ready"))
    return False


@contextlib.contextmanager
def victoria_metrics() -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as name:
        folder, port = pathlib.Path(name), free_port()
        with server([str(PEERS_BIN / "victoria-metrics"), f"-storageDataPath={folder}/data", f"-httpListenAddr=127.0.0.1:{port}", "-search.latencyOffset=0s",
                     "-search.disableCache", "-enableTCP6=false"], [port], folder / "log"):
            yield Store(port)


@dataclasses.dataclass
class Pages:
    """A program that serves pages, and the content types it has answered with."""
    running: Running
    port: int

    def answered_as(self, path: str) -> str:
        return self.running.says(f"^{path} as (.*)").group(1)


@contextlib.contextmanager
def pages() -> Iterator[Pages]:
    with Running([SUBJECT, "serve"]) as running:
        yield Pages(running, int(running.says(r"listens on .*:(\d+)").group(1)))


def scraped(tool: str, path: str, content_type: str, check: Callable[[Store], None], config: dict | None = None, flags: tuple[str, ...] = ()) -> None:
    with pages() as served:
        scrape = {"job_name": "subject", "metrics_path": path, "static_configs": [{"targets": [f"127.0.0.1:{served.port}"]}], **(config or {})}
        with prometheus(tool, [scrape], *flags) as store:
            answered = served.answered_as(path)
            assert content_type in answered, f"it was answered as {answered}, not {content_type}"
            wait_until(lambda: store.query("up"), "a scrape")
            same([number for _, number in store.query("up")], [1.0], "up: the page is refused")
            check(store)


def has_all(*values: dict[str, float], exemplars: dict[str, str] | None = None) -> Callable[[Store], None]:
    def check(store: Store) -> None:
        for some in values:
            store.has(some)
        if exemplars:
            store.has_exemplars(exemplars)
        else:
            same(store.exemplars("subject_orders_total"), [])
    return check


V3 = ("--enable-feature=exemplar-storage",)
V2 = ("--enable-feature=exemplar-storage,promql-at-modifier",)
V2_NATIVE = ("--enable-feature=exemplar-storage,native-histograms",)
PROTOBUF, OPENMETRICS, TEXT = "application/vnd.google.protobuf", "application/openmetrics-text; version=", "text/plain; version="


def scrape_cases() -> Iterator[tuple[str, Callable[[], None]]]:
    for protocol, content_type in {"OpenMetricsText1.0.0": OPENMETRICS + "1.0.0", "OpenMetricsText0.0.1": OPENMETRICS + "0.0.1",
                                   "PrometheusText1.0.0": TEXT + "1.0.0", "PrometheusText0.0.4": TEXT + "0.0.4"}.items():
        exemplars = EXEMPLARS if "Open" in protocol else None
        yield f"v3_scrapes_{protocol}", lambda p=protocol, c=content_type, e=exemplars: scraped(
            "prometheus", "/metrics", c, has_all(VALUES, EDGES, AS_CLASSIC, exemplars=e), {"scrape_protocols": [p]}, V3)
        yield f"v3_scrapes_summaries_by_{protocol}", lambda p=protocol, c=content_type: scraped("prometheus", "/made", c, has_all(SUMMARY), {"scrape_protocols": [p]}, V3)
    native = {"scrape_protocols": ["PrometheusProto"], "scrape_native_histograms": True}
    yield "v3_scrapes_protobuf", lambda: scraped("prometheus", "/metrics", PROTOBUF, has_all(VALUES, EDGES, AS_NATIVE, exemplars=EXEMPLARS | NATIVE_EXEMPLARS), native, V3)
    yield "v3_scrapes_summaries_by_protobuf", lambda: scraped("prometheus", "/made", PROTOBUF, has_all(SUMMARY), native, V3)
    yield "v3_scrapes_what_it_asks_for_by_itself", lambda: scraped("prometheus", "/metrics", "", has_all(VALUES, EDGES, exemplars=EXEMPLARS), None, V3)
    for scheme, name, label in (("allow-utf-8", "subject.größe_total", "http.method"), ("underscores", "subject_gr__e_total", "http_method"),
                                ("dots", "subject_dot_gr____e__total", "http_dot_method"), ("values", "U__subject_2e_gr_f6__df_e__total", "U__http_2e_method")):
        for protocol in ("OpenMetricsText1.0.0", "PrometheusText1.0.0"):
            yield f"v3_scrapes_{protocol}_names_as_{scheme}", lambda s=scheme, n=name, l=label, p=protocol: scraped(
                "prometheus", "/made", f"escaping={s}", has_all({f'{{"{n}","{l}"="GET"}}': 8}),
                {"scrape_protocols": [p], "metric_name_validation_scheme": "utf8" if s == "allow-utf-8" else "legacy", "metric_name_escaping_scheme": s}, V3)
    # By protobuf it asks for no scheme, which means underscores.
    yield "v3_scrapes_protobuf_names_as_underscores", lambda: scraped("prometheus", "/made", PROTOBUF, has_all({'subject_gr__e_total{http_method="GET"}': 8}), native, V3)
    yield "v2_scrapes_openmetrics", lambda: scraped("prometheus-2.42", "/metrics", OPENMETRICS + "1.0.0", has_all(VALUES, EDGES, AS_CLASSIC, exemplars=EXEMPLARS), None, V2)
    yield "v2_scrapes_protobuf", lambda: scraped("prometheus-2.42", "/metrics", PROTOBUF, has_all(VALUES, EDGES, AS_NATIVE, exemplars=EXEMPLARS), None, V2_NATIVE)
    for flags in (V2, V2_NATIVE):
        yield f"v2_scrapes_names_and_summaries_{'protobuf' if flags == V2_NATIVE else 'openmetrics'}", lambda f=flags: scraped(
            "prometheus-2.42", "/made", "", has_all({'subject_gr__e_total{http_method="GET"}': 8}, SUMMARY), None, f)


def written(store: Store, version: str, sent_as: int, check: Callable[[Store], None], path: str = "/api/v1/write") -> None:
    """Sends for a while, looks, ends the sender, and looks whether the series have ended."""
    with Running([SUBJECT, "write", str(store.port), path, version]) as running:
        wait_until(lambda: store.query("subject_depth"), "what was sent")
        time.sleep(0.5)  # for one that stores several samples
        check(store)
        same(running.ends(by=signal.SIGTERM), 0)
    counts = json.loads(running.printed[-1])
    same((counts["problem"], counts["version"], counts["written"]), ("", sent_as, counts["taken"]))
    assert counts["collections"] >= 3, counts
    for name in ("subject_depth", "subject_orders_total", "subject_latency_seconds_bucket", "subject_wait_seconds"):
        wait_until(lambda name=name: not store.query(name), f"the end of {name}", 5)


def write_to_prometheus(tool: str, version: str, sent_as: int, check: Callable[[Store], None], *flags: str) -> None:
    with prometheus(tool, [], "--web.enable-remote-write-receiver", *flags) as store:
        written(store, version, sent_as, check)


def write_to_victoria_metrics(version: str, sent_as: int) -> None:
    with victoria_metrics() as store:
        written(store, version, sent_as, lambda store: store.has(VALUES))
        # It forgets series soon by itself; that it was told shows in what it stored.
        stored = [json.loads(line)["values"] for line in get(f"http://127.0.0.1:{store.port}/api/v1/export?match[]=subject_depth").splitlines()]
        same([(values[0], values[-1]) for values in stored], [(-2, None)])


def write_cases() -> Iterator[tuple[str, Callable[[], None]]]:
    everything = (VALUES, EDGES, AS_NATIVE, {'subject_depth{job="subject",instance="here"}': -2})
    for version in ("1", "2"):
        yield f"v3_is_written_{version}", lambda v=version: write_to_prometheus("prometheus", v, int(v), has_all(*everything, exemplars=EXEMPLARS | NATIVE_EXEMPLARS), *V3)
        # It knows 1.0 only, and takes 2.0 for an empty request. Of native histograms it drops exemplars that come with the first sample.
        yield f"v2_is_written_{version}", lambda v=version: write_to_prometheus("prometheus-2.42", v, 1, has_all(*everything, exemplars=EXEMPLARS), *V2_NATIVE)
        yield f"victoria_metrics_is_written_{version}", lambda v=version: write_to_victoria_metrics(v, 1)


@contextlib.contextmanager
def pushgateway() -> Iterator[int]:
    with tempfile.TemporaryDirectory() as name:
        port = free_port()
        with server([str(PEERS_BIN / "pushgateway"), f"--web.listen-address=127.0.0.1:{port}"], [port], pathlib.Path(name) / "log"):
            yield port


def pushed(format: str) -> None:
    """Prometheus has what a job left; what the job removes is gone."""
    group = '{job="nightly",path="/var/a b"}'
    with pushgateway() as port:
        for verb in ("push", "add"):
            Tool([SUBJECT])(["push", str(port), format, verb])
            scrape = {"job_name": "pushgateway", "honor_labels": True, "static_configs": [{"targets": [f"127.0.0.1:{port}"]}],
                      "scrape_protocols": ["PrometheusProto"], "scrape_native_histograms": True}
            with prometheus("prometheus", [scrape], *V3) as store:
                wait_until(lambda store=store: store.query(f"subject_depth{group}"), "a scrape")
                store.has(VALUES)
                store.has(AS_NATIVE if format == "protobuf" else AS_CLASSIC)
            if verb == "push":
                Tool([SUBJECT])(["push", str(port), format, "remove"])
                page = get(f"http://127.0.0.1:{port}/metrics")
                assert "nightly" not in page and "push_time" not in page, page
    with pushgateway() as port:
        port_of_none = str(port)
    Tool([SUBJECT]).fails(["push", port_of_none, format, "push"], "refused")


def the_example_is_scraped() -> None:
    with Running([SHOP_SERVER, "0"], OTEL_SDK_DISABLED="false", OTEL_TRACES_EXPORTER="none", OTEL_METRICS_EXPORTER="none", OTEL_LOGS_EXPORTER="none") as shop:
        port = shop.says(r":(\d+)").group(1)
        with prometheus("prometheus", [{"job_name": "shop", "static_configs": [{"targets": [f"127.0.0.1:{port}"]}]}], *V3) as store:
            wait_until(lambda: store.query("shop_orders_total"), "a scrape")
            same([number for _, number in store.query("up")], [1.0])


NEEDS = {"v2": ["prometheus-2.42"], "victoria": ["victoria-metrics"], "pushgateway": ["pushgateway", "prometheus"]}


def unless_missing(name: str, case: Callable[[], None]) -> Callable[[], None]:
    def run() -> None:
        if absent := [tool for tool in NEEDS.get(name.split("_")[0], ["prometheus"]) if not (PEERS_BIN / tool).exists()]:
            raise Skip(f"not installed: {' '.join(absent)}; ./task peers installs them")
        case()
    return run


def main() -> int:
    global SUBJECT, SHOP_SERVER
    if len(sys.argv) not in (3, 4):
        sys.exit("usage: prometheus.py METRICS_SUBJECT SHOP_SERVER [PART OF A CASE'S NAME]")
    SUBJECT, SHOP_SERVER = sys.argv[1:3]
    part = sys.argv[3] if len(sys.argv) == 4 else ""
    cases = [*scrape_cases(), *write_cases(), ("the_example_is_scraped", the_example_is_scraped),
             *((f"pushgateway_takes_{format}", lambda format=format: pushed(format)) for format in ("protobuf", "text"))]
    return 0 if run_cases("prometheus", [(name, unless_missing(name, case)) for name, case in cases if part in name]) else 1


if __name__ == "__main__":
    sys.exit(main())
