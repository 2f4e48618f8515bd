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
  [[ $1 != telemetry || ${BENCHMARK_FILTER-} ]] || bench_telemetry_build
}

# What telemetry with the rooms below it takes to configure and build from nothing, without a compiler cache.
bench_telemetry_build() {
  local dir began ended
  dir=$(mktemp -d)
  began=$(date +%s.%N)
  cmake -S . -B "$dir" -G Ninja -DCMAKE_CXX_COMPILER=clang++-19 -DCMAKE_BUILD_TYPE=None -DCMAKE_CXX_FLAGS="-O2 -DNDEBUG" \
    -DMIZZEN_ROOMS=telemetry -DMIZZEN_TESTS=OFF -DCCACHE= >&2 && ninja -C "$dir" -j "$jobs" --quiet >&2 || { rm -rf "$dir"; return 1; }
  ended=$(date +%s.%N)
  rm -rf "$dir"
  PYTHONPATH=bench python3 -c 'import sys, figure; print(figure.figure("telemetry.build_s", float(sys.argv[2]) - float(sys.argv[1]), "s"))' "$began" "$ended"
}
