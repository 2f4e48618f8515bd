# SPDX-License-Identifier: Apache-2.0
# ./task docs [--check]: writes the parts of the documentation that come from the code, or says which are out of date.

# What is generated: the file, and the command whose output it is.
generated_docs=(
  "docs/reference/mizzen.txt|build/release/mizzen --help"
  "docs/reference/webapp-crd.yaml|build/release/mizzen crd"
)

task_docs() {
  local entry file stale=0
  need_packages "${build_packages[@]}"
  build release mizzen
  mkdir -p docs/reference
  for entry in "${generated_docs[@]}"; do
    file=${entry%%|*}
    ${entry#*|} >"build/generated_doc"
    if [[ ${1:-} == --check ]]; then
      cmp -s build/generated_doc "$file" || { echo "$file is out of date: ./task docs"; stale=1; }
    else
      cp build/generated_doc "$file"
    fi
  done
  return "$stale"
}
