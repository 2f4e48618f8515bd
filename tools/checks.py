# SPDX-License-Identifier: Apache-2.0
"""Runs the checks of the source tree as test cases and prints GoogleTest's lines, so that ./task counts them with the others."""
import time
from collections.abc import Callable


class Check:
    """Collects what is wrong in one case."""

    def __init__(self) -> None:
        self.wrong: list[str] = []

    def that(self, holds: bool, otherwise: str) -> None:
        if not holds:
            self.wrong.append(otherwise)


def run(suite: str, *cases: Callable[[Check], None]) -> int:
    """Exit code of the program: 0 when every case passed."""
    failed = False
    for case in cases:
        check, began = Check(), time.monotonic()
        case(check)
        for line in check.wrong:
            print(line)
        state = "  FAILED  " if check.wrong else "       OK "
        print(f"[{state}] {suite}.{case.__name__} ({(time.monotonic() - began) * 1000:.0f} ms)")
        failed |= bool(check.wrong)
    return 1 if failed else 0
