#!/usr/bin/env bash
# Installs a built Debian package with dpkg into a Debian that has nothing else (debootstrap, minbase), goes from there to a
# first forecast, and removes it again: packaging/deb-chroot.sh [PACKAGE]. Needs root and debootstrap; DEBIAN_MIRROR names
# another mirror than debootstrap's own.
set -euo pipefail
cd "$(dirname "$0")/.."

package=${1:-$(ls -t target/packages/foremix_*.deb | head -n 1)}
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
debootstrap --variant=minbase bookworm "$root" ${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"} >/dev/null
cp "$package" "$root/foremix.deb"
cp packaging/try.sh "$root/try.sh"
chroot "$root" dpkg --install /foremix.deb
chroot "$root" /try.sh /usr/bin/foremix
chroot "$root" dpkg --remove foremix
if [ -e "$root/usr/bin/foremix" ]; then
  echo "the package leaves something behind" >&2
  exit 1
fi
