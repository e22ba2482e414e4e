"""Then and now of every measure, with the difference, its margin and a word."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from django.utils.translation import gettext_lazy as _

from survey.dashboards.measures import Measure
from survey.dashboards.scores import FEWEST_PEOPLE, Line, Metrics, build_lines

STEP = 5
NOT_ASKED, NOT_SHOWN = "not asked", "not shown"
NO_COMPARISON = _("no comparison")
TOO_FEW = _("fewer than ten people")
REWORDED = _("worded differently: not comparable")
NOT_THEN = {NOT_ASKED: _("not asked then"), NOT_SHOWN: _("not shown then")}
NOT_NOW = {NOT_ASKED: _("not asked now"), NOT_SHOWN: _("not shown now")}


@dataclass(frozen=True, slots=True)
class Row:
    """One measure then and now; why says why there is no comparison, "" where there is one."""

    line: Line
    why: str
    then: str  # why nothing stands there: not asked or not shown
    now: str

    @property
    def is_compared(self) -> bool:
        """Say whether the difference is shown."""
        return not self.why

    @property
    def word(self) -> str:
        """Return the word of the chip."""
        return self.line.word if self.is_compared else str(NO_COMPARISON)

    @property
    def has_changed(self) -> bool:
        """Say whether the difference is larger than its margin."""
        return self.is_compared and self.line.has_changed

    @property
    def value(self) -> float:
        """Return the difference; only a row that is compared has one."""
        assert self.line.change is not None  # noqa: S101 - it is compared
        assert self.line.change.value is not None  # noqa: S101
        return round(self.line.change.value, 1)

    @property
    def low(self) -> float | None:
        """Return the lower bound of the difference, where its margin is known."""
        low = self.line.change.low if self.line.change else None
        return None if low is None else round(low, 1)

    @property
    def high(self) -> float | None:
        """Return the upper bound of the difference, where its margin is known."""
        high = self.line.change.high if self.line.change else None
        return None if high is None else round(high, 1)

    @property
    def margin(self) -> float | None:
        """Return what stands behind plus-or-minus."""
        change = self.line.change
        if change is None or change.high is None or change.value is None:
            return None
        return change.high - change.value


@dataclass(frozen=True, slots=True)
class Reach:
    """How far the axis of the differences goes on both sides of no difference."""

    end: float

    @property
    def start(self) -> float:
        """Return its left end."""
        return -self.end


def build_rows(
    measures: Mapping[str, Measure],
    *,
    then: Metrics,
    now: Metrics,
    asked_then: Collection[str],
    asked_now: Collection[str],
    reworded: Collection[str] = (),
) -> list[Row]:
    """Compare every measure that shows something in either period, in the order asked."""
    lines = build_lines(measures.values(), now=now, before=then, medians={})
    return [
        _judge(
            line,
            line.measure.code in asked_then,
            line.measure.code in asked_now,
            line.measure.code in reworded,
        )
        for line in lines
    ]


def find_reach(rows: Iterable[Row]) -> Reach:
    """Return the axis that holds every difference with its margin, in steps of five."""
    ends: list[float] = []
    for row in rows:
        if row.is_compared:
            ends += [abs(end) for end in (row.value, row.low, row.high) if end is not None]
    return Reach(float(STEP * ceil(max(ends, default=STEP) / STEP)))


def count_changes(rows: Sequence[Row]) -> tuple[int, int]:
    """Return how many measures are compared with their margins, and how many changed."""
    known = [row for row in rows if row.is_compared and row.low is not None]
    return len(known), sum(row.has_changed for row in known)


def _judge(line: Line, was_asked: bool, is_asked: bool, is_reworded: bool) -> Row:
    then = "" if line.before else (NOT_SHOWN if was_asked else NOT_ASKED)
    now = "" if line.now else (NOT_SHOWN if is_asked else NOT_ASKED)
    if then:
        return Row(line, str(NOT_THEN[then]), then, now)
    if now:
        return Row(line, str(NOT_NOW[now]), then, now)
    if is_reworded:
        return Row(line, str(REWORDED), then, now)
    people = [score.n for score in (line.before, line.now) if score is not None]
    return Row(line, str(TOO_FEW) if min(people) < FEWEST_PEOPLE else "", then, now)
