#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs test programs that print GoogleTest's lines and sums up their cases: run_tests.py [--jobs N] NAME=COMMAND...

Prints one line per program, the whole output of each one that failed, the slowest cases, and as the last line "N passed, N failed".
A program that ends badly without a failed case (a crash, a sanitizer's report, a time-out) counts as one failed case more.
"""
import argparse
import concurrent.futures
import dataclasses
import re
import shlex
import subprocess
import sys
import time

CASE = re.compile(r"^\[ +(OK|FAILED|SKIPPED) +\] (.*?) \((\d+) ms\)$", re.MULTILINE)
TIMEOUT_SECONDS = 1800


@dataclasses.dataclass
class Result:
    name: str
    output: str
    ended: str  # "" when the program exited with 0
    seconds: float

    def cases(self, state: str) -> list[tuple[str, int]]:
        return [(case, int(ms)) for word, case, ms in CASE.findall(self.output) if word == state]

    @property
    def passed(self) -> int:
        return len(self.cases("OK"))

    @property
    def failed(self) -> int:
        return len(self.cases("FAILED")) or bool(self.ended) or (not CASE.search(self.output))


def run(spec: str) -> Result:
    name, command = spec.split("=", 1)
    began = time.monotonic()
    try:
        done = subprocess.run(shlex.split(command), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                              timeout=TIMEOUT_SECONDS, check=False)
        output, code = done.stdout, done.returncode
        ended = "" if code == 0 else f"signal {-code}" if code < 0 else f"exit {code}"
    except subprocess.TimeoutExpired as late:
        output, ended = late.stdout or b"", f"no end after {TIMEOUT_SECONDS} s"
    except OSError as error:
        output, ended = b"", str(error)
    return Result(name, output.decode(errors="replace"), ended, time.monotonic() - began)


def report(result: Result) -> None:
    skipped = result.cases("SKIPPED")
    if result.failed:
        print(result.output.rstrip())
    notes = [f"{len(skipped)} skipped"] * bool(skipped) + [result.ended or "no case ran"] * bool(result.failed)
    print(f"{result.name:24} {result.passed:5} passed {result.failed:4} failed {result.seconds:8.1f} s  {', '.join(notes)}".rstrip(), flush=True)


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--jobs", type=int, default=1)
    arguments.add_argument("programs", nargs="+", metavar="NAME=COMMAND")
    options = arguments.parse_args()
    results = []
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for future in concurrent.futures.as_completed([pool.submit(run, spec) for spec in options.programs]):
            results.append(future.result())
            report(results[-1])
    slow = sorted(((ms, r.name, case) for r in results for case, ms in r.cases("OK") if ms >= 1000), reverse=True)
    for ms, name, case in slow[:5]:
        print(f"slow: {ms:6} ms  {name}  {case}")
    failed = sum(r.failed for r in results)
    print(f"{sum(r.passed for r in results)} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
