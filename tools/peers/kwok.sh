#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds kwok and kwokctl (fake nodes and pods for a real control plane) from the Go module proxy.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
version=v0.8.0

missing=()
for tool in kwok kwokctl; do have "$tool" "$version" || missing+=("$tool"); done

if ((${#missing[@]})); then
  dir=$PEERS_DIR/build/kwok
  wrapper "$dir" sigs.k8s.io/kwok "$version"
  for tool in "${missing[@]}"; do gobuild "$dir" "$tool" "$version" "sigs.k8s.io/kwok/cmd/$tool" "-X sigs.k8s.io/kwok/pkg/consts.Version=$version"; done
fi
stages=$PEERS_DIR/share/kwok/stage-$version
if [[ ! -d $stages ]]; then
  rm -rf "$stages.new"
  mkdir -p "$PEERS_DIR/share/kwok"
  cp -r "$(module_file sigs.k8s.io/kwok "$version" Dir)/kustomize/stage" "$stages.new"
  chmod -R u+w "$stages.new"
  # The set kwok calls 'fast': without any stage kwok does not start.
  for file in "$stages.new"/node/fast/node-*.yaml "$stages.new"/node/heartbeat-with-lease/node-*.yaml "$stages.new"/pod/fast/pod-*.yaml; do
    echo ---
    cat "$file"
  done >"$stages.new/fast.yaml"
  mv "$stages.new" "$stages"
fi
ln -sfn "stage-$version" "$PEERS_DIR/share/kwok/stage"
for tool in kwok kwokctl; do report "$tool" "$version"; done
