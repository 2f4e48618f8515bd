# SPDX-License-Identifier: Apache-2.0
# ./task tidy [room]: clang-tidy with the short list of checks in .clang-tidy.

task_tidy() {
  need_packages "${build_packages[@]}" "${style_packages[@]}"
  configure fast
  build fast mizzen_pch # the compile commands name it
  git ls-files -z "mizzen/${1:-}*.cpp" | xargs -0 -r -P "$jobs" -n 1 clang-tidy-19 --quiet -p build/fast
}
