"""The access log as a table to take along."""

from collections.abc import Iterator

from django.utils import timezone

from survey.dashboards.access_log.pages import Chosen
from survey.dashboards.tables import Table, Value

COLUMNS = ("at", "account", "name", "held_then", "action", "route", "what", "status")
NOTES: tuple[tuple[str, Value], ...] = (
    ("held_then", "The roles at that moment; of the command line, the machine's account."),
    ("status", "The HTTP status of the answer; of a command 0 where it succeeded, else 1."),
    ("what", "What the address named; what was searched for is not kept."),
)


def build_table(chosen: Chosen) -> Table:
    """Return the entries that were asked for, read while they are written."""
    return Table("Access log", COLUMNS, _rows(chosen), NOTES)


def _rows(chosen: Chosen) -> Iterator[tuple[Value, ...]]:
    for entry in chosen.entries.iterator(chunk_size=500):
        yield (
            timezone.localtime(entry.at).isoformat(timespec="seconds"),
            entry.user_key,
            entry.user_name,
            entry.held,
            entry.action,
            entry.route,
            entry.what,
            entry.status,
        )
