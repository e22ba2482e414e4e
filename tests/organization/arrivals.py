"""Rosters that come in, and spreadsheets to try them with."""

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from xlsxwriter import Workbook

from survey.organization.models import RosterImport
from survey.organization.services import (
    apply_confirmed_rosters,
    confirm_roster,
    read_waiting_rosters,
    take_roster,
)

NOW = datetime(2026, 12, 7, 9, 0, tzinfo=UTC)
HEADER = "person_id,name,email,team,team_name,parent,leader"
LINES = (
    ",,,company,The Company,,",
    "1,Ana,ana@example.org,bakery,Bakery,company,yes",
    "2,Ben,ben@example.org,bakery,,,",
    "3,Cleo,cleo@example.org,mill,Mill,company,yes",
)
WITHOUT_CODES = (
    ("person_id", "name", "email", "team_name"),
    (1, "Ana", "ana@example.org", "Fish & Chips"),
    (2, "Ben", "ben@example.org", "Bakery"),
    (3, "Cleo", "cleo@example.org", "Bakery"),
)


def rows_as_csv(*rows: Sequence[object]) -> bytes:
    """Return a CSV file of rows, the first of which are its headings."""
    return "\n".join(",".join(map(str, row)) for row in rows).encode()


def csv_of(*lines: str, header: str = HEADER) -> bytes:
    """Return a CSV file."""
    return "\n".join((header, *lines)).encode()


def xlsx_of(*rows: Sequence[object], sheets: Iterable[str] = ("Staff",)) -> bytes:
    """Return a spreadsheet whose first sheet holds some rows."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        for name in sheets:
            sheet = book.add_worksheet(name)
            if name == next(iter(sheets)):
                for place, row in enumerate(rows):
                    sheet.write_row(place, 0, row)
    return out.getvalue()


def arrive(
    content: bytes = csv_of(*LINES), *, now: datetime = NOW, **options: object
) -> RosterImport:
    """Let a file come in and be read."""
    told = {"name": "staff.csv", "source": "upload", "by": "Alice", "now": now} | options
    roster = take_roster(content=content, **told)
    read_waiting_rosters(now=now)
    roster.refresh_from_db()
    return roster


def take_in(content: bytes = csv_of(*LINES), *, now: datetime = NOW) -> RosterImport:
    """Let a file come in, be confirmed and taken in."""
    roster = arrive(content, now=now)
    confirm(roster)
    apply_confirmed_rosters(now=now)
    roster.refresh_from_db()
    return roster


def confirm(roster: RosterImport, *, may_lose_many: bool = True) -> None:
    """Say yes to what was shown."""
    seen = roster.difference["digest"]
    confirm_roster(roster_id=roster.pk, seen=seen, may_lose_many=may_lose_many)
