# SPDX-License-Identifier: Apache-2.0
# ./task bench [name]: measures the release build; `up` is the main job as a user starts it, any other name is a room with benchmarks.
# Tables for people go to standard error; standard output has the figures, one JSON object a line, at the end.

task_bench() {
  local name rooms figures=build/release/figures.jsonl
  need_packages "${build_packages[@]}" "${bench_packages[@]}"
  rm -f build/release/build.ninja  # so that CMake sees peers that were installed since
  configure release
  mapfile -t rooms < <(sed -n 's/_bench$//; /_peers$/!p' build/release/bench_programs.txt)
  (($#)) || set -- up "${rooms[@]}"
  for name; do
    [[ " up ${rooms[*]} " == *" $(target_of "$name") "* ]] || { echo "task bench: no benchmark '$name'; there are: up ${rooms[*]}" >&2; exit 2; }
  done
  : >"$figures"
  for name; do bench_one "$(target_of "$name")" >>"$figures"; done
  cat "$figures"
}

# bench_one NAME: builds and runs one benchmark, prints its figures. BENCHMARK_FILTER and the other variables of Google Benchmark hold.
bench_one() {
  local program out outs=()
  if [[ $1 == up ]]; then
    build release mizzen >&2
    python3 bench/up.py build/release/mizzen examples/shop.yaml
    return
  fi
  for program in $(grep -xE "$1(_peers)?_bench" build/release/bench_programs.txt); do
    out=build/release/$program.json
    build release "$program" >&2
    rm -f "$out"
    "build/release/$program" --benchmark_out="$out" --benchmark_out_format=json >&2
    outs+=("$out")
  done
  python3 bench/report.py "$1" "${outs[@]}"
}
