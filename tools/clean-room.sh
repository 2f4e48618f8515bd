#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Proves that a fresh clone works on a fresh Debian 12: clean-room.sh [DIR] [COMMAND...] (default: ./task test, then ./task up; as root).
#
# Makes a minimal Debian 12 in DIR with debootstrap, clones the committed state of this repository into it, and runs the commands there, each with its time.
# CACHE=DIR keeps the downloaded packages between runs. The root stays until it is removed by hand: rm -rf --one-file-system DIR.
set -euo pipefail
source=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
room=${1:-$(mktemp -d)}
shift || :
(($#)) || set -- "./task test" "./task up -- true"
mirror=${MIRROR:-http://deb.debian.org/debian}

inside() {
  env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb LANG=C.UTF-8 ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
    chroot "$room" /bin/bash -c "$1"
}

unmount() { for m in dev/pts dev proc; do ! mountpoint -q "$room/$m" || umount "$room/$m"; done; }

[[ -f $room/etc/debian_version ]] || debootstrap --variant=minbase --include=ca-certificates,git ${CACHE:+--cache-dir="$CACHE"} bookworm "$room" "$mirror"
# What the mirror itself needs here: its proxy settings and its certificates.
cp -L /etc/resolv.conf "$room/etc/resolv.conf"
# The installer writes this one; debootstrap does not.
printf '127.0.0.1 localhost\n::1 localhost\n' >"$room/etc/hosts"
find /etc/apt/apt.conf.d -iname '*proxy*' -exec cp {} "$room/etc/apt/apt.conf.d/" \;
cp -r /usr/local/share/ca-certificates "$room/usr/local/share/" 2>/dev/null || :
trap unmount EXIT
mount -t proc proc "$room/proc"
mount --bind /dev "$room/dev"
mount -t devpts devpts "$room/dev/pts"
inside update-ca-certificates >/dev/null 2>&1 || :

rm -rf "$room/root/mizzen"
git -c safe.directory='*' clone -q "$source" "$room/root/mizzen"
for command; do
  began=$SECONDS rc=0
  echo "\$ $command"
  inside "cd /root/mizzen && $command" || rc=$?
  echo "# exit $rc after $((SECONDS - began)) s"
  ((rc == 0)) || exit "$rc"
done
