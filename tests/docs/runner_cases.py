# SPDX-License-Identifier: Apache-2.0
"""Cases of the runner itself: that a page which is wrong is noticed."""
import pathlib
import tempfile
import textwrap

from session import ROOT, Session
from pages import blocks, is_piece_of, is_shown


def page(text: str) -> list:
    return blocks(textwrap.dedent(text).strip("\n") + "\n", "page.md")


def does(text: str) -> str:
    """"" if a reader gets what the page shows, else what is told."""
    with tempfile.TemporaryDirectory() as build, Session(pathlib.Path(build) / "mizzen") as session:
        try:
            for block in page(text):
                session.do(block)
            session.stop()
        except AssertionError as wrong:
            return str(wrong)
    return ""


def run(lines: str, marker: str = "run") -> str:
    return does(f"<!-- {marker} -->\n```sh\n{lines}\n```")


def output_is_compared() -> None:
    for printed, shown, expected in [
        ("a", "a", True), ("a", "b", False), ("a\nb", "a", False), ("a", "a\nb", False), ("a 17 b", "a … b", True), ("a", "a…", True),
        ("a\nb\nc", "a\n…", True), ("a\nb\nc", "…\nc", True), ("a\nb\nc", "a\n…\nc", True), ("a\nc", "a\n…\nc", True), ("a\nb\nc", "a\n…\nd", False),
        ("NAME   AGE", "NAME AGE", True), ("  key: 1", "key: 1", False), ("a.c", "abc", False), ("abc", "a.c", False),
    ]:
        assert is_shown(printed.splitlines(), shown.splitlines()) == expected, f"{printed!r} shown as {shown!r}"


def commands_are_run_and_held_to_what_is_shown() -> None:
    assert run("$ echo one\none\n$ echo two\ntwo") == ""
    assert "the page shows:\nthree" in run("$ echo one\none\n$ echo two\nthree")
    assert "page.md:2" in run("$ echo two\nthree")


def a_command_that_fails_is_told() -> None:
    assert "should have exited with 0" in run("$ false\n$ true")
    assert "should have exited with 0" in run("$ exit 3")
    assert run("$ exit 3", "run, exits 3") == ""
    assert "should have exited with 3" in run("$ true", "run, exits 3")


def exports_last_and_lines_are_joined() -> None:
    assert run("$ export A='x y'\n$ echo \"$A\"\nx y") == ""
    assert run("$ cat <<'END'\n> one\n> two\n> END\none\ntwo") == ""


def a_program_in_the_background_lives_until_it_is_stopped() -> None:
    script = "import signal, sys; signal.signal(2, lambda *_: sys.exit({code})); print('export PLACE=here\\nready', flush=True); signal.pause()"
    start = "<!-- run in background -->\n```sh\n$ python3 -c \"{script}\"\nexport PLACE=…\nready\n```\n<!-- run -->\n```sh\n$ echo $PLACE\nhere\n```\n<!-- stop -->"
    assert does(start.format(script=script.format(code=0))) == ""
    assert "exit 5 after Ctrl-C" in does(start.format(script=script.format(code=5)))
    assert "without saying" in does("<!-- run in background -->\n```sh\n$ echo something else\nready\n```")


def markers_are_known() -> None:
    assert "no marker 'runs'" in run("$ true", "runs")
    assert "begins with a command" in run("output", "run")


def pieces_of_files_are_found() -> None:
    file = ROOT / "examples/hello.yaml"
    assert is_piece_of(["spec:", "  image: ghcr.io/example/hello:1.0"], file)
    assert is_piece_of(["image: ghcr.io/example/hello:1.0", "replicas: 2"], file)
    assert not is_piece_of(["spec:", "  replicas: 2"], file)
    assert not is_piece_of(["spec:", "    image: ghcr.io/example/hello:1.0"], file)
    assert not is_piece_of([], file)


def fences_are_read() -> None:
    found = page("<!-- from a.hpp -->\n```cpp\nint a;\n```\n```text\nx\n```\n<!-- stop -->")
    assert [(b.marker, b.language, b.lines) for b in found] == [("from a.hpp", "cpp", ["int a;"]), ("", "text", ["x"]), ("stop", "", [])]


CASES = [(case.__name__, case) for case in (output_is_compared, commands_are_run_and_held_to_what_is_shown, a_command_that_fails_is_told, exports_last_and_lines_are_joined,
                                            a_program_in_the_background_lives_until_it_is_stopped, markers_are_known, pieces_of_files_are_found, fences_are_read)]
