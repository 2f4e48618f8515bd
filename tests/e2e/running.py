# SPDX-License-Identifier: Apache-2.0
"""Ports and processes of the servers that suites start, and what is asked of them over HTTP."""
import contextlib
import json
import pathlib
import socket
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def accepts(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def wait_until(done: Callable[[], object], what: str, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, f"{what} did not come in {seconds} s"
        time.sleep(0.05)


@contextlib.contextmanager
def server(arguments: list[str], ports: list[int], log: pathlib.Path) -> Iterator[None]:
    """Runs a program that listens on the ports, from when it accepts connections at all of them; ends it afterwards."""
    name = pathlib.Path(arguments[0]).name
    with log.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(arguments, stdout=file, stderr=file, stdin=subprocess.DEVNULL)
        try:
            wait_until(lambda: process.poll() is not None or all(accepts(port) for port in ports), f"{name}'s ports")
            assert process.poll() is None, f"{name} has ended:\n{log.read_text(encoding='utf-8')}"
            yield
        finally:
            process.terminate()
            process.wait(20)


def get(url: str, **headers: str) -> str:
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=20) as answer:
        return answer.read().decode()


def get_json(url: str, **parameters: str) -> object:
    return json.loads(get(f"{url}?{urllib.parse.urlencode(parameters)}"))
