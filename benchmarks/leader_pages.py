"""Measure the leader pages of the database that the environment names, and print tables.

Started by benchmark_dashboards.py in a process of its own.
"""

import argparse
import gc
import logging
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402
from released_organisation import Size, fill  # noqa: E402

from survey.accounts.models import Grant, Role, User  # noqa: E402
from survey.aggregation.models import Standing  # noqa: E402
from survey.aggregation.standings import update_due_standings  # noqa: E402
from survey.campaigns.models import Pairing  # noqa: E402
from survey.dashboards.urls import dashboards  # noqa: E402
from survey.linkage.models import Study  # noqa: E402
from survey.linkage.services import update_due_studies  # noqa: E402
from survey.organization.models import Team  # noqa: E402

TEAM = "team-15"
WARM_UP = 3
OK = 200


@dataclass(frozen=True, slots=True)
class Clock:
    """Seconds by the wall and of CPU time since it was made."""

    wall: float
    cpu: float

    @classmethod
    def start(cls) -> "Clock":
        """Start now."""
        return cls(time.perf_counter(), time.process_time())

    def read(self) -> tuple[float, float]:
        """Return the seconds by the wall and of CPU time."""
        return time.perf_counter() - self.wall, time.process_time() - self.cpu


def prepare(teams: int, months: int) -> Iterator[str]:
    """Fill the database unless it is, and do what a night does; yield lines about the times."""
    call_command("migrate", verbosity=0)
    yield "| work | wall s | CPU s |\n|---|---|---|"
    if not Pairing.objects.exists():
        yield _time("filling", lambda: fill(Size(teams, months), quiet=True))
    yield _time("all standings", lambda: update_due_standings(now=timezone.now()))
    yield _time("all studies", lambda: update_due_studies(now=timezone.now()))
    newest = Standing.objects.order_by("-period_start").values_list("period_start", flat=True)[0]
    for stored in (Standing, Study):
        stored.objects.filter(period_start=newest).delete()
    yield _time("standings of a new month", lambda: update_due_standings(now=timezone.now()))
    yield _time("studies of a new month", lambda: update_due_studies(now=timezone.now()))


def _time(name: str, work: Callable[[], object]) -> str:
    clock = Clock.start()
    work()
    wall, cpu = clock.read()
    return f"| {name} | {wall:.1f} | {cpu:.1f} |"


def cast() -> dict[str, Client]:
    """Return a browser for each kind of reader."""
    people = {
        "HR": (Role.HR, None),
        "leader of 100 teams": (Role.LEADER, "division-1"),
        "team lead": (Role.TEAM_LEAD, TEAM),
    }
    found = {}
    for name, (role, code) in people.items():
        user, is_new = User.objects.get_or_create(email=f"{role.lower()}@example.org")
        if is_new:
            team = Team.objects.get(code=code) if code else None
            Grant.objects.create(user=user, role=role, team=team)
        found[name] = Client()
        found[name].force_login(user)
    return found


def list_addresses() -> list[str]:
    """Return the addresses of all leader pages, and of the longest table."""
    pages = [
        reverse(
            f"dashboards:{one.name}",
            kwargs=dict.fromkeys(one.pattern.converters, TEAM),
        )
        for one in dashboards
    ]
    return [*pages, reverse("dashboards:linkage") + "?table=units"]


def measure_pages(requests: int) -> Iterator[str]:
    """Yield what each page takes for each reader who may open it."""
    gc.collect()
    gc.freeze()  # as config/gunicorn.py does
    yield "| page | reader | p50 ms | p95 ms | CPU p50 ms | CPU p95 ms | queries | KB |"
    yield "|---|---|---|---|---|---|---|---|"
    for name, client in cast().items():
        for address in list_addresses():
            reply = client.get(address)
            if reply.status_code != OK:
                continue
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            n_queries = len(queries)
            cells = _summarise(_repeat(client, address, requests))
            size = len(reply.content) / 1024
            yield f"| {address} | {name} | {cells} | {n_queries} | {size:.0f} |"


def _repeat(client: Client, address: str, requests: int) -> list[tuple[float, float]]:
    times = []
    for _ in range(WARM_UP + requests):
        clock = Clock.start()
        client.get(address)
        times.append(clock.read())
    return times[WARM_UP:]


def _summarise(times: Sequence[tuple[float, float]]) -> str:
    cells = []
    for side in zip(*times, strict=True):
        cuts = statistics.quantiles(side, n=20, method="inclusive")
        cells += [f"{1000 * statistics.median(side):.0f}", f"{1000 * cuts[-1]:.0f}"]
    return " | ".join(cells)


def measure_file() -> Iterator[str]:
    """Yield what the file of all figures takes."""
    yield "| all figures as CSV | lines | MB | first byte s | wall s | CPU s | memory grew by MB |"
    yield "|---|---|---|---|---|---|---|"
    address = reverse("dashboards:figures")
    unit = 1024 if sys.platform == "linux" else 1024**2
    for name, client in cast().items():
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        clock, first, lines, size = Clock.start(), 0.0, 0, 0
        reply = client.get(address, {"format": "csv", "period": "all"})
        for chunk in reply.streaming_content:
            first = first or clock.read()[0]
            lines, size = lines + chunk.count(b"\n"), size + len(chunk)
        wall, cpu = clock.read()
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / unit
        yield (
            f"| {name} | {lines:,} | {size / 1e6:.1f} | {first:.2f} | {wall:.1f} | {cpu:.1f} "
            f"| {grown:.0f} |"
        )


def measure(options: argparse.Namespace) -> Iterator[str]:
    """Do everything on the database of this process."""
    yield from prepare(options.teams, options.months)
    yield ""
    yield from measure_pages(options.requests)
    yield ""
    yield from measure_file()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("--teams", "--months", "--requests"):
        parser.add_argument(name, type=int, required=True)
    logging.getLogger("django.request").setLevel(logging.ERROR)  # pages that a role cannot open
    for line in measure(parser.parse_args()):
        print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
