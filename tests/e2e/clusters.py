# SPDX-License-Identifier: Apache-2.0
"""Starts what the end-to-end cases talk to: a real control plane, or a program that goes on running."""
import contextlib
import os
import pathlib
import queue
import re
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator

from harness import ROOT


@contextlib.contextmanager
def real_cluster() -> Iterator[str]:
    """A real etcd, kube-apiserver, kube-controller-manager, kube-scheduler and kwok; gives the path of the administrator's kubeconfig."""
    script = str(ROOT / "tools/peers/real-cluster.sh")
    with tempfile.TemporaryDirectory() as folder:
        try:
            subprocess.run([script, "up", folder], check=True, capture_output=True, text=True)
            yield f"{folder}/kubeconfig"
        except subprocess.CalledProcessError as error:
            raise AssertionError(f"the real control plane did not start:\n{error.stdout}{error.stderr}") from error
        finally:
            subprocess.run([script, "down", folder], check=False, capture_output=True)


class Running:
    """A program that goes on running, and what it printed so far on either stream."""

    def __init__(self, arguments: list[str], **env: str) -> None:
        self.process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True, env={**os.environ, **env})
        self.printed: list[str] = []
        self._lines: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))
        self._lines.put(None)

    def __enter__(self) -> "Running":
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def says(self, pattern: str, seconds: float = 30) -> re.Match[str]:
        """The next line that holds the pattern."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                line = self._lines.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"did not say {pattern!r} in {seconds} s:\n" + "\n".join(self.printed)) from None
            if line is None:
                raise AssertionError(f"ended with {self.process.wait()} without saying {pattern!r}:\n" + "\n".join(self.printed))
            self.printed.append(line)
            if found := re.search(pattern, line):
                return found

    def ends(self, seconds: float = 30, by: signal.Signals | None = None) -> int:
        """Its exit code, after a signal if one is given."""
        if by is not None:
            self.process.send_signal(by)
        try:
            code = self.process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"did not end in {seconds} s:\n" + "\n".join(self.printed)) from None
        while (line := self._lines.get(timeout=5)) is not None:
            self.printed.append(line)
        return code


def kubeconfig_field(path: str | pathlib.Path, name: str) -> str:
    """One scalar of a kubeconfig; the standard library reads no YAML."""
    found = re.search(rf'"?{name}"?: *"?([^",}}\s]+)"?', pathlib.Path(path).read_text(encoding="utf-8"))
    if not found:
        raise AssertionError(f"{path} has no {name}")
    return found.group(1)
