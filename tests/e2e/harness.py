# SPDX-License-Identifier: Apache-2.0
"""Runs end-to-end cases one after another and prints GoogleTest's lines; Tool runs a program and checks how it ended."""
import dataclasses
import difflib
import os
import pathlib
import re
import shlex
import subprocess
import time
import traceback
from collections.abc import Callable, Iterable

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TESTDATA = pathlib.Path(__file__).resolve().parent / "testdata"
PEERS_BIN = pathlib.Path(os.environ.get("PEERS_DIR", pathlib.Path.home() / ".cache/mizzen-peers")) / "bin"


class Skip(Exception):
    """Raised by a case that cannot run here; its text says why."""


@dataclasses.dataclass
class Ended:
    """How a command ended."""
    command: str
    code: int
    out: str
    err: str

    def __str__(self) -> str:
        return f"$ {self.command}\n{self.out}{self.err}(exit {self.code})"

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def rows(self) -> list[str]:
        """The lines of a table with the padding between columns reduced to one space."""
        return [re.sub(r"\s{2,}|\t", " ", line).strip() for line in self.lines]


@dataclasses.dataclass
class Tool:
    """A program with arguments that go before all others, and its environment."""
    program: list[str]
    env: dict[str, str] = dataclasses.field(default_factory=dict)
    timeout_seconds: float = 60

    def arguments(self, command: str | list[str]) -> list[str]:
        return self.program + (shlex.split(command) if isinstance(command, str) else command)

    def ends(self, command: str | list[str], stdin: str | None = None, **env: str) -> Ended:
        """Runs the command to its end, whatever that is."""
        arguments = self.arguments(command)
        done = subprocess.run(arguments, input=stdin, capture_output=True, text=True, timeout=self.timeout_seconds, check=False,
                              env={**os.environ, **self.env, **env})
        return Ended(shlex.join(arguments), done.returncode, done.stdout, done.stderr)

    def __call__(self, command: str | list[str], stdin: str | None = None, **env: str) -> Ended:
        """Runs the command, which must succeed."""
        ended = self.ends(command, stdin, **env)
        if ended.code != 0:
            raise AssertionError(f"should have succeeded:\n{ended}")
        return ended

    def fails(self, command: str | list[str], says: str, code: int = 1, stdin: str | None = None, **env: str) -> Ended:
        """Runs the command, which must exit with `code` and say `says`, a regular expression, on standard error."""
        ended = self.ends(command, stdin, **env)
        if ended.code != code or not re.search(says, ended.err):
            raise AssertionError(f"should have exited with {code} and said {says!r}:\n{ended}")
        return ended

    def prints(self, command: str | list[str], expected: str, stdin: str | None = None, **env: str) -> Ended:
        """Runs the command, which must succeed and print exactly `expected` (the end of line at the end aside)."""
        ended = self(command, stdin, **env)
        same(ended.out.rstrip("\n"), expected.rstrip("\n"), ended.command)
        return ended

    def shows(self, command: str | list[str], *patterns: str, stdin: str | None = None, **env: str) -> Ended:
        """Runs the command, which must succeed and print, for each regular expression in turn, a line that it matches as a whole.

        Columns may be padded in any way: the padding is reduced to one space before."""
        ended = self(command, stdin, **env)
        rest = iter(ended.rows)
        for pattern in patterns:
            if not any(re.fullmatch(pattern, row) for row in rest):
                raise AssertionError(f"no line, or none after those before it, matches {pattern!r}:\n{ended}")
        return ended

    def becomes(self, command: str | list[str], expected: str, seconds: float = 30) -> None:
        """Polls until the command prints exactly `expected`."""
        deadline = time.monotonic() + seconds
        while (ended := self.ends(command)).out.strip() != expected:
            if time.monotonic() > deadline:
                raise AssertionError(f"did not become {expected!r} in {seconds} s:\n{ended}")
            time.sleep(0.05)

    def succeeds(self, command: str | list[str], seconds: float = 30) -> None:
        """Polls until the command succeeds."""
        deadline = time.monotonic() + seconds
        while (ended := self.ends(command)).code != 0:
            if time.monotonic() > deadline:
                raise AssertionError(f"did not succeed in {seconds} s:\n{ended}")
            time.sleep(0.05)


def same(actual: object, expected: object, of: str = "") -> None:
    if actual == expected:
        return
    if isinstance(actual, str) and isinstance(expected, str):
        difference = "\n".join(difflib.unified_diff(expected.splitlines(), actual.splitlines(), "expected", "actual", lineterm=""))
        raise AssertionError(f"{of}\n{difference}")
    raise AssertionError(f"{of}\nexpected {expected!r}\n  actual {actual!r}")


def run_cases(suite: str, cases: Iterable[tuple[str, Callable[[], None]]]) -> bool:
    """Runs each case and prints its line; true if all passed."""
    passed = True
    for name, case in cases:
        full, state, began = f"{suite}.{name}", "      OK", time.monotonic()
        print(f"[ RUN      ] {full}", flush=True)
        try:
            case()
        except Skip as why:
            print(why)
            state = " SKIPPED"
        except Exception as error:
            print(error if isinstance(error, AssertionError) else traceback.format_exc())
            state, passed = " FAILED ", False
        print(f"[ {state} ] {full} ({(time.monotonic() - began) * 1000:.0f} ms)", flush=True)
    return passed
