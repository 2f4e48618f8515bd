#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds kube-apiserver, kube-controller-manager, kube-scheduler and kubectl, and an older kubectl, or only the tools named as arguments.
#
# kubectl-1.34 is kubectl three minor versions back. The module proxy has nothing newer than the version of the others.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
newest=v1.37.2
declare -A older=([kubectl-1.34]=v1.34.4)
tools=("$@")
((${#tools[@]})) || tools=(kubectl kube-apiserver kube-controller-manager kube-scheduler "${!older[@]}")

# build_kubernetes TOOL VERSION: the staging repositories of one release have versions of their own, v0.37.2 for v1.37.2.
build_kubernetes() {
  local tool=$1 version=$2 dir=$PEERS_DIR/build/kubernetes-$2 gomod major minor ldflags= package
  gomod=$(module_file k8s.io/kubernetes "$version" GoMod)
  mapfile -t replaces < <(awk -v v="v0.${version#v1.}" '$2 == "=>" && $3 ~ /^\.\/staging\// {print $1 "=" $1 "@" v}' "$gomod")
  wrapper "$dir" k8s.io/kubernetes "$version" "${replaces[@]}"
  IFS=. read -r major minor _ <<<"${version#v}"
  for package in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
    ldflags+=" -X $package.gitVersion=$version -X $package.gitMajor=$major -X $package.gitMinor=$minor -X $package.gitTreeState=clean"
  done
  gobuild "$dir" "$tool" "$version" "k8s.io/kubernetes/cmd/${tool%%-1.*}" "$ldflags"
}

for tool in "${tools[@]}"; do
  version=${older[$tool]:-$newest}
  have "$tool" "$version" || build_kubernetes "$tool" "$version"
  report "$tool" "$version"
done
