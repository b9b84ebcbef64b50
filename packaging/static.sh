#!/usr/bin/env bash
# Builds a binary for any Linux of this processor: it needs no library of the system. Tries it in a root of its own, where
# nothing else is. Needs `rustup target add x86_64-unknown-linux-musl`.
set -euo pipefail
cd "$(dirname "$0")/.."

target=${1:-x86_64-unknown-linux-musl}
cargo build --release --locked --target "$target"
binary=target/$target/release/foremix
ls -l "$binary"
if readelf --dynamic "$binary" 2>/dev/null | grep --quiet NEEDED; then
  echo "$binary needs a library" >&2
  exit 1
fi

packaging/try.sh "$binary"
if [ "$(id -u)" = 0 ]; then
  root=$(mktemp -d)
  trap 'rm -rf "$root"' EXIT
  cp "$binary" "$root/foremix"
  chroot "$root" /foremix init --out quarter.toml
  chroot "$root" /foremix run quarter.toml --runs 2000 --out results --quiet
  test -s "$root/results/report.html"
  echo "it works where nothing else is"
else
  echo "skipped: a root of its own (chroot asks for root)"
fi
mkdir -p target/packages
cp "$binary" "target/packages/foremix-$target"
