"""Customers' cells, joined per family until enough valid answers are in."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from survey.core.periods import Period, period_start


@dataclass(frozen=True, slots=True)
class CountedCell:
    """A cell with the number of its valid answers in one family."""

    cell_id: int
    group_id: int
    number: int
    sealed_date: date
    n: int


def month_of(day: date) -> date:
    """Return the first day of a day's month."""
    return period_start(day, Period.MONTH)


def join_cells(cells: Iterable[CountedCell], *, k: int) -> dict[date, frozenset[CountedCell]]:
    """Join consecutive cells of each group until k valid answers are in.

    Returns the cells in the joined cells that each month completed. What does not reach k waits
    for later cells; it is never joined to a cell that was complete without it.
    """
    joined: dict[date, set[CountedCell]] = defaultdict(set)
    waiting: dict[int, list[CountedCell]] = defaultdict(list)
    for cell in sorted(cells, key=lambda cell: (cell.group_id, cell.number)):
        together = waiting[cell.group_id]
        together.append(cell)
        if sum(one.n for one in together) >= k:
            month = max(month_of(one.sealed_date) for one in together)
            joined[month].update(together)
            together.clear()
    return {month: frozenset(together) for month, together in joined.items()}
