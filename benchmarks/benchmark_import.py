"""Measure how long a published survey of 74,000 people takes from three files to its linkage.

Usage: .venv/bin/python benchmarks/benchmark_import.py [--runs N]. Every run starts with an empty
SQLite database, and where DATABASE_URL names a PostgreSQL, with one more database on that server,
which is dropped afterwards.
"""

import argparse
import csv
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
PUBLISHED = ROOT.parent / "shared" / "data" / "nyc2011"
FILES = ("units", "items", "counts")
N_UNITS, N_DISTRICTS, N_ITEMS = 300, 30, 8
PEOPLE = {"teacher": 30, "parent": 217}  # on average in a unit
CONSTRUCTS = ("safety", "expectations", "communication")
SCORES = (10, 6.666667, 3.333333, 0)
OWN_DATABASE = f"benchmark_import_{os.getpid()}"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took, with its children."""

    wall: float  # seconds
    cpu: float  # seconds
    memory: float  # megabytes at the peak


def write_survey(folder: Path) -> Path:
    """Write a made-up survey of the size of the published one; the same one every time."""
    rng = np.random.default_rng(1)
    units = [(f"U{n:03}", f"District {n % N_DISTRICTS:02}", f"School {n}") for n in range(N_UNITS)]
    items = [
        (audience, construct, f"{audience[0]}_{construct}_{n}")
        for audience in PEOPLE
        for construct in CONSTRUCTS
        for n in range(N_ITEMS)
    ]
    options = [(*item, at + 1, score) for item in items for at, score in enumerate(SCORES)]
    _write(folder / "units.csv", ("unit", "parent", "name"), units)
    _write(folder / "items.csv", ("audience", "construct", "item", "option", "score"), options)
    _write(
        folder / "counts.csv",
        ("unit", "audience", "item", "option", "count"),
        (row for unit, *_ in units for row in _count_unit(unit, items, rng)),
    )
    return folder


def _count_unit(
    unit: str, items: Sequence[tuple[str, str, str]], rng: np.random.Generator
) -> Iterable[tuple[object, ...]]:
    """Yield how many chose each option; one mood moves all answers of a unit."""
    mood = rng.normal()
    sizes = {audience: rng.poisson(mean) for audience, mean in PEOPLE.items()}
    for audience, _, item in items:
        shares = np.exp(np.array([0.8, 0.9, 0.0, -0.9]) + mood * np.array([0.3, 0.1, -0.1, -0.3]))
        counts = rng.multinomial(sizes[audience], shares / shares.sum())
        yield from ((unit, audience, item, at + 1, n) for at, n in enumerate(counts))


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])


def run(environment: dict[str, str], *words: str) -> Cost:
    """Run a management command to its end; a failure ends the benchmark with its last words."""
    started = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=environment,
            stdout=said,
            stderr=said,
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - started
        if process.returncode:
            said.seek(0)
            sys.exit(f"manage.py {words[0]} failed:\n{said.read().decode()[-2000:]}")
    unit = 1024 if sys.platform == "linux" else 1024**2
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / unit)


@contextmanager
def own_database(server_url: str) -> Iterator[str]:
    """Lend an empty database on a server, or the address of a file where no server is given."""
    with tempfile.TemporaryDirectory() as folder:
        if not server_url:
            yield f"sqlite:///{folder}/hearthline.sqlite3"
            return
        name = sql.Identifier(OWN_DATABASE)
        with psycopg.connect(server_url, autocommit=True) as server:
            server.execute(sql.SQL("CREATE DATABASE {}").format(name))
            try:
                yield urlsplit(server_url)._replace(path=f"/{OWN_DATABASE}").geturl()
            finally:
                server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def measure(survey: Path, server_url: str) -> dict[str, Cost]:
    """Bring the survey into an empty database, read its linkage and verify everything."""
    with tempfile.TemporaryDirectory() as folder, own_database(server_url) as database_url:
        environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "SECRET_KEY": "for a benchmark",
            "DATA_DIR": folder,
            "DATABASE_URL": database_url,
        }
        run(environment, "migrate", "--verbosity", "0")
        files = [word for name in FILES for word in (f"--{name}", str(survey / f"{name}.csv"))]
        return {
            "import_counts": run(environment, "import_counts", *files, "--pairing", "town"),
            "linkage": run(environment, "linkage", "--pairing", "town"),
            "verify": run(environment, "verify"),
        }


def summarise(costs: Sequence[Cost]) -> str:
    """Write the median and the range of wall time, CPU time and memory as cells of a table."""
    cells = []
    for name, digits in (("wall", 1), ("cpu", 1), ("memory", 0)):
        values = sorted(getattr(cost, name) for cost in costs)
        middle = statistics.median(values)
        cells.append(f"{middle:.{digits}f} ({values[0]:.{digits}f} to {values[-1]:.{digits}f})")
    return " | ".join(cells)


def report(runs: int) -> Iterator[str]:
    """Measure on each database, and yield the lines of a table."""
    servers = {"SQLite": ""}
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        servers["PostgreSQL"] = os.environ["DATABASE_URL"]
    with tempfile.TemporaryDirectory() as folder:
        survey = PUBLISHED if PUBLISHED.exists() else write_survey(Path(folder))
        yield f"{'published' if survey == PUBLISHED else 'made-up'} survey, {runs} runs\n"
        yield "| database | command | wall s | CPU s | peak MB |\n|---|---|---|---|---|"
        for name, server_url in servers.items():
            found = [measure(survey, server_url) for _ in range(runs)]
            for command in found[0]:
                yield f"| {name} | {command} | {summarise([one[command] for one in found])} |"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    for line in report(parser.parse_args().runs):
        print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
