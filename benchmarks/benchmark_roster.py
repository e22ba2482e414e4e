"""Measure a roster of 200,000 people: how long its difference takes, and taking it in.

Usage: .venv/bin/python benchmarks/benchmark_roster.py [--people N] [--runs N]. Every run starts
with an empty SQLite database, and where DATABASE_URL names a PostgreSQL, with one more database on
that server, which is dropped afterwards. The lists are described in roster_steps.py.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmark_import import own_database

ROOT = Path(__file__).resolve().parent.parent
STEPS = Path(__file__).with_name("roster_steps.py")


def run(n_people: int, server_url: str) -> dict[str, tuple[float, ...]]:
    """Measure in a process of its own with an empty database."""
    with tempfile.TemporaryDirectory() as folder, own_database(server_url) as database_url:
        environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SECRET_KEY": "for a benchmark",
            "DATA_DIR": folder,
            "DATABASE_URL": database_url,
        }
        python = [sys.executable]
        subprocess.run(  # noqa: S603
            [*python, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environment, check=True
        )
        said = subprocess.run(  # noqa: S603
            [*python, str(STEPS), str(n_people)],
            cwd=ROOT,
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout
    lines = (line.split("\t") for line in said.splitlines())
    return {name: tuple(map(float, values)) for name, *values in lines}


def report(n_people: int, runs: int) -> Iterator[str]:
    """Measure on each database, and yield the lines of a table."""
    servers = {"SQLite": ""}
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        servers["PostgreSQL"] = os.environ["DATABASE_URL"]
    yield f"{n_people} people, {runs} runs\n"
    yield "| database | step | wall s | CPU s | peak MB |\n|---|---|---|---|---|"
    for database, server_url in servers.items():
        found = [run(n_people, server_url) for _ in range(runs)]
        for step in found[0]:
            cells = zip(*(one[step] for one in found), strict=True)
            yield f"| {database} | {step} | {' | '.join(map(summarise, cells))} |"


def summarise(values: Sequence[float]) -> str:
    """Return the median and the range."""
    digits = 0 if min(values) > 100 else 1
    middle = statistics.median(values)
    return f"{middle:.{digits}f} ({min(values):.{digits}f} to {max(values):.{digits}f})"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200_000)
    parser.add_argument("--runs", type=int, default=3)
    told = parser.parse_args()
    for line in report(told.people, told.runs):
        print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
