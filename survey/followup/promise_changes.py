"""What the history of a promise says of it: that its day was moved, and who wrote its name down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from survey.core.timestamps import local_date
from survey.followup.models import Commitment, CommitmentChange

DAY, NAME = "due_date", "who_name"


@dataclass(frozen=True, slots=True)
class Moved:
    """From which day to which a promise was put off, when last, and whether it was late by then."""

    from_date: date
    to_date: date
    moved_date: date
    was_late: bool


def read_changes(commitment: Commitment) -> list[CommitmentChange]:
    """Return the changes of a promise, the first one first; no query where they were prefetched."""
    return sorted(commitment.changes.all(), key=lambda one: (one.changed_at, one.pk))


def find_moved(commitment: Commitment, changes: Sequence[CommitmentChange]) -> Moved | None:
    """Return how a promise was put off, None where it was not: a day that passed stays missed."""
    moves = [one for one in changes if one.before.get(DAY)]
    if not moves or commitment.due_date is None:
        return None
    late = [one for one in moves if local_date(one.changed_at) > _day_before(one)]
    first = _day_before(moves[0])
    if not late and commitment.due_date <= first:
        return None
    last = (late or moves)[-1]
    return Moved(first, commitment.due_date, local_date(last.changed_at), was_late=bool(late))


def find_writer(commitment: Commitment, changes: Sequence[CommitmentChange]) -> str:
    """Return who wrote down the name under a promise; "" where it is their own."""
    writers = [one.by_name for one in changes if not one.before or NAME in one.after]
    writer = writers[-1] if writers else ""
    return "" if writer.casefold() == commitment.who_name.casefold() else writer


def _day_before(change: CommitmentChange) -> date:
    return date.fromisoformat(change.before[DAY])
