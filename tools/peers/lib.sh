# SPDX-License-Identifier: Apache-2.0
# Shared by the peer recipes: builds one command out of one pinned Go module and installs it once per version.
PEERS_DIR=${PEERS_DIR:-$HOME/.cache/mizzen-peers}
PEERS_BIN=$PEERS_DIR/bin
mkdir -p "$PEERS_BIN" "$PEERS_DIR/stamp"
export GOWORK=off

# have TOOL VERSION: true if TOOL is installed at VERSION.
have() { [[ -x $PEERS_BIN/$1 && $(cat "$PEERS_DIR/stamp/$1" 2>/dev/null) == "$2" ]]; }

# report TOOL VERSION: the one line that every recipe prints per tool.
report() { printf '%-26s %-10s %s\n' "$1" "$2" "$PEERS_BIN/$1"; }

# module_file MODULE VERSION FIELD: a path in the module cache, FIELD being Dir or GoMod.
module_file() {
  command -v go >/dev/null || { echo "peers: Go 1.26 or newer is needed to build them (https://go.dev/dl)" >&2; return 2; }
  (cd / && GOFLAGS='' go mod download -json "$1@$2" | awk -F'"' -v field="$3" '$2 == field {print $4}')
}

# wrapper DIR MODULE VERSION [OLD=NEW@VERSION ...]: a throw-away main module in DIR that requires MODULE with the given replacements.
wrapper() {
  local dir=$1 module=$2 version=$3 r
  shift 3
  mkdir -p "$dir"
  rm -f "$dir/go.mod" "$dir/go.sum"
  (
    cd "$dir"
    go mod init peers.invalid/wrapper 2>/dev/null
    go mod edit -require "$module@$version"
    for r in "$@"; do go mod edit -replace "$r"; done
    go mod edit -go "$(awk '$1 == "go" {print $2; exit}' "$(module_file "$module" "$version" GoMod)")"
  )
}

# same_graph DIR MODULE VERSION: a throw-away main module in DIR with the requirements, sums and replacements of MODULE itself
# (Go ignores the replacements of a dependency); replacements by a folder fall away, as published modules have no such folder.
same_graph() {
  local dir=$1 module=$2 version=$3 src old
  src=$(module_file "$module" "$version" Dir)
  mkdir -p "$dir"
  sed -e 's|^module .*|module peers.invalid/wrapper|' -e '/^tool [^(]/d' -e '/^tool ($/,/^)$/d' "$src/go.mod" >"$dir/go.mod"
  cat "$src/go.sum" >"$dir/go.sum"
  (
    cd "$dir"
    awk '{for (i = 2; i < NF; i++) if ($i == "=>" && $(i + 1) ~ /^\.\.?\//) print ($1 == "replace" ? $2 : $1)}' go.mod |
      while read -r old; do go mod edit -dropreplace "$old"; done
    go mod edit -require "$module@$version"
  )
}

# gobuild DIR TOOL VERSION PACKAGE [LDFLAGS]: builds PACKAGE in the main module DIR and installs it as TOOL.
gobuild() {
  local dir=$1 tool=$2 version=$3 package=$4 ldflags=${5-}
  (cd "$dir" && go build -mod=mod -trimpath -ldflags "-s -w $ldflags" -o "$PEERS_BIN/$tool.new" "$package")
  mv "$PEERS_BIN/$tool.new" "$PEERS_BIN/$tool"
  printf '%s\n' "$version" >"$PEERS_DIR/stamp/$tool"
}

# peer TOOL MODULE VERSION PACKAGE [LDFLAGS]: installs the command PACKAGE of MODULE as TOOL.
peer() {
  local dir
  if ! have "$1" "$3"; then
    dir=$(mktemp -d)
    same_graph "$dir" "$2" "$3"
    gobuild "$dir" "$1" "$3" "$4" "${5-}"
    rm -rf "$dir"
  fi
  report "$1" "$3"
}
