#!/usr/bin/env bash
# Builds a wheel that holds the binary, for `pip install`, and tries it in a folder of its own. Needs Python and maturin.
set -euo pipefail
cd "$(dirname "$0")/.."

maturin build --release --locked --out target/packages
wheel=$(ls -t target/packages/foremix-*.whl | head -n 1)
ls -l "$wheel"

clean=$(mktemp -d)
trap 'rm -rf "$clean"' EXIT
python3 -m venv "$clean/venv"
"$clean/venv/bin/pip" install --quiet --no-index "$wheel"
packaging/try.sh "$clean/venv/bin/foremix"
