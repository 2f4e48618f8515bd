# SPDX-License-Identifier: Apache-2.0
# ./task up [file] [-- command]: the main job, with the release binary.

task_up() {
  local file=examples/shop.yaml
  if [[ $# != 0 && $1 != --* ]]; then
    file=$1
    shift
  fi
  need_packages "${build_packages[@]}"
  build release mizzen
  exec build/release/mizzen up "$file" "$@"
}
