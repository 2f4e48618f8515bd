#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds Jaeger 2, which takes spans by OTLP and is asked for them by its query API, from the Go module proxy.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
version=v1.76.0  # of the module; the same commit is released as v2.13.0
module=github.com/jaegertracing/jaeger

export CGO_ENABLED=0
peer jaeger $module $version $module/cmd/jaeger
