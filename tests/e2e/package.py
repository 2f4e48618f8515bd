#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Installs telemetry from a build folder and builds and runs a user's project with it: package.py BUILD_FOLDER."""
import pathlib
import sys
import tempfile

from harness import ROOT, Tool, run_cases


def a_users_project_finds_what_it_needs(build: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        cmake = Tool(["cmake"], timeout_seconds=300)
        cmake(["--install", build, "--component", "telemetry", "--prefix", f"{folder}/prefix"])
        cmake(["-S", str(ROOT / "tests/package"), "-B", f"{folder}/build", "-G", "Ninja", "-DCMAKE_CXX_COMPILER=clang++-19", f"-DCMAKE_PREFIX_PATH={folder}/prefix"])
        cmake(["--build", f"{folder}/build"])
        Tool([f"{folder}/build/consumer"]).shows("", "shop_orders_total 2")
        cmake.fails(["-S", str(ROOT / "tests/package"), "-B", f"{folder}/empty", "-G", "Ninja", "-DCMAKE_CXX_COMPILER=clang++-19", f"-DCMAKE_PREFIX_PATH={folder}/none"], "mizzen")


if __name__ == "__main__":
    sys.exit(0 if run_cases("package", [("a_users_project_finds_what_it_needs", lambda: a_users_project_finds_what_it_needs(sys.argv[1]))]) else 1)
