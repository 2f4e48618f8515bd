#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Turns what Google Benchmark wrote (--benchmark_out_format=json) into figures, one JSON object a line: report.py ROOM FILE...

A benchmark that is named like a figure, "telemetry.counter_ns", is that figure: the processor time of one round in the unit that the name ends with,
or the counter "value" where there is one. The same name with a peer behind it, "telemetry.counter_ns@prometheus-cpp", is what the peer takes.
Any other gives its time, "json.read_json/1", and one figure for each rate and counter, "json.read_json/1.bytes_per_second".
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

# Units by how the names of figures end, and how often they go into the unit that Google Benchmark was told to use.
ENDINGS = {"_ns": "ns", "_us": "us", "_ms": "ms", "_bytes": "B", "_mb_s": "MB/s"}
SECONDS = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1.0}
MORE_IS_BETTER = {"MB/s"}


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


def named(room: str, run: dict) -> str | None:
    """The name of the figure that a benchmark is, with its peer; None if it is none."""
    name = run["run_name"].split("/")[0]
    return name if name.startswith(f"{room}.") and name.split("@")[0].endswith(tuple(ENDINGS)) else None


def value_of(run: dict, unit: str) -> float:
    if "value" in run:
        return run["value"]
    time = run["real_time" if "/manual_time" in run["run_name"] else "cpu_time"]  # what a benchmark measured itself is there
    return time * SECONDS[run["time_unit"]] / SECONDS[unit]


def named_figure(name: str, run: dict, peers: dict[str, tuple[str, dict]]) -> str:
    unit = next(unit for ending, unit in ENDINGS.items() if name.endswith(ending))
    peer, of_peer = peers.get(name, (None, None))
    return figure(name, value_of(run, unit), unit, peer, value_of(of_peer, unit) if of_peer else None, unit in MORE_IS_BETTER)


def report(room: str, written: dict) -> tuple[list[str], list[str]]:
    """Figures, and what went wrong."""
    runs = written.get("benchmarks", [])
    wrong = [f"{room}.{run['run_name']}: {run.get('error_message', 'failed')}" for run in runs if run.get("error_occurred")]
    good = chosen([run for run in runs if not run.get("error_occurred")])
    if not runs:
        wrong.append(f"{room}: no benchmark ran; is the filter right?")
    peers = {name.split("@")[0]: (name.split("@")[1], run) for run in good if (name := named(room, run)) and "@" in name}
    lines = []
    for run in good:
        name = named(room, run)
        if name is None:
            lines += figures_of(room, run)
        elif "@" not in name:
            lines.append(named_figure(name, run, peers))
    return lines, wrong


def read(file: pathlib.Path) -> dict:
    try:
        return json.loads(file.read_text(encoding="utf-8") or "{}")  # empty where the filter matched nothing
    except (OSError, ValueError) as error:
        sys.exit(f"{file}: {error}; the benchmark did not end well")


def main() -> int:
    room, *files = sys.argv[1:]
    written = {"benchmarks": [run for file in files for run in read(pathlib.Path(file)).get("benchmarks", [])]}
    lines, wrong = report(room, written)
    sys.stdout.writelines(line + "\n" for line in lines)
    sys.stderr.writelines(line + "\n" for line in wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
