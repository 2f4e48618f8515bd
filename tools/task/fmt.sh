# SPDX-License-Identifier: Apache-2.0
# ./task fmt [--check]: formats the C++ sources, or says which differ.

task_fmt() {
  local mode=-i
  [[ ${1:-} != --check ]] || mode="--dry-run --Werror"
  need_packages "${style_packages[@]}"
  # shellcheck disable=SC2086
  git ls-files -z '*.cpp' '*.hpp' | xargs -0 -r -P "$jobs" -n 16 clang-format-19 $mode
}
