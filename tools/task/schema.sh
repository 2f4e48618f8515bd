# SPDX-License-Identifier: Apache-2.0
# ./task schema: extracts the tables and structs of the built-in kinds from the Go modules of the pinned Kubernetes release.

kubernetes_release=v1.37.2

task_schema() {
  local staging=v0.${kubernetes_release#v1.} arguments=() name
  command -v go >/dev/null || { echo "task schema: Go is needed to fetch the modules of Kubernetes $kubernetes_release" >&2; exit 2; }
  arguments=(--kubernetes "$(module_folder k8s.io/kubernetes "$kubernetes_release")")
  for name in api apimachinery apiextensions-apiserver kube-aggregator; do
    arguments+=("--$(sed 's/-apiserver//; s/^kube-//' <<<"$name")" "$(module_folder "k8s.io/$name" "$staging")")
  done
  python3 tools/schema/extract.py "${arguments[@]}" --out mizzen/kube/schema
  git diff --stat -- mizzen/kube/schema
}

# module_folder MODULE VERSION: where Go's module cache holds it, after a download if need be.
module_folder() { (cd / && GOFLAGS='' go mod download -json "$1@$2" | awk -F'"' '$2 == "Dir" {print $4}'); }
