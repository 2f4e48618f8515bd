# SPDX-License-Identifier: Apache-2.0
# ./task fuzz [target] [seconds]: runs fuzz targets, several at a time; what they find lies in build/fuzz/found, what they learned in build/fuzz/corpus.

task_fuzz() {
  local target=${1:-} seconds=${2:-60}
  need_packages "${build_packages[@]}"
  sanitizer_env
  configure fuzz
  mapfile -t targets <build/fuzz/fuzz_programs.txt
  if [[ $target && $target != all ]]; then
    [[ " ${targets[*]} " == *" $target "* ]] || { echo "task fuzz: no target '$target'; there are: ${targets[*]}" >&2; exit 2; }
    targets=("$target")
  fi
  build fuzz "${targets[@]}"
  mkdir -p build/fuzz/found
  export -f fuzz_one
  printf '%s\n' "${targets[@]}" | xargs -P "$jobs" -I{} bash -c 'fuzz_one "$1" "$2"' _ {} "$seconds"
}

# fuzz_one TARGET SECONDS: one line of result; the whole log only when it found something.
fuzz_one() {
  local corpus=build/fuzz/corpus/$1 log=build/fuzz/$1.log seeds dictionary
  mkdir -p "$corpus"
  mapfile -t seeds < <(find mizzen -type d -path "*/testdata/$1")
  dictionary=$(find mizzen -path "*/testdata/$1.dict" | head -n 1)
  if "build/fuzz/$1" -max_total_time="$2" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 -artifact_prefix="build/fuzz/found/$1-" \
    ${dictionary:+"-dict=$dictionary"} "$corpus" "${seeds[@]}" >"$log" 2>&1; then
    printf '%-28s %12s inputs, nothing found\n' "$1" "$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")"
  else
    tail -n 60 "$log"
    echo "$1: found something; the input lies in build/fuzz/found"
    return 1
  fi
}
