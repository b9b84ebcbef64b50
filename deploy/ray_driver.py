"""Cuts a run into parts, simulates them on a Ray cluster, and merges them here.

    python deploy/ray_driver.py quarter.toml --runs 1000000 --parts 8 --out results

Every node needs the `foremix` wheel (`pip install foremix`) or the binary on its path. Plans travel as text: a plan that
reads other files (`extends`, tables of draws) names them with --with.
"""

import argparse
import pathlib
import subprocess
import tempfile

import ray


@ray.remote(num_cpus=1)
def part(foremix, name, files, draws, extra):
    """The bytes of the part that holds `draws`, simulated wherever Ray puts it."""
    with tempfile.TemporaryDirectory() as folder:
        for path, data in files.items():
            place = pathlib.Path(folder, path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        command = [foremix, "run", name, "--draws", draws, "--part", "own.part", "--threads", "1", *extra]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        return pathlib.Path(folder, "own.part").read_bytes()


def ranges(runs, parts):
    """Draws 1 to `runs` in so many parts of nearly one size, as --draws takes them."""
    edges = [runs * at // parts for at in range(parts + 1)]
    return [f"{start + 1}..{end}" for start, end in zip(edges, edges[1:]) if end > start]


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("plan", help="the scenario file, as seen from the present folder")
    options.add_argument("--with", dest="beside", nargs="*", default=[], help="files that the plan reads")
    options.add_argument("--runs", type=int, default=1_000_000)
    options.add_argument("--parts", type=int, default=8)
    options.add_argument("--out", default="results")
    options.add_argument("--foremix", default="foremix", help="the binary on every node")
    options.add_argument("--set", action="append", default=[], help="PATH=VALUE, as foremix takes it")
    typed = options.parse_args()

    ray.init(ignore_reinit_error=True)
    files = {path: pathlib.Path(path).read_bytes() for path in [typed.plan, *typed.beside]}
    shared = ray.put(files)
    extra = [word for setting in typed.set for word in ("--set", setting)]
    waiting = [part.remote(typed.foremix, typed.plan, shared, draws, extra) for draws in ranges(typed.runs, typed.parts)]
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for at, data in enumerate(ray.get(waiting)):
            parts.append(pathlib.Path(folder, f"{at}.part"))
            parts[-1].write_bytes(data)
        subprocess.run([typed.foremix, "merge", *map(str, parts), "--out", typed.out], check=True)


if __name__ == "__main__":
    main()
