#!/usr/bin/env bash
# From an installed binary to a first forecast, in an empty folder: packaging/try.sh PATH-OF-FOREMIX
set -euo pipefail

foremix=$(realpath "$1")
clean=$(mktemp -d)
cd "$clean"
"$foremix" --version
"$foremix" init --out quarter.toml >/dev/null
"$foremix" check quarter.toml >/dev/null
"$foremix" run quarter.toml --out results --quiet
for file in summary.json report.html scenario.toml revenue.png; do
  test -s "results/$file" || { echo "there is no $file" >&2; exit 1; }
done
rm -rf "$clean"
echo "a first forecast works"
