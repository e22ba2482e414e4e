"""Measure how long choosing what may be shown takes in a large organisation.

Usage: .venv/bin/python benchmarks/benchmark_suppression.py [--runs N]. The tree and the numbers of
respondents are made up, the same every time; importing is not counted.
"""

import argparse
import platform
import statistics
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from survey.statistics.suppression import publishable

SIZES = (221, 2_221, 22_221)
K = 5
FEWEST, MOST = 0, 15  # respondents of a team


def make_up(n_nodes: int) -> tuple[pd.Series, pd.Series]:
    """Hang ten nodes below each, people below those without any."""
    draw = np.random.default_rng(1)
    parents = [pd.NA, *((node - 1) // 10 for node in range(1, n_nodes))]
    inner = set(parents[1:])
    people = [0 if n in inner else int(draw.integers(FEWEST, MOST)) for n in range(n_nodes)]
    return pd.Series(parents, dtype="Int64"), pd.Series(people)


def main() -> None:
    """Print a row per size: nodes, published, median and range in milliseconds, CPU time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    runs = parser.parse_args().runs
    print(f"Python {platform.python_version()}, {runs} runs each\n")  # noqa: T201
    print("| nodes | shown | wall ms | CPU ms |\n|---|---|---|---|")  # noqa: T201
    for size in SIZES:
        parents, people = make_up(size)
        n_shown = len(publishable(parents, people, k=K))  # once to warm up
        walls, cpus = [], []
        for _ in range(runs):
            wall, cpu = time.perf_counter(), time.process_time()
            publishable(parents, people, k=K)
            walls.append(1000 * (time.perf_counter() - wall))
            cpus.append(1000 * (time.process_time() - cpu))
        print(f"| {size:,} | {n_shown:,} | {_say(walls)} | {_say(cpus)} |")  # noqa: T201


def _say(times: list[float]) -> str:
    return f"{statistics.median(times):.1f} ({min(times):.1f} to {max(times):.1f})"


if __name__ == "__main__":
    main()
