#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures the main job as a user starts it: up.py MIZZEN FILE. Prints one JSON object per figure, each the median of 20 starts.

up.readyz: from exec to the first 200 of /readyz, over TLS. up.ready: from exec to the WebApp Ready. up.rss: resident memory then.
The peer, where it is installed, is what others start for the same purpose: the real etcd and kube-apiserver (readyz, rss).
"""
import os
import pathlib
import re
import socket
import ssl
import statistics
import subprocess
import sys
import tempfile
import time

from figure import figure

RUNS = 20
ROOT = pathlib.Path(__file__).resolve().parent.parent
PEER = "etcd + kube-apiserver"
PEERS = pathlib.Path(os.environ.get("PEERS_DIR", pathlib.Path.home() / ".cache/mizzen-peers"))


def resident_mib(pid: int) -> float:
    status = pathlib.Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(re.search(r"^VmRSS:\s+(\d+) kB", status, re.MULTILINE).group(1)) / 1024


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def answers_ready(port: int, tls: ssl.SSLContext) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as plain, tls.wrap_socket(plain) as stream:
            stream.sendall(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            return stream.recv(64).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


def one_start(mizzen: str, file: str) -> tuple[float, float, float]:
    """Milliseconds to /readyz, milliseconds to Ready, MiB resident at Ready."""
    port, anyone = free_port(), ssl.create_default_context()
    anyone.check_hostname, anyone.verify_mode = False, ssl.CERT_NONE
    with tempfile.TemporaryDirectory() as home:
        began = time.perf_counter()
        process = subprocess.Popen([mizzen, "up", file, "--port", str(port)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ, "HOME": home})
        try:
            while not answers_ready(port, anyone):
                if process.poll() is not None:
                    sys.exit(f"{mizzen} ended with {process.returncode}:\n{process.stdout.read()}")
                time.sleep(0.0005)
            readyz = time.perf_counter() - began
            for line in process.stdout:
                if re.search(r"^WebApp \S+  Ready ", line):
                    break
            return readyz * 1000, (time.perf_counter() - began) * 1000, resident_mib(process.pid)
        finally:
            process.terminate()
            process.communicate()


def peer_start() -> tuple[float, float] | None:
    """The same two figures of etcd and kube-apiserver, which know no WebApp; None where they are not installed."""
    if not all((PEERS / "bin" / tool).exists() for tool in ("etcd", "kube-apiserver")):
        return None
    script = str(ROOT / "tools/peers/real-cluster.sh")
    with tempfile.TemporaryDirectory() as folder:
        try:
            said = subprocess.run([script, "up", folder], check=True, capture_output=True, text=True, env={**os.environ, "ONLY": "etcd kube-apiserver"}).stdout
            pids = [int((pathlib.Path(folder) / "pid" / name).read_text(encoding="utf-8")) for name in ("etcd", "kube-apiserver")]
            return float(re.search(r"/readyz after ([\d.]+) s", said).group(1)) * 1000, sum(map(resident_mib, pids))
        finally:
            subprocess.run([script, "down", folder], check=False, capture_output=True)


def main() -> int:
    starts = [one_start(sys.argv[1], sys.argv[2]) for _ in range(RUNS)]
    readyz, ready, rss = (statistics.median(values) for values in zip(*starts))
    peer = peer_start() or (None, None)
    print(f"{RUNS} starts: readyz {min(s[0] for s in starts):.1f} to {max(s[0] for s in starts):.1f} ms, ready {min(s[1] for s in starts):.1f} to {max(s[1] for s in starts):.1f} ms",
          file=sys.stderr)
    print(figure("up.readyz", readyz, "ms", PEER, peer[0]))
    print(figure("up.ready", ready, "ms"))
    print(figure("up.rss", rss, "MiB", PEER, peer[1]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
