#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Starts, stops or describes a real control plane (etcd, kube-apiserver, kube-controller-manager, kube-scheduler, kwok nodes) on loopback.
#
#   real-cluster.sh up DIR           state, logs and DIR/kubeconfig go to DIR; prints the time to /readyz and to the last Ready node
#   real-cluster.sh kubeconfig DIR   prints the path of the admin kubeconfig
#   real-cluster.sh down DIR         stops what 'up' started and removes the data (the logs stay)
#
# NODES=1 sets the number of kwok nodes (0 starts no kwok). ONLY="etcd kube-apiserver" leaves the rest out. FSYNC=1 keeps etcd's fsync on.
# APISERVER_ARGS, CONTROLLER_MANAGER_ARGS, KWOK_ARGS and ETCD_ARGS are appended to the command lines; KWOK_STAGES is kwok's file of stages.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
[[ $# == 2 && $1 =~ ^(up|down|kubeconfig)$ ]] || { sed -n '3,10s/^# \{0,1\}//p' "$0" >&2; exit 2; }
verb=$1
mkdir -p "$2"
dir=$(cd "$2" && pwd)
pki=$dir/pki
only=${ONLY:-etcd kube-apiserver kube-controller-manager kube-scheduler kwok}
nodes=${NODES:-1}

wanted() { [[ " $only " == *" $1 "* ]]; }
seconds_since() { awk -v a="$1" -v b="$EPOCHREALTIME" 'BEGIN {printf "%.2f s", b - a}'; }

# free_port: a loopback port that nothing listens on, not handed out before.
taken=" "
free_port() {
  while :; do
    port=$((20000 + RANDOM % 12000))
    [[ $taken == *" $port "* ]] || (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { taken+="$port "; return; }
  done
}

# start NAME ARGS...: runs a peer in its own session, log and pid under DIR.
start() {
  local name=$1
  setsid "$PEERS_BIN/$name" "${@:2}" >"$dir/log/$name.log" 2>&1 </dev/null &
  printf '%s\n' $! >"$dir/pid/$name"
}

# stop_all: ends, youngest first, only the processes this script started in DIR.
stop_all() {
  local name pid
  for name in kwok kube-scheduler kube-controller-manager kube-apiserver etcd; do
    pid=$(cat "$dir/pid/$name" 2>/dev/null) || continue
    if [[ $(readlink "/proc/$pid/exe" 2>/dev/null) == "$PEERS_BIN/$name"* ]]; then
      kill "$pid" 2>/dev/null || true
      for ((i = 0; i < 100; i++)); do [[ -e /proc/$pid ]] && sleep 0.1 || break; done
      kill -9 "$pid" 2>/dev/null || true
    fi
    rm -f "$dir/pid/$name"
  done
}

# certificate NAME SUBJECT [SANS]: a key and a certificate signed by the cluster's CA.
certificate() {
  openssl ecparam -genkey -name prime256v1 -noout -out "$pki/$1.key"
  openssl req -new -key "$pki/$1.key" -subj "$2" -out "$pki/$1.csr"
  openssl x509 -req -in "$pki/$1.csr" -CA "$pki/ca.crt" -CAkey "$pki/ca.key" -days 3650 -out "$pki/$1.crt" \
    -extfile <(printf 'extendedKeyUsage=serverAuth,clientAuth\n%s' "${3:+subjectAltName=$3}") 2>/dev/null
}

# kubeconfig NAME: DIR/pki/NAME.kubeconfig for the client certificate NAME, with everything embedded.
kubeconfig() {
  cat >"$pki/$1.kubeconfig" <<END
apiVersion: v1
kind: Config
current-context: real
clusters: [{name: real, cluster: {server: "https://127.0.0.1:$api_port", certificate-authority-data: $(base64 -w0 "$pki/ca.crt")}}]
users: [{name: $1, user: {client-certificate-data: $(base64 -w0 "$pki/$1.crt"), client-key-data: $(base64 -w0 "$pki/$1.key")}}]
contexts: [{name: real, context: {cluster: real, user: $1}}]
END
}

make_pki() {
  rm -rf "$pki"
  mkdir -p "$pki"
  openssl ecparam -genkey -name prime256v1 -noout -out "$pki/ca.key"
  openssl req -x509 -new -key "$pki/ca.key" -subj /CN=real-ca -days 3650 -out "$pki/ca.crt"
  openssl ecparam -genkey -name prime256v1 -noout -out "$pki/sa.key"
  openssl ec -in "$pki/sa.key" -pubout -out "$pki/sa.pub" 2>/dev/null
  certificate apiserver /CN=kube-apiserver IP:127.0.0.1,IP:10.0.0.1,DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local
  certificate admin /O=system:masters/CN=admin
  certificate controller-manager /CN=system:kube-controller-manager
  certificate scheduler /CN=system:kube-scheduler
  certificate front-proxy /CN=front-proxy
  certificate kubelet /O=system:nodes/CN=kwok IP:127.0.0.1
}

# ready: true once /readyz answers 200 (a 503 says the server is up but not ready).
ready() {
  [[ $(curl -s --max-time 5 -o /dev/null -w '%{http_code}' --cacert "$pki/ca.crt" --cert "$pki/admin.crt" --key "$pki/admin.key" "https://127.0.0.1:$api_port/readyz") == 200 ]]
}

# wait_for SECONDS COMMAND...: polls every 50 ms; fails with the end of the API server's log.
wait_for() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < deadline)) || { echo "timed out: $*" >&2; tail -n 5 "$dir"/log/*.log >&2; exit 1; }
    sleep 0.05
  done
}

node_list() {
  local i
  for ((i = 0; i < nodes; i++)); do
    cat <<END
---
apiVersion: v1
kind: Node
metadata:
  name: kwok-$i
  annotations: {kwok.x-k8s.io/node: fake, node.alpha.kubernetes.io/ttl: "0"}
  labels: {type: kwok, kubernetes.io/hostname: kwok-$i, kubernetes.io/os: linux, kubernetes.io/arch: amd64, kubernetes.io/role: agent}
status:
  allocatable: {cpu: "32", memory: 256Gi, pods: "1000"}
  capacity: {cpu: "32", memory: 256Gi, pods: "1000"}
END
  done
}

up() {
  stop_all
  rm -rf "$dir/etcd"
  mkdir -p "$dir/log" "$dir/pid"
  local port etcd_port peer_port api_port kcm_port scheduler_port kwok_port
  free_port; etcd_port=$port
  free_port; peer_port=$port
  free_port; api_port=$port
  free_port; kcm_port=$port
  free_port; scheduler_port=$port
  free_port; kwok_port=$port
  make_pki
  for name in admin controller-manager scheduler; do kubeconfig "$name"; done
  cp "$pki/admin.kubeconfig" "$dir/kubeconfig"
  export KUBECONFIG=$dir/kubeconfig
  printf 'etcd=http://127.0.0.1:%s\napiserver=https://127.0.0.1:%s\ncontroller-manager=https://127.0.0.1:%s\nscheduler=https://127.0.0.1:%s\nkwok=https://127.0.0.1:%s\n' \
    "$etcd_port" "$api_port" "$kcm_port" "$scheduler_port" "$kwok_port" >"$dir/ports"

  local began=$EPOCHREALTIME fsync=(--unsafe-no-fsync)
  [[ ${FSYNC:-0} == 1 ]] && fsync=()
  start etcd --data-dir="$dir/etcd" --listen-client-urls="http://127.0.0.1:$etcd_port" --advertise-client-urls="http://127.0.0.1:$etcd_port" \
    --listen-peer-urls="http://127.0.0.1:$peer_port" --initial-advertise-peer-urls="http://127.0.0.1:$peer_port" \
    --initial-cluster="default=http://127.0.0.1:$peer_port" --log-level=warn "${fsync[@]}" ${ETCD_ARGS-}
  start kube-apiserver --etcd-servers="http://127.0.0.1:$etcd_port" --bind-address=127.0.0.1 --secure-port="$api_port" --advertise-address=192.0.2.1 \
    --tls-cert-file="$pki/apiserver.crt" --tls-private-key-file="$pki/apiserver.key" --client-ca-file="$pki/ca.crt" \
    --service-account-issuer=https://kubernetes.default.svc.cluster.local --service-account-key-file="$pki/sa.pub" --service-account-signing-key-file="$pki/sa.key" \
    --requestheader-client-ca-file="$pki/ca.crt" --requestheader-allowed-names=front-proxy --requestheader-username-headers=X-Remote-User \
    --requestheader-group-headers=X-Remote-Group --requestheader-extra-headers-prefix=X-Remote-Extra- \
    --proxy-client-cert-file="$pki/front-proxy.crt" --proxy-client-key-file="$pki/front-proxy.key" --enable-aggregator-routing=true \
    --kubelet-certificate-authority="$pki/ca.crt" --kubelet-client-certificate="$pki/admin.crt" --kubelet-client-key="$pki/admin.key" \
    --kubelet-preferred-address-types=InternalIP --authorization-mode=Node,RBAC --service-cluster-ip-range=10.0.0.0/16 --allow-privileged=true ${APISERVER_ARGS-}
  wait_for 120 ready
  echo "/readyz after $(seconds_since "$began")"
  if wanted kube-controller-manager; then
    local kcm=$pki/controller-manager.kubeconfig
    start kube-controller-manager --kubeconfig="$kcm" --authentication-kubeconfig="$kcm" --authorization-kubeconfig="$kcm" --bind-address=127.0.0.1 \
      --secure-port="$kcm_port" --service-account-private-key-file="$pki/sa.key" --root-ca-file="$pki/ca.crt" --cluster-signing-cert-file="$pki/ca.crt" \
      --cluster-signing-key-file="$pki/ca.key" --use-service-account-credentials=true --leader-elect=false ${CONTROLLER_MANAGER_ARGS-}
  fi
  if wanted kube-scheduler; then
    local scheduler=$pki/scheduler.kubeconfig
    start kube-scheduler --kubeconfig="$scheduler" --authentication-kubeconfig="$scheduler" --authorization-kubeconfig="$scheduler" --bind-address=127.0.0.1 \
      --secure-port="$scheduler_port" --leader-elect=false
  fi
  if wanted kwok && ((nodes)); then
    start kwok --kubeconfig="$dir/kubeconfig" --manage-all-nodes=true --node-ip=127.0.0.1 --node-port="$kwok_port" --server-address="127.0.0.1:$kwok_port" --cidr=10.128.0.0/9 \
      --tls-cert-file="$pki/kubelet.crt" --tls-private-key-file="$pki/kubelet.key" --node-lease-duration-seconds=40 \
      --config="${KWOK_STAGES:-$PEERS_DIR/share/kwok/stage/fast.yaml}" ${KWOK_ARGS-}
    node_list | "$PEERS_BIN/kubectl" apply --server-side -f - >/dev/null
    "$PEERS_BIN/kubectl" wait node --all --for=condition=Ready --timeout="$((60 + nodes / 10))s" >/dev/null || { tail -n 5 "$dir/log/kwok.log" >&2; exit 1; }
    echo "$nodes node(s) Ready after $(seconds_since "$began")"
  fi
  if wanted kube-controller-manager; then
    wait_for 60 "$PEERS_BIN/kubectl" -n default get serviceaccount default
    echo "service account default/default after $(seconds_since "$began")"
  fi
  echo "kubeconfig $dir/kubeconfig"
}

case $verb in
up) up ;;
down) stop_all; rm -rf "$dir/etcd" ;;
kubeconfig) [[ -f $dir/kubeconfig ]] || { echo "no cluster in $dir" >&2; exit 1; }; echo "$dir/kubeconfig" ;;
esac
