# SPDX-License-Identifier: Apache-2.0
# ./task bench [name]: measures the release build; `up` is the main job as a user starts it, any other name is a room with benchmarks.

task_bench() {
  need_packages "${build_packages[@]}"
  configure release
  mapfile -t rooms < <(sed 's/_bench$//' build/release/bench_programs.txt)
  (($#)) || set -- up "${rooms[@]}"
  for name; do
    case $name in
    up)
      build release mizzen
      python3 bench/up.py build/release/mizzen examples/shop.yaml
      ;;
    *)
      name=$(target_of "$name")
      [[ " ${rooms[*]} " == *" $name "* ]] || { echo "task bench: no benchmark '$name'; there are: up ${rooms[*]}" >&2; exit 2; }
      build release "${name}_bench"
      "build/release/${name}_bench"
      ;;
    esac
  done
}
