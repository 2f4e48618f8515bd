#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Does what the tutorials say and compares what is printed with what they show: run_tutorials.py MIZZEN [PART OF A NAME]."""
import os
import pathlib
import re
import sys
from collections.abc import Callable

from session import ROOT, Session, Skip  # first: it makes the end-to-end harness importable

import harness
import runner_cases
from dependencies import every_package_is_explained
from pages import MARKED_LANGUAGES, Block, blocks, is_piece_of

DOCS = ROOT / "docs"
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


def case_name(block: Block, number: int) -> str:
    return f"{pathlib.PurePath(block.page).stem}_{number:02}_line_{block.line}"


def is_run(block: Block) -> bool:
    return block.is_stop or block.marker.startswith("run")


def check_quote(block: Block) -> None:
    """A block that is not run: it says why, or it is a piece of a file."""
    if block.marker.startswith("not run: ") and block.language == "sh":
        return
    assert block.marker.startswith("from "), f"{block.place}: a {block.language} block needs a marker: see tests/docs/pages.py"
    file = ROOT / block.marker.removeprefix("from ")
    assert file.is_file(), f"{block.place}: there is no {file.relative_to(ROOT)}"
    assert is_piece_of(block.lines, file), f"{block.place}: these lines do not stand in {file.relative_to(ROOT)}:\n" + "\n".join(block.lines)


def run_page(page: pathlib.Path, binary: pathlib.Path) -> bool:
    """One case per block; what follows a block that failed is not tried."""
    broken = False
    with Session(binary) as session:

        def in_order(action: Callable[[], None]) -> None:
            nonlocal broken
            if broken:
                raise Skip("a block before it failed")
            broken = True  # unless it comes to its end, or is skipped
            try:
                action()
            except Skip:
                broken = False
                raise
            broken = False

        found = blocks(page.read_text(encoding="utf-8"), page.relative_to(ROOT).as_posix())
        cases = []
        for number, block in enumerate(found, 1):
            if is_run(block):
                cases.append((case_name(block, number), lambda block=block: in_order(lambda: session.do(block))))
            elif block.language in MARKED_LANGUAGES:
                cases.append((case_name(block, number), lambda block=block: check_quote(block)))
        cases.append((f"{page.stem}_ends", lambda: in_order(session.stop)))
        return harness.run_cases("tutorial", cases)


def links_lead_somewhere() -> None:
    wrong = []
    for page in [ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*.md"), *(ROOT / "mizzen").rglob("README.md")]:
        for target in LINK.findall(page.read_text(encoding="utf-8")):
            if not re.match(r"\w+:", target) and not (page.parent / target).exists():
                wrong.append(f"{page.relative_to(ROOT)}: there is no {target}")
    assert not wrong, "\n".join(wrong)


def the_readme_shows_the_smallest_webapp() -> None:
    shown = [b for b in blocks((ROOT / "README.md").read_text(encoding="utf-8"), "README.md") if b.language == "yaml"]
    assert shown, "README.md shows no WebApp"
    for block in shown:
        assert any(is_piece_of(block.lines, file) for file in (ROOT / "examples").glob("*.yaml")), f"{block.place}: stands in no file of examples/"


def main() -> int:
    binary, part = pathlib.Path(os.path.abspath(sys.argv[1])), sys.argv[2] if len(sys.argv) > 2 else ""
    os.environ.pop("KUBECONFIG", None)  # the pages speak of their own clusters
    pages = sorted((DOCS / "tutorials").glob("*.md"))
    passed = [harness.run_cases("docs_runner", [(name, case) for name, case in runner_cases.CASES if part in name]),
              harness.run_cases("docs", [(case.__name__, case) for case in (links_lead_somewhere, the_readme_shows_the_smallest_webapp, every_package_is_explained) if part in case.__name__])]
    passed += [run_page(page, binary) for page in pages if part in page.stem]
    return 0 if pages and all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
