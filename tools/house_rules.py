#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks the rules of the house that a machine can check: the licence line, a sentence on what a file is for, its length, and calls that are kept to one place."""
import pathlib
import re
import subprocess
import sys

from checks import Check, run

ROOT = pathlib.Path(__file__).resolve().parent.parent
MOST_LINES = 600
SOURCES = {".cpp", ".hpp", ".py", ".sh", ".cmake"}
TABLES = re.compile(r"(^|/)generated/|_table\.cpp$|^mizzen/kube/schema/kinds/")

# What is forbidden, where it is allowed all the same, and why.
BANNED = [
    (r"\bsystem_clock::now\b|\bsteady_clock::now\b", r"^mizzen/async/|_bench\.cpp$", "time is an argument; the loop is the only clock, but for benchmarks"),
    (r"\bthis_thread::sleep|\busleep\s*\(|\bnanosleep\s*\(", r"^$", "nothing waits by sleeping; use the loop's timers"),
    (r"\bgetenv\s*\(", r"^mizzen/cli/|^mizzen/main\.cpp$|_test\.cpp$", "the environment is read by the command line only"),
    (r"#include <iostream>|\bstd::(cout|cerr)\b", r"^$", "no iostreams; fmt::print at the rim"),
    (r"\[=\]|\[=,", r"^$", "lambdas name what they capture"),
    (r"\bstd::(random_device|mt19937\w*)\b", r"^mizzen/base/", "randomness is an argument"),
    (r"\bTODO\b|\bFIXME\b|\bXXX\b", r"^$", "write it or leave it out"),
]


def tracked(*folders: str) -> list[str]:
    listed = subprocess.run(["git", "-c", "safe.directory=*", "ls-files", "--cached", "--", *folders], cwd=ROOT, capture_output=True, text=True, check=True)
    return [path for path in listed.stdout.splitlines() if (ROOT / path).is_file()]


def sources(*folders: str) -> list[tuple[str, str]]:
    return [(path, (ROOT / path).read_text()) for path in tracked(*folders) if pathlib.PurePath(path).suffix in SOURCES]


def every_source_names_its_licence_and_says_what_it_is_for(check: Check) -> None:
    for path, text in sources("mizzen", "tools", "tests", "bench", "examples", "cmake"):
        head = text.splitlines()[:4]
        licensed = any("SPDX-License-Identifier: Apache-2.0" in line for line in head[:2])
        told = any(line.lstrip('#/ "').strip() and "SPDX" not in line and re.match(r'#(?!!)|//|"""', line) for line in head)
        check.that(licensed, f"{path}: begins without the SPDX line")
        check.that(told, f"{path}: begins without a sentence on what it is for")


def no_file_is_longer_than_a_reader_can_hold(check: Check) -> None:
    for path, text in sources("mizzen", "tools", "tests", "bench", "cmake"):
        lines = text.count("\n")
        check.that(lines <= MOST_LINES or bool(TABLES.search(path)), f"{path}: {lines} lines, the most is {MOST_LINES}")


def calls_that_hide_an_input_are_kept_to_their_place(check: Check) -> None:
    for path, text in sources("mizzen"):
        for pattern, allowed, reason in BANNED:
            if re.search(allowed, path):
                continue
            for found in re.finditer(pattern, text):
                check.that(False, f"{path}:{text.count(chr(10), 0, found.start()) + 1}: {found.group()}: {reason}")


if __name__ == "__main__":
    sys.exit(run("house_rules", every_source_names_its_licence_and_says_what_it_is_for, no_file_is_longer_than_a_reader_can_hold,
                 calls_that_hide_an_input_are_kept_to_their_place))
