# SPDX-License-Identifier: Apache-2.0
# ./task docs [--check]: writes the parts of the documentation that come from the code, or says which are out of date.

# The binary of the dev build where there is one, for it is what the tests are built with; else the release binary.
task_docs() {
  local preset=release mode=--write
  case ${1:-} in
  "") ;;
  --check) mode= ;;
  *) echo "usage: ./task docs [--check]" >&2; exit 2 ;;
  esac
  need_packages "${build_packages[@]}"
  sanitizer_env
  [[ ! -x build/dev/mizzen ]] || preset=dev
  build "$preset" mizzen
  python3 tests/docs/reference.py "build/$preset/mizzen" $mode
}
