# SPDX-License-Identifier: Apache-2.0
# ./task tsan [room...]: the tests of the rooms that use more than one thread, under the thread sanitizer.

# Everything on one Loop is one thread; these are the rooms with a thread or a real loop of their own in their tests.
threaded_rooms() { grep -rlE '#include <(thread|mutex|atomic|future|condition_variable)>' mizzen --include='*.[ch]pp' | sed -E 's|^mizzen/(kube/)?([^/]*)/.*|\1\2|' | sort -u; }

task_tsan() {
  local targets=() tests=()
  need_packages "${build_packages[@]}"
  sanitizer_env
  # shellcheck disable=SC2046 # names of rooms hold no spaces
  (($#)) || set -- $(threaded_rooms)
  configure tsan
  for room; do
    name=$(target_of "$room")_test
    grep -qx "$name" build/tsan/test_programs.txt || { echo "$room: no tests"; continue; }
    targets+=("$name")
    tests+=("$room=build/tsan/$name")
  done
  build tsan "${targets[@]}"
  python3 tools/run_tests.py --jobs "$jobs" "${tests[@]}"
}
