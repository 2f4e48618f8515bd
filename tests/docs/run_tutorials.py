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
    for page in [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "examples/README.md", ROOT / "bench/README.md", *DOCS.rglob("*.md"), *(ROOT / "mizzen").rglob("README.md")]:
        for target in LINK.findall(page.read_text(encoding="utf-8")):
            if not re.match(r"\w+:", target) and not (page.parent / target).exists():
                wrong.append(f"{page.relative_to(ROOT)}: there is no {target}")
    assert not wrong, "\n".join(wrong)


def every_page_is_reached_from_the_index() -> None:
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    linked = {(DOCS / target).resolve() for target in LINK.findall(index)}
    lost = [file for file in DOCS.rglob("*.*") if file.resolve() not in linked | {DOCS / "README.md"}]
    assert not lost, "docs/README.md does not link to " + ", ".join(str(file.relative_to(DOCS)) for file in sorted(lost))


def decisions_are_numbered_and_say_what_was_rejected() -> None:
    wrong = []
    for number, file in enumerate(sorted((DOCS / "decisions").glob("*.md")), 1):
        text = file.read_text(encoding="utf-8")
        if not (file.name.startswith(f"{number:04}-") and text.startswith(f"# {number}. ")):
            wrong.append(f"{file.name}: should be number {number}, in its name and in its title")
        wrong += [f"{file.name}: has no paragraph **{part}.**" for part in ("Context", "Choice", "Rejected") if f"\n**{part}.** " not in text]
    assert not wrong, "\n".join(wrong)


def the_readme_shows_the_smallest_webapp() -> None:
    shown = [b for b in blocks((ROOT / "README.md").read_text(encoding="utf-8"), "README.md") if b.language == "yaml"]
    assert shown, "README.md shows no WebApp"
    for block in shown:
        assert any(is_piece_of(block.lines, file) for file in (ROOT / "examples").glob("*.yaml")), f"{block.place}: stands in no file of examples/"


PAGE_CASES = (links_lead_somewhere, every_page_is_reached_from_the_index, decisions_are_numbered_and_say_what_was_rejected, the_readme_shows_the_smallest_webapp,
              every_package_is_explained)


def main() -> int:
    binary, part = pathlib.Path(os.path.abspath(sys.argv[1])), sys.argv[2] if len(sys.argv) > 2 else ""
    os.environ.pop("KUBECONFIG", None)  # the pages speak of their own clusters
    pages = sorted((DOCS / "tutorials").glob("*.md"))
    passed = [harness.run_cases("docs_runner", [(name, case) for name, case in runner_cases.CASES if part in name]),
              harness.run_cases("docs", [(case.__name__, case) for case in PAGE_CASES if part in case.__name__])]
    passed += [run_page(page, binary) for page in pages if part in page.stem]
    return 0 if pages and all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
