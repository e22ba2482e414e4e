"""Measure every leader page at 2,000 teams, 24 months and 12 scales, and the file of all figures.

Usage: .venv/bin/python benchmarks/benchmark_dashboards.py [--keep FOLDER] [--requests N]. It fills
a SQLite file, which --keep keeps for the next run, and where DATABASE_URL names a PostgreSQL one
more database there, which is dropped afterwards. Each is measured in a process of its own.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmark_import import own_database

FOLDER = Path(__file__).resolve().parent


def measure_apart(database_url: str, data: str, options: argparse.Namespace) -> None:
    """Measure one database in a process of its own, which prints the tables."""
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": "for a benchmark",
        "STATIC_MANIFEST": "0",
        "ALLOWED_HOSTS": "testserver",
        "OPENBLAS_NUM_THREADS": "1",
        "LOG_LEVEL": "ERROR",
        "DATA_DIR": data,
        "DATABASE_URL": database_url,
    }
    words = [f"--{name}={getattr(options, name)}" for name in ("teams", "months", "requests")]
    command = [sys.executable, str(FOLDER / "leader_pages.py"), *words]
    subprocess.run(command, check=True, env=environment, cwd=FOLDER.parent)  # noqa: S603


def main() -> None:
    """Measure on SQLite and, where there is one, PostgreSQL."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=40)
    parser.add_argument("--teams", type=int, default=2_000)
    parser.add_argument("--months", type=int, default=24)
    parser.add_argument("--keep", type=Path, help="a folder for the filled SQLite file")
    options = parser.parse_args()
    print(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}")  # noqa: T201
    with tempfile.TemporaryDirectory() as folder:
        kept = options.keep or Path(folder)
        kept.mkdir(parents=True, exist_ok=True)
        file = kept.resolve() / f"released-{options.teams}-{options.months}.sqlite3"
        print("\nSQLite\n", flush=True)  # noqa: T201
        measure_apart(f"sqlite:///{file}", folder, options)
        server_url = os.environ.get("DATABASE_URL", "")
        if server_url.startswith("postgres"):
            print("\nPostgreSQL\n", flush=True)  # noqa: T201
            with own_database(server_url) as database_url:
                measure_apart(database_url, folder, options)


if __name__ == "__main__":
    main()
