"""Runs the engine and its rivals on a bench plan in turn; prints what a draw costs each, and whether their means agree.

    cargo bench --no-run --bench bare
    python3 benches/rivals/race.py benches/plans/bench.toml target/release/deps/bare-…

CPU time of one thread. Of each, that of a small run is taken from that of a large one, so that reading, compiling and
starting cost nothing. Rounds alternate, and the least of each counts: the machine may be busy with something else.
"""

import argparse
import resource
import subprocess
import time

import numpy as np

import compiled
import vectorized
from plan import FIGURES, Plan

FEW, MANY = 1024, 41 * 1024


def engine(binary, path, draws):
    """CPU seconds, means and their standard errors."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    printed = subprocess.run([binary, path, str(draws)], check=True, capture_output=True, text=True).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    figures = {name: (float(mean), float(error)) for name, mean, error in map(str.split, printed.splitlines())}
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, [figures[name] for name in FIGURES]


def rival(simulate, plan, draws, seed):
    before = time.process_time()
    figures, _ = simulate(plan, draws, seed)
    spent = time.process_time() - before
    return spent, list(zip(figures.mean(1), figures.std(1) / draws**0.5))


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("plan")
    words.add_argument("binary")
    words.add_argument("--rounds", type=int, default=7)
    ask = words.parse_args()
    plan = Plan.read(ask.plan)
    runners = {
        "foremix": lambda draws, _: engine(ask.binary, ask.plan, draws),
        "NumPy": lambda draws, seed: rival(vectorized.simulate, plan, draws, seed),
        "Numba": lambda draws, seed: rival(compiled.simulate, plan, draws, seed),
    }
    compiled.simulate(plan, 1, 1)
    least = {name: [np.inf, np.inf] for name in runners}
    means = {}
    for seed in range(1, ask.rounds + 1):
        for name, run in runners.items():
            for at, draws in enumerate((FEW, MANY)):
                spent, means[name] = run(draws, seed)
                least[name][at] = min(least[name][at], spent)
    costs = {name: (many - few) / (MANY - FEW) * 1e6 for name, (few, many) in least.items()}
    for name, cost in costs.items():
        print(f"{name:8} {cost:6.2f} µs a draw, {cost / costs['foremix']:.2f} times foremix")
    for at, figure in enumerate(FIGURES):
        own, error = means["foremix"][at]
        apart = [(means[name][at][0] - own) / np.hypot(means[name][at][1], error) for name in ("NumPy", "Numba")]
        print(f"{figure:14} {own:12.3f}   NumPy {apart[0]:+5.1f}, Numba {apart[1]:+5.1f} standard errors away")
        assert max(map(abs, apart)) < 4, f"{figure} is not the same"


if __name__ == "__main__":
    main()
