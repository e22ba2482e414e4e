"""Read what was promised: to whom, by whom, until when, and how it stands on a day.

Whether a promise is late is worked out from its day, and never stored.
"""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from survey.followup.models import Commitment, CommitmentState

NEAR = timedelta(days=3)  # from when on a promise is due soon


@dataclass(frozen=True, slots=True)
class Promise:
    """One commitment as it stands on a day. Without a team it is made to everybody."""

    key: uuid.UUID
    what: str
    heard: str
    because: str
    who_name: str
    due_date: date | None
    state: str
    is_late: bool
    days_late: int
    settled_date: date | None
    team_name: str
    theme: str
    audience: str


@dataclass(frozen=True, slots=True)
class PromiseCounts:
    """How many promises stand how; open ones are not late."""

    kept: int
    open: int
    late: int
    refused: int
    withdrawn: int = 0


def list_commitments(
    *,
    team_ids: Collection[int] | None,
    today: date,
    audience: str | None = None,
    is_outside: bool = False,
) -> tuple[Promise, ...]:
    """Return the commitments to some teams (None: all), what is late and due first.

    is_outside leaves out those that are not for the heard page and thank-you pages.
    """
    rows = _commitments(audience=audience, team_ids=team_ids)
    if is_outside:
        rows = rows.filter(is_shown_outside=True)
    return tell_promises(rows, today=today)


def count_commitments(
    *, today: date, audience: str | None = None, team_ids: Collection[int] | None = None
) -> PromiseCounts:
    """Count the commitments to some teams (None: all) by how they stand on a day."""
    promised, late = Q(state=CommitmentState.PROMISED), Q(due_date__lt=today)
    found = _commitments(audience=audience, team_ids=team_ids).aggregate(
        kept=Count("pk", filter=Q(state=CommitmentState.KEPT)),
        open=Count("pk", filter=promised & ~late),
        late=Count("pk", filter=promised & late),
        refused=Count("pk", filter=Q(state=CommitmentState.REFUSED)),
        withdrawn=Count("pk", filter=Q(state=CommitmentState.WITHDRAWN)),
    )
    return PromiseCounts(**found)


def readable_commitments(*, team_ids: Collection[int] | None) -> QuerySet[Commitment]:
    """Return the commitments to some teams (None: to all), and those made to everybody."""
    rows = Commitment.objects.made().select_related("team")
    return rows if team_ids is None else rows.filter(Q(team__in=team_ids) | Q(team=None))


def tell_promises(commitments: Iterable[Commitment], *, today: date) -> tuple[Promise, ...]:
    """Return commitments as they stand on a day: late and due ones first, then the newest."""
    told = [(one, tell_promise(one, today=today)) for one in commitments]
    return tuple(promise for _, promise in sorted(told, key=lambda pair: _place(*pair)))


def tell_promise(commitment: Commitment, *, today: date) -> Promise:
    """Return a commitment as it stands on a day."""
    days = days_late(commitment, today=today)
    return Promise(
        key=commitment.key,
        what=commitment.what,
        heard=commitment.heard,
        because=commitment.because,
        who_name=commitment.who_name,
        due_date=commitment.due_date,
        state=commitment.state,
        is_late=days > 0,
        days_late=days,
        settled_date=commitment.settled_date,
        team_name=commitment.team.name if commitment.team else "",
        theme=commitment.theme,
        audience=commitment.audience,
    )


def days_late(commitment: Commitment, *, today: date) -> int:
    """Return by how many days a promise is late: it has the whole of its day."""
    if commitment.state != CommitmentState.PROMISED or commitment.due_date is None:
        return 0
    return max(0, (today - commitment.due_date).days)


def _commitments(*, audience: str | None, team_ids: Collection[int] | None) -> QuerySet[Commitment]:
    rows = Commitment.objects.made().select_related("team")
    if audience is not None:
        rows = rows.filter(audience=audience)
    return rows if team_ids is None else rows.filter(team__in=team_ids)


def _place(commitment: Commitment, promise: Promise) -> tuple[bool, int, int]:
    """Return where a promise stands in a list: open ones by their day, others newest first."""
    if promise.state == CommitmentState.PROMISED and promise.due_date is not None:
        return False, promise.due_date.toordinal(), commitment.pk
    ended = promise.settled_date or commitment.made_date
    return True, -ended.toordinal(), -commitment.pk
