#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Drives helm3 and helm4 through a release's whole life against the API server of $KUBECONFIG and records every request: `helm-trace.sh OUT_DIR [helm3|helm4 ...]`.
#
# Prints one line per command: exit status, milliseconds, requests. OUT_DIR/TOOL.COMMAND.jsonl holds the requests (see trace.py), .out what Helm said.
# Run it against kube-apiserver and against ours, and compare.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=${PEERS_DIR:-$HOME/.cache/mizzen-peers}/bin
: "${KUBECONFIG:?}"
out=${1:?folder for the traces}
shift
(($#)) || set -- helm3 helm4
mkdir -p "$out"
port=${TRACE_PORT:-15300}
export HOME=$out/home # Helm keeps its discovery cache under it
failed=0 recorder=
trap '[[ -z $recorder ]] || kill "$recorder" 2>/dev/null || :' EXIT

# step TOOL NAME ARGS...: one Helm command behind its own recorder.
step() {
  local tool=$1 name=$2 log began rc=0
  shift 2
  log=$out/$tool.$name.jsonl
  rm -f "$log" "$log.kubeconfig"
  python3 "$here/trace.py" "$port" "$KUBECONFIG" "$log" &
  recorder=$!
  until [[ -f $log.kubeconfig ]] && (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
    kill -0 "$recorder" || exit 1
    sleep 0.02
  done
  began=$EPOCHREALTIME
  KUBECONFIG=$log.kubeconfig "$bin/$tool" "$@" >"$out/$tool.$name.out" 2>&1 || rc=$?
  printf '%-6s %-18s rc %d  %5d ms  %3d requests\n' "$tool" "$name" "$rc" \
    "$(awk -v a="$began" -v b="$EPOCHREALTIME" 'BEGIN {printf "%d", (b - a) * 1000}')" "$(wc -l <"$log")"
  kill "$recorder"
  wait "$recorder" 2>/dev/null || :
  recorder=
  ((rc == 0)) || { failed=1; tail -3 "$out/$tool.$name.out" >&2; }
}

for tool; do
  space=trace-$tool
  step "$tool" install install tiny "$here/helm-demo" -n "$space" --create-namespace
  step "$tool" list list -n "$space"
  step "$tool" status status tiny -n "$space"
  step "$tool" get-manifest get manifest tiny -n "$space"
  step "$tool" dry-run-server upgrade tiny "$here/helm-demo" -n "$space" --dry-run=server --set replicas=2
  step "$tool" upgrade upgrade tiny "$here/helm-demo" -n "$space" --set greeting=hi,replicas=2
  step "$tool" upgrade-install upgrade --install tiny "$here/helm-demo" -n "$space" --set greeting=hey
  step "$tool" history history tiny -n "$space"
  step "$tool" rollback rollback tiny 1 -n "$space"
  step "$tool" uninstall uninstall tiny -n "$space"
done
exit "$failed"
