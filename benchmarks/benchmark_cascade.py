"""Measure one cascade of 2,000 arrows over 8 waves: the chain alone, and the study in a database.

Usage: .venv/bin/python benchmarks/benchmark_cascade.py [--teams N] [--waves N]. It fills an SQLite
file of its own with released figures, which takes some minutes, and computes the newest period.
"""

import argparse
import os
import platform
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import django
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
FOLDER = tempfile.TemporaryDirectory()
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "SECRET_KEY": "for a benchmark",
    "DATA_DIR": FOLDER.name,
    "DATABASE_URL": f"sqlite:///{FOLDER.name}/cascade.sqlite3",
}
django.setup()

from django.core.management import call_command  # noqa: E402

from survey.linkage.cascade import update_cascades  # noqa: E402
from survey.linkage.cascade_material import choose_scales, read_cascade  # noqa: E402
from survey.linkage.cascade_releases import list_releases  # noqa: E402
from survey.linkage.cascade_study import compute_cascade  # noqa: E402
from survey.statistics.cascade import chain  # noqa: E402
from tests.factories.cascade import make_colleagues, release_quarters  # noqa: E402
from tests.statistics.simulations.cascades import draw_cascade  # noqa: E402

EFFECT, ARROWS_OF_A_TEAM = 0.35, 2
BUDGET = 5  # seconds
NOW = datetime(2027, 1, 2, tzinfo=UTC)


def _time(name: str, work: Callable[[], object]) -> str:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    unit = 1024 if sys.platform == "linux" else 1024**2
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    return f"| {name} | {wall:.2f} | {cpu:.2f} | {memory:.0f} |"


def measure_chain(n_teams: int, n_waves: int) -> Iterator[str]:
    """Yield what one chain takes, without a database."""
    rng = np.random.default_rng(1)
    chain(*draw_cascade(rng, EFFECT))  # the first call imports scipy
    drawn = draw_cascade(rng, EFFECT, n_teams=n_teams, n_each=ARROWS_OF_A_TEAM, n_waves=n_waves)
    yield _time("one chain, 2,000 draws and wirings", lambda: chain(*drawn))


def measure_study(n_teams: int, n_waves: int) -> Iterator[str]:
    """Yield what reading and computing the newest period take, and storing all periods."""
    call_command("migrate", verbosity=0)
    colleagues = make_colleagues(n_teams, ARROWS_OF_A_TEAM)
    release_quarters(colleagues, n_waves, effect=EFFECT)
    pairing = colleagues.pairing
    releases = list_releases(pairing)
    scales = choose_scales(releases)
    if scales is None:
        raise SystemExit("nobody asked a scale")
    material = read_cascade(releases, scales)
    yield _time("reading its figures", lambda: read_cascade(releases, scales))
    yield _time("computing the whole", lambda: compute_cascade(material))
    yield _time(
        f"all {n_waves} periods with two parts each",
        lambda: update_cascades(pairing=pairing, now=NOW),
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--teams", type=int, default=1_000)
    parser.add_argument("--waves", type=int, default=8)
    options = parser.parse_args()
    print(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()},")  # noqa: T201
    print(f"load {os.getloadavg()[0]:.1f}; budget of a study: {BUDGET} s\n")  # noqa: T201
    print("| work | wall s | CPU s | peak MB |\n|---|---|---|---|", flush=True)  # noqa: T201
    for measure in (measure_chain, measure_study):
        for line in measure(options.teams, options.waves):
            print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
