"""Read what was promised: to whom, by whom, until when, and how it stands on a day.

Whether a promise is late is worked out from its day, and never stored. That it was late before its
day was moved is read from its history.
"""

import uuid
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from survey.followup.models import Commitment, CommitmentState
from survey.followup.promise_changes import Moved, find_moved, find_writer, read_changes

NEAR = timedelta(days=3)  # from when on a promise is due soon


@dataclass(frozen=True, slots=True)
class Promise:
    """One commitment as it stands on a day. Without a team it is made to everybody.

    writer is who wrote it down in the name of somebody else.
    """

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
    moved: Moved | None = None
    writer: str = ""

    @property
    def signed(self) -> str:
        """Return whose name stands under it, and who wrote that down if it was somebody else."""
        if not self.writer:
            return self.who_name
        return _("%(name)s, entered by %(writer)s") % {"name": self.who_name, "writer": self.writer}

    @property
    def was_late(self) -> bool:
        """Say whether it got another day only after its day had passed."""
        return self.moved is not None and self.moved.was_late

    @property
    def is_kept_late(self) -> bool:
        """Say whether it was kept, but only after its day had passed."""
        if self.state != CommitmentState.KEPT or self.due_date is None:
            return False
        return self.settled_date is not None and self.settled_date > self.due_date


@dataclass(frozen=True, slots=True)
class PromiseCounts:
    """How many promises stand how; open ones are not late, some were before they were moved.

    kept_late are those of the kept ones whose day had passed before.
    """

    kept: int
    open: int
    late: int
    refused: int
    withdrawn: int = 0
    was_late: int = 0
    kept_late: int = 0


def list_commitments(
    *,
    team_ids: Collection[int] | None,
    today: date,
    audience: str | None = None,
    is_outside: bool = False,
) -> tuple[Promise, ...]:
    """Return the commitments to some teams (None: all) and to everybody, what is late first.

    is_outside leaves out those that are not for the heard page and thank-you pages.
    """
    rows = readable_commitments(team_ids=team_ids)
    if audience is not None:
        rows = rows.filter(audience=audience)
    if is_outside:
        rows = rows.filter(is_shown_outside=True)
    return tell_promises(rows, today=today)


def count_commitments(
    *, today: date, audience: str | None = None, team_ids: Collection[int] | None = None
) -> PromiseCounts:
    """Count the same commitments by how they stand on a day."""
    return count_promises(list_commitments(team_ids=team_ids, today=today, audience=audience))


def count_promises(promises: Collection[Promise]) -> PromiseCounts:
    """Count promises by how they stand; one that is late again is not counted as late before."""
    states = Counter(one.state for one in promises)
    late = sum(one.is_late for one in promises)
    return PromiseCounts(
        kept=states[CommitmentState.KEPT],
        open=states[CommitmentState.PROMISED] - late,
        late=late,
        refused=states[CommitmentState.REFUSED],
        withdrawn=states[CommitmentState.WITHDRAWN],
        was_late=sum(one.was_late and not one.is_late for one in promises),
        kept_late=sum(one.is_kept_late for one in promises),
    )


def readable_commitments(*, team_ids: Collection[int] | None) -> QuerySet[Commitment]:
    """Return the commitments to some teams (None: to all), and those made to everybody."""
    rows = Commitment.objects.made().select_related("team").prefetch_related("changes")
    return rows if team_ids is None else rows.filter(Q(team__in=team_ids) | Q(team=None))


def tell_promises(commitments: Iterable[Commitment], *, today: date) -> tuple[Promise, ...]:
    """Return commitments as they stand on a day: late and due ones first, then the newest."""
    told = [(one, tell_promise(one, today=today)) for one in commitments]
    return tuple(pair[1] for pair in sorted(told, key=lambda pair: _place(*pair)))


def tell_promise(commitment: Commitment, *, today: date) -> Promise:
    """Return a commitment as it stands on a day."""
    days, changes = days_late(commitment, today=today), read_changes(commitment)
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
        moved=find_moved(commitment, changes),
        writer=find_writer(commitment, changes),
    )


def days_late(commitment: Commitment, *, today: date) -> int:
    """Return by how many days a promise is late: it has the whole of its day."""
    if commitment.state != CommitmentState.PROMISED or commitment.due_date is None:
        return 0
    return max(0, (today - commitment.due_date).days)


def _place(commitment: Commitment, promise: Promise) -> tuple[bool, int, int]:
    """Return where a promise stands in a list: open ones by their day, others newest first."""
    if promise.state == CommitmentState.PROMISED and promise.due_date is not None:
        return False, promise.due_date.toordinal(), commitment.pk
    ended = promise.settled_date or commitment.made_date
    return True, -ended.toordinal(), -commitment.pk
