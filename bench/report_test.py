#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The figures that report.py makes of what Google Benchmark 1.7 wrote; testdata/ holds recordings of two runs."""
import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests/e2e")]
from figure import figure  # noqa: E402
from harness import run_cases, same  # noqa: E402
from report import report, unit_of  # noqa: E402

FORM = ["name", "value", "unit", "peer", "peer_value", "ratio"]


def recorded(name: str) -> dict:
    return json.loads((HERE / "testdata" / name).read_text(encoding="utf-8"))


def reported(written: dict) -> list[dict]:
    lines, wrong = report("room", written)
    same(wrong, [])
    return [json.loads(line) for line in lines]


def each_benchmark_gives_its_time() -> None:
    figures = reported(recorded("once.json"))
    same([f["name"] for f in figures], [f"room.{name}" for name in ("channel_round_trip", "await_task", "await_five_deep", "yield_hop", "timer_hop", "timeout_of_nothing")])
    same(figures[0], {"name": "room.channel_round_trip", "value": 7585.5, "unit": "ns", "peer": None, "peer_value": None, "ratio": None})
    for found in figures:
        same(list(found), FORM)


def of_repetitions_the_median_counts_and_rates_are_figures() -> None:
    same([(f["name"], f["value"], f["unit"]) for f in reported(recorded("repeated.json"))],
         [("room.read_json/1000", 25550000.0, "ns"), ("room.read_json/1000.bytes_per_second", 41047000.0, "B/s"),
          ("room.decode_struct", 23459.0, "ns"), ("room.decode_struct.bytes_per_second", 6684200.0, "B/s")])


def counters_have_units() -> None:
    for counter, unit in [("items_per_second", "1/s"), ("bytes_per_second", "B/s"), ("peak_MB", "MB"), ("left_bytes_per_object", "B"), ("allocations", "1")]:
        same(unit_of(counter), unit, counter)


def a_benchmark_that_failed_is_told_and_the_others_count() -> None:
    written = recorded("once.json")
    written["benchmarks"][1] |= {"error_occurred": True, "error_message": "the server is gone"}
    lines, wrong = report("room", written)
    same(wrong, ["room.await_task: the server is gone"])
    same(len(lines), 5)


def run(name: str, **numbers: float | str) -> dict:
    return {"run_name": name, "run_type": "iteration", "iterations": 1, "real_time": 99.0, "cpu_time": 2.5, "time_unit": "ns", **numbers}


def a_benchmark_named_like_a_figure_is_one_and_stands_beside_its_peer() -> None:
    figures = reported({"benchmarks": [run("room.add_ns"), run("room.add_2threads_ns/threads:2"), run("room.series_bytes/iterations:1", value=120.0),
                                       run("room.log_ns/iterations:1/manual_time"), run("room.encode_mb_s", value=900.0), run("room.render_ms", cpu_time=3.0, time_unit="ms"),
                                       run("room.add_ns@other", cpu_time=5.0), run("room.encode_mb_s@other", value=300.0)]})
    same([(f["name"], f["value"], f["unit"], f["peer"], f["ratio"]) for f in figures],
         [("room.add_ns", 2.5, "ns", "other", 2.0), ("room.add_2threads_ns", 2.5, "ns", None, None), ("room.series_bytes", 120.0, "B", None, None), ("room.log_ns", 99.0, "ns", None, None),
          ("room.encode_mb_s", 900.0, "MB/s", "other", 3.0), ("room.render_ms", 3.0, "ms", None, None)])


def no_benchmark_at_all_is_an_error() -> None:
    same(report("room", {"benchmarks": []}), ([], ["room: no benchmark ran; is the filter right?"]))
    ended = subprocess.run([sys.executable, str(HERE / "report.py"), "room", "/dev/null"], capture_output=True, text=True, check=False)
    assert ended.returncode == 1 and "is the filter right?" in ended.stderr and not ended.stdout, ended


def a_file_that_is_cut_off_is_an_error() -> None:
    for file, says in [(str(HERE / "report.py"), "did not end well"), ("/nowhere/at_all.json", "No such file")]:
        ended = subprocess.run([sys.executable, str(HERE / "report.py"), "room", file], capture_output=True, text=True, check=False)
        assert ended.returncode == 1 and says in ended.stderr and "Traceback" not in ended.stderr, ended


def the_ratio_is_more_where_ours_is_better() -> None:
    def ratio(*arguments, **options) -> float | None:
        return json.loads(figure("a", *arguments, **options))["ratio"]

    same(ratio(10, "ms", "peer", 50), 5)
    same(ratio(50, "ms", "peer", 10), 0.2)
    same(ratio(50, "1/s", "peer", 10, more_is_better=True), 5)
    same(ratio(10, "ms"), None)
    same(ratio(0, "ms", "peer", 10), None)
    same(json.loads(figure("a", 10, "ms", "peer"))["peer"], None)


CASES = (each_benchmark_gives_its_time, of_repetitions_the_median_counts_and_rates_are_figures, counters_have_units, a_benchmark_that_failed_is_told_and_the_others_count, a_benchmark_named_like_a_figure_is_one_and_stands_beside_its_peer,
         no_benchmark_at_all_is_an_error, a_file_that_is_cut_off_is_an_error, the_ratio_is_more_where_ours_is_better)

if __name__ == "__main__":
    sys.exit(0 if run_cases("bench_report", [(case.__name__, case) for case in CASES]) else 1)
