#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the suites against the real systems that are installed and says which are not: peers.py MIZZEN [PART OF A PEER'S NAME].

Each suite prints GoogleTest's lines; a peer that is missing is a skipped case that says how to install it.
"""
import os
import pathlib
import subprocess
import sys

import harness
from clusters import real_cluster
from harness import PEERS_BIN, ROOT

HERE = ROOT / "tests/e2e"
HELLO = str(ROOT / "examples/hello.yaml")
CONTROL_PLANE = ["kube-apiserver", "kube-controller-manager", "kube-scheduler", "etcd", "kwok", "kubectl"]


def missing(*tools: str) -> list[str]:
    return [tool for tool in tools if not (PEERS_BIN / tool).exists()]


def against_ours(mizzen: str, suite: list[str]) -> bool:
    """Runs a suite as the command of `mizzen up`, whose exit code is the command's."""
    return subprocess.run([mizzen, "up", HELLO, "--port", "0", "--", sys.executable, *suite], check=False).returncode == 0


def against_the_real_one(suite: list[str]) -> bool:
    with real_cluster() as kubeconfig:
        return subprocess.run([sys.executable, *suite], check=False, env={**os.environ, "KUBECONFIG": kubeconfig}).returncode == 0


def kubectl(program: pathlib.Path) -> list[str]:
    return [str(HERE / "kubectl.py"), "--kubectl", str(program)]


def peers(mizzen: str):
    """Name, what it needs, and what runs it."""
    for tool in ("kubectl", "kubectl-1.34"):
        yield tool, [tool], lambda tool=tool: against_ours(mizzen, kubectl(PEERS_BIN / tool))
    for tool in ("helm3", "helm4"):
        yield tool, [tool, "kubectl"], lambda tool=tool: against_ours(mizzen, [str(HERE / "helm.py"), tool])
    yield "operator_on_real", CONTROL_PLANE, lambda: subprocess.run([sys.executable, str(HERE / "operator_on_real.py"), mizzen], check=False).returncode == 0
    shop_server = str(pathlib.Path(mizzen).parent / "shop_server")
    yield "collector", ["otelcol"], lambda: subprocess.run([sys.executable, str(HERE / "collector.py"), shop_server], check=False).returncode == 0
    subject = str(pathlib.Path(mizzen).parent / "metrics_subject")
    def metrics(suite: str, *arguments: str, python: str = sys.executable) -> bool:
        return subprocess.run([python, str(HERE / suite), *arguments], check=False).returncode == 0
    yield "prometheus", [], lambda: metrics("prometheus.py", subject, shop_server)
    yield "metrics_pages", [], lambda: metrics("metrics_pages.py", mizzen, subject, shop_server)
    # Debian's Python, whose packages hold the reference parser.
    yield "openmetrics", [], lambda: metrics("openmetrics.py", subject, python="/usr/bin/python3")
    def tracing(receiver: str) -> bool:
        return subprocess.run([sys.executable, str(HERE / "tracing.py"), mizzen, receiver], check=False).returncode == 0
    yield "tracing_jaeger", ["jaeger", "kubectl"], lambda: tracing("jaeger")
    yield "tracing_collector", ["otelcol"], lambda: tracing("collector")
    yield "tracing_operator", ["jaeger", *CONTROL_PLANE], lambda: tracing("operator")
    yield "package", [], lambda: subprocess.run([sys.executable, str(HERE / "package.py"), str(pathlib.Path(mizzen).parent)], check=False).returncode == 0
    # That the expectations are those of Kubernetes, and not just ours.
    yield "kubectl_on_real", CONTROL_PLANE, lambda: against_the_real_one(kubectl(PEERS_BIN / "kubectl"))


def main() -> int:
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: peers.py MIZZEN [PART OF A PEER'S NAME]")
    mizzen, part = sys.argv[1], sys.argv[2] if len(sys.argv) == 3 else ""
    chosen = [peer for peer in peers(mizzen) if part in peer[0]]
    if not chosen:
        sys.exit(f"peers.py: no peer's name holds '{part}'; there are: {' '.join(name for name, _, _ in peers(mizzen))}")
    passed = True
    for name, needs, run in chosen:
        if absent := missing(*needs):
            harness.run_cases("peers", [(name, lambda: skip(absent))])
        else:
            passed = run() and passed
    return 0 if passed else 1


def skip(absent: list[str]) -> None:
    raise harness.Skip(f"not installed: {' '.join(absent)}; ./task peers installs them")


if __name__ == "__main__":
    sys.exit(main())
