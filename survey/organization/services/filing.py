"""Take in a roster file at once, as an administrator does it at the command line."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from survey.core.timestamps import local_date
from survey.organization.columns import own_columns
from survey.organization.differences import RosterDifference
from survey.organization.lines import RosterError, RosterFile
from survey.organization.models import Attribute, RosterColumn, RosterImport, RosterState
from survey.organization.roster import read_lines
from survey.organization.services.importing import find_problems, import_roster
from survey.organization.sheets import read_table
from survey.organization.summaries import summarise, without_names


@transaction.atomic
def import_file(
    *,
    name: str,
    content: bytes,
    columns: Mapping[str, str],
    now: datetime,
    dry_run: bool = False,
    allow_leaving: bool = False,
) -> RosterDifference:
    """Take in a file, or only tell what it would change; otherwise as import_roster.

    Headings mean what `columns` says, else what is remembered of them, else our own columns.
    """
    day = local_date(now)
    difference = import_roster(
        roster=_read(content, columns, now),
        today=day,
        dry_run=dry_run,
        allow_leaving=allow_leaving,
    )
    if not dry_run:
        RosterImport.objects.create(
            name=name[:200],
            source="command",
            state=RosterState.APPLIED,
            difference=without_names(summarise(difference, day=day)),
            created_at=now,
            applied_at=now,
        )
    return difference


def _read(content: bytes, columns: Mapping[str, str], now: datetime) -> RosterFile:
    """Read a file; where it has mistakes, name those against what is stored as well."""
    table = read_table(content)
    attributes = set(Attribute.objects.values_list("code", flat=True))
    remembered = dict(RosterColumn.objects.values_list("heading", "column"))
    meanings = own_columns(table.headings, attributes=attributes) | remembered | dict(columns)
    try:
        return read_lines(table, columns=meanings, attributes=attributes)
    except RosterError as error:
        others = find_problems(roster=error.readable, today=local_date(now))
        raise RosterError((*error.problems, *others)) from error
