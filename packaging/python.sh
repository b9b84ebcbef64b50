#!/usr/bin/env bash
# Builds the wheel of the Python module, and tries it in an environment of its own: its example, and that its figures are
# those of the command. Needs Python, maturin, and a package index for pyarrow.
set -euo pipefail
cd "$(dirname "$0")/.."

maturin build --release --locked --manifest-path python/Cargo.toml --out target/packages
wheel=$(ls -t target/packages/foremix_python-*.whl | head -n 1)
ls -l "$wheel"

clean=$(mktemp -d)
trap 'rm -rf "$clean"' EXIT
python3 -m venv "$clean/venv"
"$clean/venv/bin/pip" install --quiet "$wheel"
FOREMIX_PYTHON="$clean/venv/bin/python" cargo test --locked --test python -- module notebook
