"""Measure how many people a second can open a page of ten questions, answer it and be thanked.

Usage: .venv/bin/python benchmarks/benchmark_answering.py [--flows 2000] [--runs 3]
[--concurrency 1 16]. In the same run django-survey-and-report (AGPL, from PyPI, in an environment
of its own under var/, never part of the product) does the same, so that the ratio says something on
any machine. Each site has an empty database: a SQLite file, and where DATABASE_URL names a
PostgreSQL also one more database on that server, dropped afterwards; and two gunicorn workers.
Server, database and whoever answers share the machine.
"""

import argparse
import json
import os
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmark_import import own_database

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent
RIVAL = ROOT / "var" / "benchmarks" / "rival"
RIVAL_NEEDS = ("django-survey-and-report==1.5.0", "django>=5.2,<5.3", "gunicorn", "psycopg[binary]")
WARM_UP = 200
# What docker-compose.yml tells the web server of the database
SHIPPED = {"DATABASE_STATEMENT_TIMEOUT": "5000", "DATABASE_PREPARE_AFTER": "5"}
PERCENTILE_95 = 18  # of the 19 cuts that make twenty parts


@dataclass(frozen=True, slots=True)
class Speed:
    """What answering took with so many at once."""

    per_second: float
    median: float  # milliseconds
    slow: float  # milliseconds, 95th percentile
    cpu: float  # milliseconds of the web server for each
    asking: float  # milliseconds of whoever answers, for each


def make_rival() -> Path:
    """Return the Python of an environment that holds the rival, made the first time."""
    python = RIVAL / "bin" / "python"
    if not python.exists():
        venv.create(RIVAL, with_pip=True)
        _run([str(python), "-m", "pip", "install", "--quiet", *RIVAL_NEEDS], {})
    return python


@contextmanager
def serve(
    python: Path, module: str, environment: dict[str, str], *options: str
) -> Iterator[tuple[int, int]]:
    """Run two gunicorn workers; yield the port and the process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    told = ["--workers", "2", "--bind", f"127.0.0.1:{port}", "--log-level", "error"]
    command = [str(python), "-m", "gunicorn", *options, *told, module]
    cwd = ROOT if module.startswith("config") else FOLDER
    with subprocess.Popen(command, env=environment, cwd=cwd) as server:  # noqa: S603
        try:
            _wait_for(port)
            yield port, server.pid
        finally:
            server.terminate()


def measure(port: int, pid: int, paths: Sequence[str], concurrency: int) -> Speed:
    """Let strangers answer on every path, so many at once."""
    before = _cpu_of(pid)
    command = [sys.executable, str(FOLDER / "answering_flows.py"), str(port), str(concurrency)]
    told = json.loads(_run(command, {}, "\n".join(paths)))
    took = sorted(told["took"])
    return Speed(
        len(took) / told["wall"],
        statistics.median(took),
        statistics.quantiles(took, n=20)[PERCENTILE_95],
        1000 * (_cpu_of(pid) - before) / len(took),
        1000 * told["cpu"] / len(took),
    )


def measure_hearthline(database_url: str, flows: int, levels: Sequence[int]) -> dict[int, Speed]:
    """Measure the product, each link answered once."""
    with tempfile.TemporaryDirectory() as data:
        environment = _environment(database_url) | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SECRET_KEY": "for a benchmark",
            "LOG_LEVEL": "ERROR",
            "DATA_DIR": data,
            "PYTHONPATH": str(ROOT),
            **SHIPPED,
        }
        people = WARM_UP + flows * len(levels)
        people += -people % 100
        filled = _run([sys.executable, str(FOLDER / "answering_site.py"), str(people)], environment)
        _run([sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], environment)
        links = filled.split()
        options = ("--config", "config/gunicorn.py")  # as it is shipped
        with serve(Path(sys.executable), "config.wsgi", environment, *options) as (port, pid):
            measure(port, pid, links[:WARM_UP], 2)
            parts = [links[WARM_UP + flows * at :][:flows] for at in range(len(levels))]
            return {
                level: measure(port, pid, part, level)
                for level, part in zip(levels, parts, strict=True)
            }


def measure_rival(database_url: str, flows: int, levels: Sequence[int]) -> dict[int, Speed]:
    """Measure django-survey-and-report, everybody on its one page."""
    python, environment = make_rival(), _environment(database_url)
    path = _run([str(python), str(FOLDER / "rival_site.py"), "fill"], environment).split()[-1]
    with serve(python, "rival_site:application", environment, "--preload") as (port, pid):
        measure(port, pid, [path] * (WARM_UP // 4), 2)
        return {level: measure(port, pid, [path] * flows, level) for level in levels}


def _environment(database_url: str) -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "DATABASE_URL": database_url}


def _run(command: list[str], environment: dict[str, str], told: str = "") -> str:
    done = subprocess.run(  # noqa: S603
        command,
        input=told,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
        cwd=ROOT,
        env=environment or None,
    )
    return done.stdout


def _wait_for(port: int) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit("the server did not start")


def _cpu_of(pid: int) -> float:
    """Return the CPU seconds of a process and its children so far (Linux)."""
    ticks = os.sysconf("SC_CLK_TCK")
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    fields = [Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split() for one in children]
    return sum(int(each[11]) + int(each[12]) for each in fields) / ticks


def report(runs: int, flows: int, levels: Sequence[int]) -> Iterator[str]:
    """Measure on each database, and yield the lines of a table."""
    servers = {"SQLite": ""}
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        servers["PostgreSQL"] = os.environ["DATABASE_URL"]
    yield f"load {os.getloadavg()[0]:.1f} at the beginning"
    yield (
        "| database | at once | site | flows/s | median ms | p95 ms | server CPU ms a flow "
        "| client CPU ms a flow |"
    )
    yield "|---|---|---|---|---|---|---|---|"
    for name, server in servers.items():
        ours, theirs = [], []
        for _ in range(runs):
            with own_database(server) as url:
                ours.append(measure_hearthline(url, flows, levels))
            with own_database(server) as url:
                theirs.append(measure_rival(url, max(flows // 10, 50), levels))
        for level in levels:
            for site, measured in (("Hearthline", ours), ("survey-and-report", theirs)):
                yield f"| {name} | {level} | {site} | {_cells([run[level] for run in measured])} |"
            ratios = [
                a[level].per_second / b[level].per_second for a, b in zip(ours, theirs, strict=True)
            ]
            yield f"| {name} | {level} | ratio | {_spread(ratios)} | | | | |"
    yield f"load {os.getloadavg()[0]:.1f} at the end"


def _cells(measured: Sequence[Speed]) -> str:
    columns = ("per_second", "median", "slow", "cpu", "asking")
    return " | ".join(_spread([getattr(one, name) for one in measured]) for name in columns)


def _spread(values: Sequence[float]) -> str:
    return f"{statistics.median(values):.1f} ({min(values):.1f} to {max(values):.1f})"


def main() -> None:
    """Measure as often as asked, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--flows", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--concurrency", type=int, nargs="+", default=[1, 16])
    asked = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")  # noqa: T201
    for line in report(asked.runs, asked.flows, asked.concurrency):
        print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
