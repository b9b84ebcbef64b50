#!/usr/bin/env bash
# Builds a Debian package with manual pages and completions, and tries what is in it. Needs cargo-deb and dpkg-deb.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo build --release --locked
pages=target/packages/extra
rm -rf "$pages"
mkdir -p "$pages"
target/release/foremix man --out "$pages/man"
gzip --best --no-name "$pages"/man/*.1
for shell in bash zsh fish; do
  target/release/foremix completions "$shell" > "$pages/foremix.$shell"
done
cargo deb --no-build --locked --output target/packages/
package=$(ls -t target/packages/foremix_*.deb | head -n 1)
ls -l "$package"

clean=$(mktemp -d)
trap 'rm -rf "$clean"' EXIT
dpkg-deb --extract "$package" "$clean"
for file in usr/share/man/man1/foremix-run.1.gz usr/share/bash-completion/completions/foremix \
  usr/share/zsh/vendor-completions/_foremix usr/share/fish/vendor_completions.d/foremix.fish; do
  test -s "$clean/$file" || { echo "the package lacks $file" >&2; exit 1; }
done
packaging/try.sh "$clean/usr/bin/foremix"
