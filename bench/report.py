#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Turns what Google Benchmark wrote (--benchmark_out_format=json) into figures, one JSON object a line: report.py ROOM FILE.

Each benchmark gives its time, "json.read_json/1", and one figure for each rate and counter, "json.read_json/1.bytes_per_second".
Of repetitions the median counts.
"""
import json
import pathlib
import sys

from figure import figure

# What Google Benchmark writes of every run; all other numbers are rates and counters.
KNOWN = {"family_index", "per_family_instance_index", "repetitions", "repetition_index", "threads", "iterations", "real_time", "cpu_time"}
# Units by how the names of counters end.
UNITS = [("bytes_per_second", "B/s"), ("_per_second", "1/s"), ("bytes_per_object", "B"), ("_bytes", "B"), ("_MB", "MB"), ("_seconds", "s")]


def unit_of(counter: str) -> str:
    return next((unit for ending, unit in UNITS if counter.endswith(ending)), "1")


def chosen(runs: list[dict]) -> list[dict]:
    """One run of each benchmark: the median where there are repetitions."""
    medians = {run["run_name"] for run in runs if run.get("aggregate_name") == "median"}
    return [run for run in runs if run.get("aggregate_name") == "median" or (run["run_type"] == "iteration" and run["run_name"] not in medians)]


def figures_of(room: str, run: dict) -> list[str]:
    name = f"{room}.{run['run_name']}"
    counters = {key: value for key, value in run.items() if isinstance(value, (int, float)) and not isinstance(value, bool) and key not in KNOWN}
    return [figure(name, run["real_time"], run["time_unit"]), *(figure(f"{name}.{key}", value, unit_of(key)) for key, value in counters.items())]


def report(room: str, written: dict) -> tuple[list[str], list[str]]:
    """Figures, and what went wrong."""
    runs = written.get("benchmarks", [])
    wrong = [f"{room}.{run['run_name']}: {run.get('error_message', 'failed')}" for run in runs if run.get("error_occurred")]
    good = [run for run in runs if not run.get("error_occurred")]
    if not runs:
        wrong.append(f"{room}: no benchmark ran; is the filter right?")
    return [line for run in chosen(good) for line in figures_of(room, run)], wrong


def main() -> int:
    room, file = sys.argv[1], pathlib.Path(sys.argv[2])
    try:
        written = json.loads(file.read_text(encoding="utf-8") or "{}")  # empty where the filter matched nothing
    except (OSError, ValueError) as error:
        sys.exit(f"{file}: {error}; the benchmark did not end well")
    lines, wrong = report(room, written)
    sys.stdout.writelines(line + "\n" for line in lines)
    sys.stderr.writelines(line + "\n" for line in wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
