"""How calls went, in counts: for whoever sees to it that nobody waits in vain."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.db.models import Exists, OuterRef, QuerySet

from survey.followup.models import (
    OPEN_STATES,
    Callback,
    CallbackEvent,
    CallbackEventKind,
    CallbackState,
)

HOUR = 3600
SETTLED = (CallbackState.SOLVED, CallbackState.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the calls of one team, or of all, went.

    n_told counts those of whom we know whether it was put right: they said yes, or not yet.
    median_hours is that of the calls that are settled; those who were never reached have none.
    """

    name: str
    n: int
    n_open: int
    n_late: int
    n_told: int
    n_right: int
    median_hours: float | None


@dataclass(frozen=True, slots=True)
class CallCounts:
    """All calls together, by state, and by team."""

    whole: Outcome
    states: tuple[tuple[str, int], ...]
    teams: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    team: str
    state: str
    asked_at: datetime
    ended_at: datetime | None
    due_at: datetime
    said_not_yet: bool


def count_calls(*, calls: QuerySet[Callback], now: datetime) -> CallCounts:
    """Count calls in one query; the teams by name, those of no team under an empty one."""
    not_yet = CallbackEvent.objects.filter(callback=OuterRef("pk"), kind=CallbackEventKind.REOPENED)
    rows = [
        _Row(team or "", state, asked_at, ended_at, due_at, said_not_yet)
        for team, state, asked_at, ended_at, due_at, said_not_yet in calls.annotate(
            not_yet=Exists(not_yet)
        ).values_list("team__name", "state", "asked_at", "ended_at", "due_at", "not_yet")
    ]
    by_team = defaultdict(list)
    for row in rows:
        by_team[row.team].append(row)
    states = Counter(row.state for row in rows)
    return CallCounts(
        whole=_sum_up("", rows, now),
        states=tuple((str(state.label), states[state]) for state in CallbackState),
        teams=tuple(_sum_up(name, by_team[name], now) for name in sorted(by_team)),
    )


def _sum_up(name: str, rows: Iterable[_Row], now: datetime) -> Outcome:
    rows = list(rows)
    waiting = [row for row in rows if row.state in OPEN_STATES]
    right = [row for row in rows if row.state == CallbackState.CONFIRMED]
    told = [row for row in rows if row.said_not_yet or row.state == CallbackState.CONFIRMED]
    hours = [
        (row.ended_at - row.asked_at).total_seconds() / HOUR
        for row in rows
        if row.ended_at and row.state in SETTLED
    ]
    return Outcome(
        name=name,
        n=len(rows),
        n_open=len(waiting),
        n_late=sum(row.due_at <= now for row in waiting),
        n_told=len(told),
        n_right=len(right),
        median_hours=round(median(hours), 1) if hours else None,
    )
