"""Measure launching, taking back and opening a wave, for 10,000 and for 100,000 people.

Usage: .venv/bin/python benchmarks/benchmark_launch.py [--runs N] [--people N ...]. Every run fills
an empty database: a SQLite file, and where DATABASE_URL names a PostgreSQL one more database there,
which is dropped afterwards. Making people up is not counted.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmark_import import own_database

FOLDER = Path(__file__).resolve().parent
PEOPLE = (10_000, 100_000)

Costs = dict[str, list[float]]


def measure_apart(server_url: str, n_people: int) -> Costs:
    """Measure once in a process and a database of its own; wall and CPU seconds by step."""
    with tempfile.TemporaryDirectory() as data, own_database(server_url) as database_url:
        environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SECRET_KEY": "for a benchmark",
            "LOG_LEVEL": "ERROR",
            "DATA_DIR": data,
            "DATABASE_URL": database_url,
        }
        command = [sys.executable, str(FOLDER / "launch_steps.py"), str(n_people)]
        done = subprocess.run(  # noqa: S603
            command, stdout=subprocess.PIPE, check=True, env=environment, cwd=FOLDER.parent
        )
    costs: Costs = json.loads(done.stdout)
    return costs


def report(runs: int, sizes: Sequence[int]) -> Iterator[str]:
    """Measure on each database, and yield the lines of a table."""
    servers = {"SQLite": ""}
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        servers["PostgreSQL"] = os.environ["DATABASE_URL"]
    yield "| database | people | step | wall s | CPU s |"
    yield "|---|---|---|---|---|"
    for name, server_url in servers.items():
        for n_people in sizes:
            measured = [measure_apart(server_url, n_people) for _ in range(runs)]
            for step in measured[0]:
                cells = " | ".join(summarise([one[step][k] for one in measured]) for k in (0, 1))
                yield f"| {name} | {n_people:,} | {step} | {cells} |"


def summarise(values: Sequence[float]) -> str:
    """Write the median and the range of some seconds."""
    return f"{statistics.median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--people", type=int, nargs="+", default=list(PEOPLE))
    options = parser.parse_args()
    print(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}")  # noqa: T201
    for line in report(options.runs, options.people):
        print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
