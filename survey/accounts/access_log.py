"""The access log: who saw, took along or sent in what, and when; it only grows.

The database refuses to change an entry, and to forget one that is younger than two years.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import QuerySet

from survey.accounts.models import AccessEntry, Action, Grant, User

COMMAND_LINE = "command line"
TAKE_ALONG = frozenset({"backup", "export_customer", "export_questionnaire", "linkage"})
KEPT = timedelta(days=731)  # two years, and a day for clocks that differ from the database's


def record_access(
    *, user: User, action: str, route: str, what: str, status: int, now: datetime
) -> None:
    """Write down what somebody did, with the roles that they hold at this moment."""
    grants = Grant.objects.filter(user_id=user.pk).order_by("role", "team__code")
    held = (
        f"{role} {team or ''}".strip() for role, team in grants.values_list("role", "team__code")
    )
    AccessEntry.objects.create(
        at=now,
        user_key=str(user.pk),
        user_name=user.name,
        held=_cut(", ".join(held)),
        action=action,
        route=route,
        what=_cut(what),
        status=status,
    )


def record_command(
    *, name: str, account: str, options: Sequence[str], status: int, now: datetime
) -> None:
    """Write down that a command was run, by which account of the machine and with which options.

    The values of options are left out: an address or a customer's number may be among them.
    """
    AccessEntry.objects.create(
        at=now,
        user_name=COMMAND_LINE,
        held=_cut(account),
        action=Action.EXPORTED if name in TAKE_ALONG else Action.CHANGED,
        route=_cut(name, 100),
        what=_cut(" ".join(options)),
        status=status,
    )


def kept_too_long(*, now: datetime) -> QuerySet[AccessEntry]:
    """Return the entries that are older than the log is kept."""
    return AccessEntry.objects.filter(at__lt=now - KEPT)


def forget_accesses(*, now: datetime, at_most: int) -> int:
    """Delete the oldest entries that have been kept long enough; return how many."""
    old = kept_too_long(now=now).order_by("at", "pk")
    ids = list(old.values_list("pk", flat=True)[:at_most])
    return AccessEntry.objects.filter(pk__in=ids).delete()[0]


def _cut(text: str, length: int = 200) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"
