#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the Pushgateway from the Go module proxy.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
version=v1.11.1
module=github.com/prometheus/pushgateway

export CGO_ENABLED=0
peer pushgateway $module $version $module
