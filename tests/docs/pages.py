# SPDX-License-Identifier: Apache-2.0
"""Reads a page of Markdown as a list of code blocks with their markers; says whether what was printed is what the page shows.

A marker is a comment on the line above the block:
  <!-- run -->                  the commands are run, one after the other; each must succeed
  <!-- run, exits 2 -->         the last one must exit with 2
  <!-- run in background -->    one command, which goes on until <!-- stop --> or the end of the page, and then must end well on Ctrl-C
  <!-- not run: why -->         a person runs them
  <!-- from examples/a.cpp -->  the block is a piece of that file
In a block that is run, a line that begins with "$ " is a command and "> " continues it; the other lines are what is printed. "…" stands for
anything within a line, and alone on its line for any number of lines. Output that is not shown is not looked at.
"""
import dataclasses
import pathlib
import re

MARKER = re.compile(r"^<!-- (.*) -->$")
MARKED_LANGUAGES = {"sh", "cpp", "yaml", "cmake"}


@dataclasses.dataclass
class Block:
    page: str
    line: int  # of its fence, from 1
    marker: str
    language: str
    lines: list[str]

    @property
    def place(self) -> str:
        return f"{self.page}:{self.line}"

    @property
    def is_stop(self) -> bool:
        return self.marker == "stop"


@dataclasses.dataclass
class Step:
    command: str
    shown: list[str]


def blocks(text: str, page: str) -> list[Block]:
    """The code blocks of a page, and its <!-- stop --> comments as blocks without lines. Throws AssertionError for a fence that is not closed."""
    out, lines, at = [], text.splitlines(), 0
    while at < len(lines):
        line = lines[at]
        if line == "<!-- stop -->":
            out.append(Block(page, at + 1, "stop", "", []))
        if line.startswith("```"):
            end = next((n for n in range(at + 1, len(lines)) if lines[n] == "```"), None)
            assert end is not None, f"{page}:{at + 1}: the block is not closed"
            found = MARKER.match(lines[at - 1]) if at else None
            out.append(Block(page, at + 1, found.group(1) if found else "", line[3:].strip(), lines[at + 1 : end]))
            at = end
        at += 1
    return out


def steps(block: Block) -> list[Step]:
    """Commands and what they print. Throws AssertionError where the block does not begin with a command."""
    out: list[Step] = []
    for line in block.lines:
        if line.startswith("$ "):
            out.append(Step(line[2:], []))
        elif line.startswith("> ") and out and not out[-1].shown:
            out[-1].command += "\n" + line[2:]
        else:
            assert out, f"{block.place}: a block that is run begins with a command: $ …"
            out[-1].shown.append(line)
    assert out, f"{block.place}: no command in it"
    return out


def even(line: str) -> str:
    """The line with the padding between columns reduced to one space; what it is indented by stays."""
    body = line.lstrip(" ")
    return line[: len(line) - len(body)] + re.sub(r" {2,}", " ", body).rstrip()


def pattern(line: str) -> str:
    return ".*".join(re.escape(part) for part in even(line).split("…"))


def is_shown(printed: list[str], shown: list[str]) -> bool:
    """Whether the page shows what was printed."""
    regex = "".join("(?:.*\n)*?" if line.strip() == "…" else pattern(line) + " *\n" for line in shown)
    return re.fullmatch(regex, "".join(even(line) + "\n" for line in printed)) is not None


def is_piece_of(lines: list[str], file: pathlib.Path) -> bool:
    """Whether the lines stand in the file one after the other, all of them indented by the same amount more or less."""
    def bare(some: list[str]) -> list[str]:
        depth = min((len(line) - len(line.lstrip(" ")) for line in some if line.strip()), default=0)
        return [line[depth:].rstrip() for line in some]

    source = file.read_text(encoding="utf-8").splitlines()
    return bool(lines) and any(bare(source[at : at + len(lines)]) == bare(lines) for at in range(len(source) - len(lines) + 1))
