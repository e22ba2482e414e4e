"""Measure the page "From team to team to customer" at 2,000 arrows and 8 waves, on SQLite.

Usage: .venv/bin/python benchmarks/benchmark_cascade_page.py [--arrows N] [--requests N].
"""

import argparse
import gc
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = tempfile.TemporaryDirectory()
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "SECRET_KEY": "for a benchmark",
    "STATIC_MANIFEST": "0",
    "ALLOWED_HOSTS": "testserver",
    "OPENBLAS_NUM_THREADS": "1",
    "LOG_LEVEL": "ERROR",
    "DATA_DIR": FOLDER.name,
    "DATABASE_URL": f"sqlite:///{FOLDER.name}/cascade.sqlite3",
}
sys.path.insert(0, str(ROOT))

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from survey.accounts.models import Role  # noqa: E402
from survey.core.periods import period_before  # noqa: E402
from survey.linkage.models import CascadeStudy  # noqa: E402
from survey.organization.models import Team  # noqa: E402
from tests.cast import make_user  # noqa: E402
from tests.dashboards.cascades import make_many  # noqa: E402
from tests.dashboards.studies import make_pairing  # noqa: E402

PAGE = "/dashboards/cascade/"
WARM_UP = 3
N_WAVES = 8


def fill(n_arrows: int) -> Mapping[str, Client]:
    """Store as many arrows in every quarter; return a browser for HR and one for a leader."""
    call_command("migrate", verbosity=0)
    company = Team.objects.create(code="company", name="The Company")
    study = make_many(make_pairing(company), company, n_arrows)
    for _ in range(N_WAVES - 1):
        start = period_before(study.period_start, study.pairing.period)
        study = CascadeStudy.objects.get(pk=study.pk)
        study.pk, study.period_start = None, start
        study.save()
    users = {
        "HR": make_user("ann", Role.HR),
        "leader of all": make_user("bob", Role.LEADER, company),
    }
    clients = {}
    for name, user in users.items():
        clients[name] = Client()
        clients[name].force_login(user)
    return clients


def measure(clients: Mapping[str, Client], requests: int) -> Iterator[str]:
    """Yield what the page takes for each reader and choice."""
    gc.collect()
    gc.freeze()  # these two as config/gunicorn.py does
    gc.set_threshold(50_000, 20, 50)
    yield "| page | reader | p50 ms | p95 ms | CPU p50 ms | CPU p95 ms | queries | KB |"
    yield "|---|---|---|---|---|---|---|---|"
    for query in ("", "?page=20", "?team=kitchens-7", "?format=csv"):
        for name, client in clients.items():
            with CaptureQueriesContext(connection) as queries:
                reply = client.get(PAGE + query)
            n_queries = len(queries)
            body = b"".join(reply) if reply.streaming else reply.content
            assert reply.status_code == 200, reply.status_code  # noqa: S101
            cells = " | ".join(_repeat(client, PAGE + query, requests))
            yield f"| {PAGE}{query} | {name} | {cells} | {n_queries} | {len(body) / 1024:.0f} |"


def _repeat(client: Client, address: str, requests: int) -> list[str]:
    """Return the middle and the 95th percentile of the time by the wall and of the CPU."""
    walls, cpus = [], []
    for _ in range(WARM_UP + requests):
        wall, cpu = time.perf_counter(), time.process_time()
        reply = client.get(address)
        if reply.streaming:
            b"".join(reply)
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    told = []
    for side in (walls[WARM_UP:], cpus[WARM_UP:]):
        cuts = statistics.quantiles(side, n=20, method="inclusive")
        told += [f"{1000 * statistics.median(side):.0f}", f"{1000 * cuts[-1]:.0f}"]
    return told


def main() -> None:
    """Fill, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--arrows", type=int, default=2_000)
    parser.add_argument("--requests", type=int, default=40)
    options = parser.parse_args()
    print(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}\n")  # noqa: T201
    with FOLDER:
        for line in measure(fill(options.arrows), options.requests):
            print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
