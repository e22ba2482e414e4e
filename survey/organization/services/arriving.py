"""A roster comes in, is told what its columns mean, is confirmed or put aside."""

import hashlib
import zlib
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from survey.organization.columns import check_columns
from survey.organization.models import Attribute, RosterColumn, RosterImport, RosterState
from survey.organization.sheets import LARGEST
from survey.organization.summaries import without_names

UNDECIDED = (RosterState.WAITING, RosterState.UNMAPPED, RosterState.READY, RosterState.REFUSED)
KEPT_UNDECIDED = timedelta(days=30)


class RosterTooLargeError(Exception):
    """The file is larger than any roster."""


class RosterKeyReusedError(Exception):
    """The key stands for another file, or for the same one with other wishes."""


class RosterStateError(Exception):
    """The roster is no longer where somebody thought it was."""


def take_roster(
    *,
    name: str,
    source: str,
    content: bytes,
    by: str,
    now: datetime,
    applies: bool = False,
    may_lose_many: bool = False,
    key: str = "",
) -> RosterImport:
    """Keep a file to be read by the worker; a key that came before gets the same roster again."""
    if len(content) > LARGEST:
        raise RosterTooLargeError
    digest = hashlib.sha256(content).hexdigest()
    wishes = {"digest": digest, "is_confirmed_ahead": applies, "may_lose_many": may_lose_many}
    if key and (before := RosterImport.objects.filter(key=key).first()):
        return _same(before, wishes)
    try:
        with transaction.atomic():
            return RosterImport.objects.create(
                name=_printable(name),
                source=source,
                content=zlib.compress(content, 1),
                by=by[:200],
                key=key,
                created_at=now,
                **wishes,
            )
    except IntegrityError:  # the same key a moment ago
        return _same(RosterImport.objects.get(key=key), wishes)


def _same(before: RosterImport, wishes: Mapping[str, object]) -> RosterImport:
    if any(getattr(before, name) != value for name, value in wishes.items()):
        raise RosterKeyReusedError
    return before


def _printable(name: str) -> str:
    """Return a file's own name without folders and signs that cannot be printed."""
    own = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in own if letter.isprintable())[:200] or "roster"


@transaction.atomic
def set_columns(*, roster_id: int, columns: Mapping[str, str]) -> None:
    """Say what the headings of a roster mean, and remember it for the next ones.

    Raises RosterError where a column is missing or there twice.
    """
    roster = _locked(roster_id, (RosterState.UNMAPPED,))
    attributes = set(Attribute.objects.values_list("code", flat=True))
    told = {heading: columns.get(heading, "") for heading, _ in roster.columns}
    check_columns(told, attributes=attributes)
    RosterColumn.objects.bulk_create(
        [RosterColumn(heading=heading, column=column) for heading, column in told.items()],
        update_conflicts=True,
        unique_fields=["heading"],
        update_fields=["column"],
    )
    roster.columns, roster.state = list(told.items()), RosterState.WAITING
    roster.save(update_fields=["columns", "state"])


@transaction.atomic
def confirm_roster(*, roster_id: int, seen: str, may_lose_many: bool) -> None:
    """Let the worker take a roster in; `seen` is the check sum of the difference looked at."""
    roster = _locked(roster_id, (RosterState.READY,))
    if roster.difference["digest"] != seen:
        raise RosterStateError
    if roster.difference["loses_many"] and not may_lose_many:
        raise RosterStateError
    roster.state, roster.may_lose_many = RosterState.CONFIRMED, may_lose_many
    roster.n_done = 0
    roster.save(update_fields=["state", "may_lose_many", "n_done"])


@transaction.atomic
def discard_roster(*, roster_id: int) -> None:
    """Put a roster aside that nobody wants, and delete the file and the names."""
    _put_aside(_locked(roster_id, UNDECIDED))


def put_aside_old_rosters(*, now: datetime) -> int:
    """Put aside what nobody decided on for a month."""
    old = RosterImport.objects.filter(state__in=UNDECIDED, created_at__lt=now - KEPT_UNDECIDED)
    ids = list(old.values_list("pk", flat=True))
    for roster_id in ids:
        discard_roster(roster_id=roster_id)
    return len(ids)


def _put_aside(roster: RosterImport) -> None:
    roster.state, roster.content, roster.problems = RosterState.DISCARDED, None, []
    roster.difference = without_names(roster.difference)
    roster.save(update_fields=["state", "content", "problems", "difference"])


def _locked(roster_id: int, states: Collection[str]) -> RosterImport:
    roster = RosterImport.objects.select_for_update().filter(pk=roster_id).first()
    if roster is None or roster.state not in states:
        raise RosterStateError
    return roster
