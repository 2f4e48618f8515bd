# SPDX-License-Identifier: Apache-2.0
# ./task test [room] [--peers]: builds and runs the tests; the last line is "N passed, N failed".

task_test() {
  local room= peers=
  for arg; do
    case $arg in
    --peers) peers=1 ;;
    -*) echo "task test: no option '$arg'" >&2; exit 2 ;;
    *) room=$arg ;;
    esac
  done
  need_packages "${build_packages[@]}"
  sanitizer_env
  if [[ $peers ]]; then
    test_peers "$room"
  elif [[ $room ]]; then
    test_room "$room"
  else
    test_everything
  fi
}

# run_tests NAME=COMMAND...: runs each program, counts its cases, prints the sum as the last line.
run_tests() { python3 tools/run_tests.py --jobs "$jobs" "$@"; }

# What stands in for the tests when the build breaks, so that the last line is the same in every outcome.
build_failed() {
  echo "The build failed."
  echo "0 passed, 1 failed"
  exit 1
}

# programs_of DIR: NAME=COMMAND of every test program that CMake made in DIR.
programs_of() { sed 's|.*|&='"$1"'/&|' "$1/test_programs.txt" 2>/dev/null || :; }

static_checks=(layers="python3 tools/layers.py" headers="python3 tools/public_headers.py" house="python3 tools/house_rules.py")

docs_checks=(docs="python3 tests/docs/run_tutorials.py build/dev/mizzen" reference="python3 tests/docs/reference.py build/dev/mizzen"
  bench="python3 bench/report_test.py")

test_everything() {
  build dev || build_failed
  build release mizzen sim_test || build_failed
  mapfile -t programs < <(programs_of build/dev)
  run_tests "${static_checks[@]}" "${programs[@]}" "${docs_checks[@]}" e2e="python3 tests/e2e/hermetic.py build/dev/mizzen" \
    sim_release="env MIZZEN_SEEDS=1000 build/release/sim_test"
}

test_room() {
  local name
  for check in "${static_checks[@]}"; do
    [[ ${check%%=*} != "$1" ]] || { run_tests "$check"; return; }
  done
  if [[ $1 == e2e ]]; then
    build dev mizzen || build_failed
    run_tests e2e="python3 tests/e2e/hermetic.py build/dev/mizzen"
    return
  fi
  if [[ $1 == docs ]]; then
    build dev mizzen cache_operator || build_failed
    run_tests "${docs_checks[@]}"
    return
  fi
  [[ -d mizzen/$1 ]] || { echo "task test: no room '$1'; layers.txt lists them" >&2; exit 2; }
  name=$(target_of "$1")
  build dev "${name}_test" "${name}_headers" || build_failed
  run_tests "$1=build/dev/${name}_test"
}

test_peers() {
  need_packages "${peer_packages[@]}" "${example_packages[@]}"
  # CMake looks again for what the examples need.
  { configure release && cmake build/release >/dev/null && build release mizzen metrics_subject example_telemetry_test; } || build_failed
  run_tests peers="python3 -u tests/e2e/peers.py build/release/mizzen $1" examples=build/release/example_telemetry_test
}
