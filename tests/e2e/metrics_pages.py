#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""promtool finds nothing to say about any page of metrics that we serve: metrics_pages.py MIZZEN METRICS_SUBJECT SHOP_SERVER.

Both promtool 3 and Debian's 2.42 look at each: `promtool check metrics` parses a page and lints its names and help texts.
"""
import functools
import os
import re
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable

from clusters import Running
from harness import PEERS_BIN, ROOT, Skip, Tool, run_cases
from running import free_port, get

TEXT = {"Accept": "text/plain;version=0.0.4;escaping=underscores"}
NO_EXPORTERS = {f"OTEL_{signal}_EXPORTER": "none" for signal in ("TRACES", "METRICS", "LOGS")}


def subject_page(subject: str, path: str) -> str:
    with Running([subject, "serve"]) as running:
        return get(f"http://127.0.0.1:{running.says(r'listens on .*:([0-9]+)').group(1)}{path}", **TEXT)


def example_page(shop_server: str) -> str:
    with Running([shop_server, "0"], **NO_EXPORTERS) as running:
        url = f"http://127.0.0.1:{running.says(r':([0-9]+)').group(1)}"
        urllib.request.urlopen(urllib.request.Request(f"{url}/orders", method="POST"), timeout=20).close()
        return get(f"{url}/metrics", **TEXT)


def page_from_up(mizzen: str, command: str, **env: str) -> str:
    """What the command leaves in $PAGE while `mizzen up` runs and serves its metrics at $METRICS too."""
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as page:
        port = str(free_port())
        Tool([mizzen], {**NO_EXPORTERS, "OTEL_METRICS_EXPORTER": "prometheus", "OTEL_EXPORTER_PROMETHEUS_PORT": port, **env, "PAGE": page.name, "METRICS": f"http://127.0.0.1:{port}/metrics"})(
            ["up", str(ROOT / "examples/shop.yaml"), "--port", "0", "--", "sh", "-ec", command])
        return page.read()


def page_of_the_port(mizzen: str) -> str:
    """With what the exporter of spans tells about itself."""
    return page_from_up(mizzen, 'curl -sSf --max-time 20 -o "$PAGE" "$METRICS"', OTEL_TRACES_EXPORTER="otlp", OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:1")


def page_of_the_api_server(mizzen: str) -> str:
    kubectl = PEERS_BIN / "kubectl"
    if not kubectl.exists():
        raise Skip("not installed: kubectl; ./task peers installs it")
    return page_from_up(mizzen, f'{kubectl} get --raw /metrics >"$PAGE"')


def pages(mizzen: str, subject: str, shop_server: str) -> dict[str, tuple[Callable[[], str], str]]:
    """Each page, and the name of a metric that must be on it: an empty page pleases every linter."""
    return {"subject": (lambda: subject_page(subject, "/metrics"), "subject_orders_total"),
            "made": (lambda: subject_page(subject, "/made"), "subject_age_seconds"),
            "example": (lambda: example_page(shop_server), "http_server_request_duration_seconds_bucket"),
            "up_api_server": (lambda: page_of_the_api_server(mizzen), "apiserver_request_total"),
            "up_port": (lambda: page_of_the_port(mizzen), "otel_sdk_span_started_total")}


def is_clean(tool: str, page: Callable[[], str], has: str) -> None:
    if not (PEERS_BIN / tool).exists():
        raise Skip(f"not installed: {tool}; ./task peers installs it")
    text = page()
    assert re.search(rf"^{has}(\{{| )", text, re.MULTILINE), f"{has} is not on the page:\n{text[:2000]}"
    done = subprocess.run([str(PEERS_BIN / tool), "check", "metrics"], input=text, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0 and not done.stdout and not done.stderr, f"exit {done.returncode}\n{done.stdout}{done.stderr}"


def main() -> int:
    if len(sys.argv) != 4:
        sys.exit("usage: metrics_pages.py MIZZEN METRICS_SUBJECT SHOP_SERVER")
    cases = []
    for name, (page, has) in pages(*map(os.path.abspath, sys.argv[1:])).items():
        once = functools.cache(page)
        cases += [(f"{tool}_{name}", lambda tool=tool, once=once, has=has: is_clean(tool, once, has)) for tool in ("promtool", "promtool-2.42")]
    return 0 if run_cases("metrics_pages", cases) else 1


if __name__ == "__main__":
    sys.exit(main())
