# SPDX-License-Identifier: Apache-2.0
# Configures and builds one preset, quietly where there is nothing to do.

jobs=${MIZZEN_JOBS:-$(nproc)}

# build PRESET [TARGET...]: true if the targets (default: all) are up to date.
build() {
  local preset=$1 dir=build/$1
  shift
  configure "$preset" || return
  ninja -C "$dir" -j "$jobs" --quiet "$@"
}

# configure PRESET: once; Ninja runs CMake again by itself when a CMake file or the list of sources changes.
configure() {
  local log
  [[ ! -f build/$1/build.ninja ]] || return 0
  mkdir -p build
  log=build/$1.configure.log
  cmake --preset "$1" >"$log" 2>&1 || { cat "$log" >&2; return 1; }
}

# target_of ROOM: what the room is called in the names of its CMake targets (kube/client: kube_client).
target_of() { tr / _ <<<"$1"; }

# Reports of the sanitizers name functions and lines, and stop the program at the first finding.
sanitizer_env() {
  export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_stack_use_after_return=1:strict_init_order=1:check_initialization_order=1}
  export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1:halt_on_error=1}
  export TSAN_OPTIONS=${TSAN_OPTIONS:-halt_on_error=1:second_deadlock_stack=1}
  export ASAN_SYMBOLIZER_PATH=/usr/bin/llvm-symbolizer-19 TSAN_SYMBOLIZER_PATH=/usr/bin/llvm-symbolizer-19
}
