"""The history of a promise, change by change, in sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from survey.core.timestamps import local_date
from survey.followup.models import Commitment, CommitmentChange, CommitmentState


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody changed on a day, in sentences, and why."""

    day: date
    by_name: str
    said: tuple[str, ...]
    why: str


def read_history(commitment: Commitment) -> tuple[Entry, ...]:
    """Return the changes of a promise, the newest first."""
    rows = commitment.changes.order_by("-changed_at", "-pk")
    return tuple(
        Entry(local_date(row.changed_at), row.by_name, tuple(_say(row)), row.why) for row in rows
    )


def _say(change: CommitmentChange) -> list[str]:
    if not change.before:
        return [_say_begun(change.after)]
    if "state" in change.after:
        return [_say_settled(change.after)]
    return [
        sentence % {"old": _tell(name, change.before), "new": _tell(name, change.after)}
        for name, sentence in _sentences().items()
        if name in change.after
    ]


def _say_begun(after: Mapping[str, Any]) -> str:
    if after.get("state") == CommitmentState.REFUSED:
        return _("Said that it will not be done.")
    return _("Promised, by %(day)s.") % {"day": _tell("due_date", after)}


def _say_settled(after: Mapping[str, Any]) -> str:
    if after["state"] == CommitmentState.KEPT:
        return _("Kept, on %(day)s.") % {"day": _tell("settled_date", after)}
    return {
        CommitmentState.PROMISED: _("Not kept after all: it stands again."),
        CommitmentState.WITHDRAWN: _("Withdrawn."),
        CommitmentState.REFUSED: _("Said that it will not be done after all."),
    }[CommitmentState(after["state"])]


def _sentences() -> dict[str, str]:
    return {
        "due_date": _("Moved from %(old)s to %(new)s."),
        "what": _("Worded anew. It said: “%(old)s”"),
        "heard": _("What was heard was worded anew. It said: “%(old)s”"),
        "who_name": _("Handed over from %(old)s to %(new)s."),
        "is_shown_outside": _("Shown to everybody it is made to: %(new)s."),
    }


def _tell(name: str, values: Mapping[str, Any]) -> str:
    value = values.get(name)
    if name in ("due_date", "settled_date") and value:
        return date_format(date.fromisoformat(value), _("j F Y"))
    if name == "is_shown_outside":
        return _("yes") if value else _("no")
    return str(value or "–")
