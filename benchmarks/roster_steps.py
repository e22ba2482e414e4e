"""Bring three lists of people into the database that the environment names, and print the costs.

Started by benchmark_roster.py in a process of its own. Everybody joins, then 5 % move, 2 % leave
and 2 % join, then the second list comes again as a spreadsheet, in which nothing changed.
"""

import csv
import io
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django
from xlsxwriter import Workbook

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
django.setup()

from survey.organization import services  # noqa: E402
from survey.organization.models import RosterImport, RosterState  # noqa: E402

SIZE_OF_TEAM = 20
N_DEPARTMENTS = 100
COLUMNS = (
    *("person_id", "name", "email", "team", "team_name", "parent", "leader"),
    *("language", "time_zone", "manager"),
)
ZONES = ("Europe/Lisbon", "Europe/Berlin", "America/New_York", "Asia/Singapore")
MONDAY = datetime(2026, 11, 23, 6, tzinfo=UTC)
DAY = timedelta(days=1)
Row = Sequence[str]


def make_teams(n_people: int) -> Iterator[Row]:
    """Yield a tree of departments with teams of twenty."""
    nothing = ("",) * 4
    yield ("", "", "", "company", "The Company", "", *nothing)
    for n in range(N_DEPARTMENTS):
        yield ("", "", "", f"d{n}", f"Department {n}", "company", *nothing)
    for n in range(n_people // SIZE_OF_TEAM):
        yield ("", "", "", f"t{n}", f"Team {n}", f"d{n % N_DEPARTMENTS}", *nothing)


def make_people(n_people: int, *, is_second: bool) -> Iterator[Row]:
    """Yield everybody; in the second list one in twenty has moved, one in fifty left or joined."""
    n_teams = n_people // SIZE_OF_TEAM

    def number_of(n: int) -> int:
        return n + n_people if is_second and n % 50 == 49 else n

    for n in range(n_people):
        number = number_of(n)
        team = (n + (is_second and n % 20 == 19)) % n_teams
        leader = "yes" if n < n_teams else "no"
        manager = f"P{number_of(team):07}" if n >= n_teams else ""
        yield (
            *(f"P{number:07}", f"Given Family {number}", f"p{number}@example.org", f"t{team}"),
            *("", "", leader, "en", ZONES[n % len(ZONES)], manager),
        )


def write_csv(n_people: int, *, is_second: bool) -> bytes:
    """Return a list as CSV."""
    out = io.StringIO(newline="")
    people = make_people(n_people, is_second=is_second)
    csv.writer(out).writerows([COLUMNS, *make_teams(n_people), *people])
    return out.getvalue().encode()


def write_xlsx(n_people: int) -> bytes:
    """Return the second list as a spreadsheet."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        people = make_people(n_people, is_second=True)
        for place, row in enumerate([COLUMNS, *make_teams(n_people), *people]):
            sheet.write_row(place, 0, row)
    return out.getvalue()


def bring_in(what: str, content: bytes, now: datetime) -> None:
    """Let one list come in, be read, confirmed and taken in, as the worker does it."""
    taken = services.take_roster(name=what, source="upload", content=content, by="", now=now)
    clock(f"difference: {what}", lambda: services.read_waiting_rosters(now=now))
    taken.refresh_from_db()
    if taken.state != RosterState.READY:
        sys.exit(f"{what}: {taken.state}, {taken.problems[:3]}")
    seen = taken.difference["digest"]
    services.confirm_roster(roster_id=taken.pk, seen=seen, may_lose_many=False)
    clock(f"apply: {what}", lambda: services.apply_confirmed_rosters(now=now))
    if RosterImport.objects.get(pk=taken.pk).state != RosterState.APPLIED:
        sys.exit(f"{what} was not taken in")


def clock(name: str, work: Callable[[], object]) -> None:
    """Do something, and print what it took: wall and CPU seconds, megabytes at the peak."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    spent = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(name, *spent, peak, sep="\t", flush=True)  # noqa: T201


def main() -> None:
    """Bring the three lists in, as many people as the command line says."""
    n_people = int(sys.argv[1])
    bring_in("all join", write_csv(n_people, is_second=False), MONDAY)
    bring_in("9 % change", write_csv(n_people, is_second=True), MONDAY + DAY)
    bring_in("XLSX, nothing changes", write_xlsx(n_people), MONDAY + 2 * DAY)


if __name__ == "__main__":
    main()
