#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds etcd from the Go module proxy.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
version=v3.7.3

if ! have etcd "$version"; then
  dir=$PEERS_DIR/build/etcd
  wrapper "$dir" go.etcd.io/etcd/server/v3 "$version"
  gobuild "$dir" etcd "$version" go.etcd.io/etcd/server/v3
fi
report etcd "$version"
