"""Measure how long the links of 2,000 teams over 24 waves take, beside the loops they replace.

Usage: .venv/bin/python benchmarks/benchmark_linkage.py [--runs N]. Every measurement is a process
of its own on the same made-up figures; importing and making them up are not counted.
"""

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from survey.statistics import lags  # noqa: E402
from survey.statistics.correlation import all_pairs  # noqa: E402
from survey.statistics.multiplicity import benjamini_hochberg  # noqa: E402
from survey.statistics.resampling import draw_counts  # noqa: E402

N_TEAMS, N_WAVES, REPLICATES = 2000, 24, 2000
EX, CX = ([f"{side}_{n}" for n in range(6)] for side in ("ex", "cx"))
PAIRS = [(a, b) for a in EX for b in CX]
N_SCOPES, TEAMS_OF_A_SCOPE = 300, (5, 41)
# The loops do so many of the pairs of one wave; their time is multiplied up to all.
PAIRS_LOOPED = 4
MAX_LAG = 6


@dataclass(frozen=True, slots=True)
class Cost:
    """What a piece of work took."""

    wall: float  # seconds
    cpu: float  # seconds
    memory: float  # megabytes at the peak, of the whole process


def make_up(n_teams: int, seed: int, *, gaps: float = 0.0) -> pd.DataFrame:
    """Make up a row per team and wave; scales of a side go together and the sides a little."""
    rng = np.random.default_rng(seed)
    climate = rng.normal(size=(n_teams, 1, 1)) + 0.5 * rng.normal(size=(n_teams, N_WAVES, 1))
    values = 0.4 * climate + rng.normal(size=(n_teams, N_WAVES, len(EX) + len(CX)))
    values[rng.random(values.shape) < gaps] = np.nan
    frame = pd.DataFrame(values.reshape(-1, len(EX) + len(CX)), columns=[*EX, *CX])
    team, wave = np.indices((n_teams, N_WAVES)).reshape(2, -1)
    return frame.assign(team=team, wave=wave)


def link(frame: pd.DataFrame) -> None:
    """Do what a night does: every pair of every wave, teams drawn once for all, one family."""
    counts = draw_counts(frame["team"].nunique(), replicates=REPLICATES)
    found = [
        all_pairs(of_wave[EX], of_wave[CX], counts=counts) for _, of_wave in frame.groupby("wave")
    ]
    benjamini_hochberg([one.pearson.p_value for of_wave in found for one in of_wave.values()])


def loop(frame: pd.DataFrame) -> None:
    """Draw teams again and leave each out, one correlation at a time, for a few pairs."""
    rng = np.random.default_rng(1)
    of_wave = frame[frame["wave"] == 0]
    for a, b in PAIRS[:PAIRS_LOOPED]:
        x, y = of_wave[a].to_numpy(), of_wave[b].to_numpy()
        for _ in range(REPLICATES):
            drawn = rng.integers(0, len(x), size=len(x))
            np.corrcoef(x[drawn], y[drawn])
        for team in range(len(x)):
            np.corrcoef(np.delete(x, team), np.delete(y, team))


def link_scopes(frame: pd.DataFrame, *, replicates: int = 0) -> None:
    """Link 300 small scopes of one wave."""
    rng = np.random.default_rng(1)
    of_wave = frame[frame["wave"] == 0]
    for size in rng.integers(*TEAMS_OF_A_SCOPE, size=N_SCOPES):
        teams = of_wave.iloc[rng.choice(len(of_wave), size=size, replace=False)]
        counts = draw_counts(size, replicates=replicates) if replicates else None
        all_pairs(teams[EX], teams[CX], counts=counts)


def _panel_vars(frame: pd.DataFrame) -> None:
    lags.panel_vars(frame, team="team", wave="wave", xs=EX, ys=CX, replicates=REPLICATES)


def _profiles(frame: pd.DataFrame) -> None:
    lags.profiles(
        frame, team="team", wave="wave", xs=EX, ys=CX, max_lag=MAX_LAG, replicates=REPLICATES
    )


NIGHT, LOOPS = "a night: 864 links, BCa and leave-one-out", "the same in loops, multiplied up"
PARTS: dict[str, tuple[Callable[[pd.DataFrame], None], float]] = {  # the work, share of gaps
    NIGHT: (link, 0.0),
    "a night with one figure in fifty missing": (link, 0.02),
    LOOPS: (loop, 0.0),
    "300 scopes of 5 to 40 teams, 36 links each": (link_scopes, 0.0),
    "the same with BCa": (lambda frame: link_scopes(frame, replicates=REPLICATES), 0.0),
    "lags.panel_vars, 36 pairs over 24 waves": (_panel_vars, 0.0),
    f"lags.profiles, 36 pairs, {MAX_LAG + 1} lags": (_profiles, 0.0),
}


def measure(name: str) -> Cost:
    """Do one part in this process."""
    work, gaps = PARTS[name]
    work(make_up(60, seed=2, gaps=gaps))  # the first call imports scipy
    frame = make_up(N_TEAMS, seed=1, gaps=gaps)
    wall, cpu = time.perf_counter(), time.process_time()
    work(frame)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    times = len(PAIRS) * N_WAVES / PAIRS_LOOPED if name == LOOPS else 1
    unit = 1024 if sys.platform == "linux" else 1024**2
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    return Cost(wall * times, cpu * times, memory)


def measure_apart(name: str) -> Cost:
    """Do one part in a process of its own."""
    command = [sys.executable, __file__, "--part", name]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)  # noqa: S603
    return Cost(**json.loads(done.stdout))


def summarise(costs: Sequence[Cost]) -> str:
    """Write the median and the range of wall time, CPU time and memory as cells of a table."""
    cells = []
    for name, digits in (("wall", 2), ("cpu", 2), ("memory", 0)):
        values = sorted(getattr(cost, name) for cost in costs)
        middle = statistics.median(values)
        cells.append(f"{middle:.{digits}f} ({values[0]:.{digits}f} to {values[-1]:.{digits}f})")
    return " | ".join(cells)


def report(runs: int) -> Iterator[str]:
    """Measure every part, run by run, and yield the lines of a table."""
    threads = os.environ.get("OPENBLAS_NUM_THREADS", "not set")
    yield f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()},"
    yield f"NumPy {np.__version__}, OPENBLAS_NUM_THREADS {threads}, {runs} runs\n"
    yield "| work | wall s | CPU s | peak MB |\n|---|---|---|---|"
    found = [{name: measure_apart(name) for name in PARTS} for _ in range(runs)]
    for name in PARTS:
        yield f"| {name} | {summarise([run[name] for run in found])} |"
    for clock in ("wall", "cpu"):
        ratios = sorted(getattr(run[LOOPS], clock) / getattr(run[NIGHT], clock) for run in found)
        middle = statistics.median(ratios)
        yield f"\nloops / night, {clock}: {middle:.0f} ({ratios[0]:.0f} to {ratios[-1]:.0f})"
    yield f"({PAIRS_LOOPED} of the loops' {len(PAIRS) * N_WAVES} links measured; no ranks, no BCa)"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part:
        print(json.dumps(asdict(measure(options.part))))  # noqa: T201
        return
    for line in report(options.runs):
        print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
