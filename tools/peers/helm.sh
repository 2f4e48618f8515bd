#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds Helm 3 and 4 (helm3, helm4) and an OCI registry for `helm push` (registry) from the Go module proxy.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

# Without a cluster, Helm 3 takes Kubernetes 1.20 unless the version of its client-go is linked in; Helm 4 reads it from its build info.
v=v3.22.0 m=helm.sh/helm/v3
peer helm3 $m $v $m/cmd/helm "-X $m/internal/version.version=$v -X $m/internal/version.gitTreeState=clean \
  -X $m/pkg/chartutil.k8sVersionMajor=1 -X $m/pkg/chartutil.k8sVersionMinor=37 \
  -X $m/pkg/lint/rules.k8sVersionMajor=1 -X $m/pkg/lint/rules.k8sVersionMinor=37"

v=v4.3.1 m=helm.sh/helm/v4
peer helm4 $m $v $m/cmd/helm "-X $m/internal/version.version=$v -X $m/internal/version.gitTreeState=clean"

# The registry's own command links four cloud storage clients, which cost most of its build; tests need the disk and the memory only.
v=v3.1.2 m=github.com/distribution/distribution/v3
if ! have registry $v; then
  dir=$(mktemp -d)
  same_graph "$dir" $m $v
  cat >"$dir/main.go" <<GO
package main

import (
	"os"

	"$m/registry"
	_ "$m/registry/auth/htpasswd"
	_ "$m/registry/storage/driver/filesystem"
	_ "$m/registry/storage/driver/inmemory"
)

func main() {
	if registry.RootCmd.Execute() != nil {
		os.Exit(1)
	}
}
GO
  gobuild "$dir" registry $v . "-X $m/version.version=$v"
  rm -rf "$dir"
fi
report registry $v
