# SPDX-License-Identifier: Apache-2.0
# ./task peers [name...]: installs the real systems (etcd, kubernetes, kwok, helm, the Collector, Jaeger, Prometheus, VictoriaMetrics) that ./task test --peers compares with.

task_peers() {
  (($#)) || set -- kubernetes etcd kwok helm collector jaeger prometheus prometheus-debian victoriametrics pushgateway
  for name; do
    [[ -x tools/peers/$name.sh ]] || { echo "task peers: no recipe '$name' in tools/peers" >&2; exit 2; }
    "tools/peers/$name.sh"
  done
}
