# SPDX-License-Identifier: Apache-2.0
# ./task golden --update: lets the golden tests write what they now get over what they expect, and shows what changed.

task_golden() {
  local targets=() program
  [[ ${1:-} == --update ]] || { echo "usage: ./task golden --update" >&2; exit 2; }
  need_packages "${build_packages[@]}"
  sanitizer_env
  configure dev
  mapfile -t targets < <(grep -rlE 'MIZZEN_UPDATE_GOLDEN' mizzen --include='*_test.cpp' | sed -E 's|^mizzen/(kube/[^/]*\|[^/]*)/.*|\1|; s|/|_|' | sort -u)
  ((${#targets[@]})) || { echo "no golden tests"; return; }
  build dev "${targets[@]/%/_test}"
  for program in "${targets[@]/%/_test}"; do MIZZEN_UPDATE_GOLDEN=1 "build/dev/$program" --gtest_brief=1 --gtest_filter='*Golden*'; done
  git status --short -- '*/testdata/*'
}
