#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Takes Prometheus 2.42 and its promtool out of Debian 12's package: installed as files in the peers' folder, without the service.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
version=2.42

if ! have prometheus-$version "$version" || ! have promtool-$version "$version"; then
  command -v apt-get >/dev/null || { echo "peers: prometheus-$version is taken from a Debian package, and there is no apt-get here" >&2; exit 2; }
  dir=$(mktemp -d)
  (cd "$dir" && apt-get -qq -o APT::Sandbox::User="$(id -un)" download prometheus)
  dpkg -x "$dir"/prometheus_*.deb "$dir"
  "$dir/usr/bin/prometheus" --version 2>&1 | grep -q "version $version" || {
    echo "peers: Debian's package is not of version $version here, but: $(basename "$dir"/prometheus_*.deb)" >&2
    exit 2
  }
  for tool in prometheus promtool; do
    mv "$dir/usr/bin/$tool" "$PEERS_BIN/$tool-$version"
    printf '%s\n' "$version" >"$PEERS_DIR/stamp/$tool-$version"
  done
  rm -rf "$dir"
fi
for tool in prometheus promtool; do report "$tool-$version" "$version"; done
