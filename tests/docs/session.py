# SPDX-License-Identifier: Apache-2.0
"""A session of a reader of a tutorial: a checkout, an environment that exports change, programs left running in other terminals."""
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "e2e"))
from clusters import Running  # noqa: E402
from harness import PEERS_BIN, ROOT, Skip  # noqa: E402

from pages import Block, is_shown, pattern, steps  # noqa: E402

TIMEOUT_SECONDS = 120


def stock_kubectl() -> str | None:
    """The kubectl to use: the one that ./task peers built, or the one on the PATH."""
    built = PEERS_BIN / "kubectl"
    return str(built) if built.exists() else shutil.which("kubectl")


class Session:
    """`binary` is the mizzen of a build directory, whose other programs can be used too."""

    def __init__(self, binary: pathlib.Path) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.checkout = pathlib.Path(self._folder.name) / "checkout"
        self.checkout.mkdir()
        shutil.copytree(ROOT / "examples", self.checkout / "examples")
        (self.checkout / "build").mkdir()
        (self.checkout / "build/dev").symlink_to(binary.parent)
        self.kubectl = stock_kubectl()
        self._state = pathlib.Path(self._folder.name) / "environment"
        self.env = {**os.environ, "HOME": self._folder.name, "PATH": f"{self._programs(binary)}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
        self._background: list[Running] = []

    def _programs(self, binary: pathlib.Path) -> pathlib.Path:
        programs = pathlib.Path(self._folder.name) / "bin"
        programs.mkdir()
        (programs / "mizzen").symlink_to(binary)
        if self.kubectl:
            (programs / "kubectl").symlink_to(self.kubectl)
        return programs

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *_: object) -> None:
        for program in self._background:
            program.__exit__()
        self._folder.cleanup()

    def do(self, block: Block) -> None:
        """Runs one block. Raises AssertionError where the page is wrong, Skip where something is missing here."""
        if block.is_stop:
            return self.stop()
        if re.search(r"\bkubectl\b", "\n".join(block.lines)) and not self.kubectl:
            raise Skip("no kubectl: ./task peers kubernetes builds one")
        if block.marker == "run in background":
            return self._start(block)
        marked = re.fullmatch(r"run(?:, exits (\d+))?", block.marker)
        assert marked, f"{block.place}: no marker '{block.marker}'"
        todo = steps(block)
        for step in todo:
            self._run(block, step.command, step.shown, int(marked.group(1) or 0) if step is todo[-1] else 0)
        return None

    def _run(self, block: Block, command: str, shown: list[str], code: int) -> None:
        script = f"{command}\ncode=$?\nenv -0 >'{self._state}'\nexit $code"
        done = subprocess.run(["bash", "-c", script], cwd=self.checkout, env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, timeout=TIMEOUT_SECONDS, check=False)
        told = f"{block.place}\n$ {command}\n{done.stdout}(exit {done.returncode})"
        assert done.returncode == code, f"{told}\nshould have exited with {code}"
        assert not shown or is_shown(done.stdout.splitlines(), shown), f"{told}\nthe page shows:\n" + "\n".join(shown)
        if self._state.exists():
            self.env = dict(entry.split("=", 1) for entry in self._state.read_text(encoding="utf-8").split("\0") if "=" in entry)

    def _start(self, block: Block) -> None:
        todo = steps(block)
        assert len(todo) == 1, f"{block.place}: one command runs in the background"
        program = Running(["bash", "-c", f"cd '{self.checkout}' && exec {todo[0].command}"], **self.env)
        self._background.append(program)
        for line in todo[0].shown:
            if line.strip() != "…":
                program.says(rf"^{pattern(line).replace(chr(92) + ' ', ' +')} *$")
        # A reader copies these lines into the next terminal.
        for line in program.printed:
            if exported := re.fullmatch(r"export (\w+)=(\S+)", line):
                self.env[exported.group(1)] = exported.group(2)

    def stop(self) -> None:
        """Presses Ctrl-C in the other terminals, the newest first."""
        while self._background:
            program = self._background.pop()
            with program:
                code = program.ends(by=signal.SIGINT)
            assert code == 0, f"exit {code} after Ctrl-C:\n" + "\n".join(program.printed)
