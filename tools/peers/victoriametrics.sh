#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds VictoriaMetrics as a single node, which takes remote write and OTLP metrics, from the Go module proxy.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
version=v1.130.0
module=github.com/VictoriaMetrics/VictoriaMetrics

export CGO_ENABLED=0
peer victoria-metrics $module $version $module/app/victoria-metrics "-X $module/lib/buildinfo.Version=victoria-metrics-$version"
