# SPDX-License-Identifier: Apache-2.0
# Which Debian packages the build needs, and how ./task installs the missing ones.

build_packages=(clang-19 libclang-rt-19-dev llvm-19 mold ccache ninja-build cmake pkg-config git python3 openssl curl libasio-dev libssl-dev libnghttp2-dev
  zlib1g-dev libzstd-dev libsnappy-dev libsimdjson-dev libyaml-dev libsqlite3-dev libcli11-dev libfmt-dev libmimalloc-dev libgtest-dev libbenchmark-dev)
# What suites of ./task test --peers check against.
peer_packages=(python3-prometheus-client)
# What the examples for Boost.Beast and gRPC are built with, where it is there.
example_packages=(libboost-dev libgrpc++-dev protobuf-compiler-grpc)
# Libraries that benchmarks compare with.
bench_packages=(prometheus-cpp-dev)
style_packages=(clang-format-19 clang-tidy-19)

# missing_packages PACKAGE...: prints those that are not installed.
missing_packages() {
  local have
  have=" $(dpkg-query -W -f='${db:Status-Status}:${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed://p' | tr '\n' ' ' || :) "
  for p; do [[ $have == *" $p "* ]] || echo "$p"; done
}

# need_packages PACKAGE...: returns once they are all installed; stops the task where that is not possible.
need_packages() {
  local missing sudo=()
  [[ -z ${MIZZEN_NO_INSTALL-} ]] || return 0
  if ! grep -qs '^ID=debian$' /etc/os-release; then
    echo "Mizzen is built on Debian 12 or newer. Elsewhere, install what these packages hold and set MIZZEN_NO_INSTALL=1: $*" >&2
    exit 2
  fi
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0
  if ((EUID)); then
    command -v sudo >/dev/null || { echo "These packages are missing, and there is no sudo; as root: apt-get install ${missing[*]}" >&2; exit 2; }
    sudo=(sudo)
  fi
  echo "Installing Debian packages${sudo:+ with sudo}: ${missing[*]}"
  apt_get "${sudo[@]}" update
  apt_get "${sudo[@]}" install -y --no-install-recommends "${missing[@]}"
}

# apt_get [sudo] ARGS...: apt-get that asks nothing and is silent unless it fails.
apt_get() {
  local log prefix=()
  log=$(mktemp)
  [[ $1 != sudo ]] || { prefix=(sudo); shift; }
  if ! "${prefix[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o Dpkg::Use-Pty=0 "$@" >"$log" 2>&1 </dev/null; then
    cat "$log" >&2
    rm -f "$log"
    exit 1
  fi
  rm -f "$log"
}
