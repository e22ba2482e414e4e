"""What a callback's history says: whether it was thought settled before, and is open again."""

from dataclasses import dataclass
from datetime import datetime

from survey.followup.models import Callback, CallbackEventKind

ENDS = (CallbackEventKind.SOLVED, CallbackEventKind.UNREACHED)


@dataclass(frozen=True, slots=True)
class Reopening:
    """When somebody thought that a callback was over, and when its person said not yet."""

    was_solved: bool  # else nobody was reached
    ended_at: datetime
    ended_by: str
    reopened_at: datetime


def was_reopened(*, callback: Callback) -> bool:
    """Say whether the person has said before that it was not put right."""
    return callback.events.filter(kind=CallbackEventKind.REOPENED).exists()


def find_reopening(*, callback: Callback) -> Reopening | None:
    """Return how a callback came to be open again; None where its person never said not yet."""
    steps = list(
        callback.events.filter(kind__in=[*ENDS, CallbackEventKind.REOPENED]).order_by("pk")
    )
    places = [n for n, step in enumerate(steps) if step.kind == CallbackEventKind.REOPENED]
    if not places or not places[0]:
        return None
    end, again = steps[places[0] - 1], steps[places[0]]
    return Reopening(
        was_solved=end.kind == CallbackEventKind.SOLVED,
        ended_at=end.at,
        ended_by=end.by_name,
        reopened_at=again.at,
    )
