#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds an OpenTelemetry Collector that receives OTLP and writes it to a file as JSON lines, from the Go module proxy.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
version=v0.161.0  # of the components
stable=v1.67.0    # of the core modules released with them

if ! have otelcol "$version"; then
  dir=$PEERS_DIR/build/otelcol
  rm -rf "$dir"
  mkdir -p "$dir"
  cat >"$dir/manifest.yaml" <<END
dist: {name: otelcol, version: ${version#v}, output_path: $dir/out}
receivers: [{gomod: go.opentelemetry.io/collector/receiver/otlpreceiver $version}]
exporters: [{gomod: github.com/open-telemetry/opentelemetry-collector-contrib/exporter/fileexporter $version}]
providers:  # env is the scheme that the builder makes the default
  - {gomod: go.opentelemetry.io/collector/confmap/provider/envprovider $stable}
  - {gomod: go.opentelemetry.io/collector/confmap/provider/fileprovider $stable}
END
  (cd / && GOBIN=$dir GOFLAGS='' go install "go.opentelemetry.io/collector/cmd/builder@$version")
  CGO_ENABLED=0 "$dir/builder" --config "$dir/manifest.yaml" --ldflags='-s -w' >&2
  mv "$dir/out/otelcol" "$PEERS_BIN/otelcol"
  printf '%s\n' "$version" >"$PEERS_DIR/stamp/otelcol"
fi
report otelcol "$version"
