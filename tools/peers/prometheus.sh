#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds Prometheus 3 and promtool from the Go module proxy, without the discoveries of clouds, which cost most of the build, and without the web page.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
version=v0.316.0  # of the module; the release is v3.16.0
module=github.com/prometheus/prometheus

export GOFLAGS="${GOFLAGS-} -tags=netgo,remove_all_sd,enable_kubernetes_sd,enable_dns_sd"
for tool in prometheus promtool; do
  peer $tool $module $version $module/cmd/$tool "-X github.com/prometheus/common/version.Version=3.16.0"
done
