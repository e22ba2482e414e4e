"""One line of a table of scores: now, before, the middle team, and whether anything changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

from django.utils.translation import gettext as _

from survey.dashboards.measures import Measure
from survey.statistics.changes import Difference, difference

STEP = 20
FEWEST_PEOPLE = 10  # of fewer, who joined or left can make the whole difference
Metrics = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Score:
    """One printed figure; the margin is half its 95 % interval, as printed."""

    mean: float
    se: float | None
    low: float | None
    high: float | None
    n: int
    end: str = ""
    is_divided: bool = False

    @property
    def margin(self) -> float | None:
        """Return the larger arm of the interval: what stands behind plus-or-minus."""
        if self.low is None or self.high is None:
            return None
        return max(self.high - self.mean, self.mean - self.low)


@dataclass(frozen=True, slots=True)
class Line:
    """One measure; now is None where it is not shown, before where there is nothing to compare."""

    measure: Measure
    now: Score | None
    before: Score | None
    median: float | None
    change: Difference | None

    @property
    def word(self) -> str:
        """Say in a word whether it changed."""
        if self.change is None or self.change.value is None:
            return _("too few to compare") if self.before and self.now else _("no comparison")
        if self.change.low is None:
            return _("margin not known")
        return (_("no clear change"), _("higher"), _("lower"))[self.change.direction]

    @property
    def has_changed(self) -> bool:
        """Say whether the change is larger than its margin."""
        return self.change is not None and self.change.direction != 0


@dataclass(frozen=True, slots=True)
class Axis:
    """The part of 0 to 100 on which strips are drawn."""

    start: float
    end: float
    ticks: tuple[int, ...]


def read_score(said: Mapping[str, Any] | None) -> Score | None:
    """Return a stored figure as a score; None where there is none."""
    if said is None:
        return None
    detail = said.get("detail") or {}
    return Score(
        mean=said["mean"],
        se=said["se"],
        low=said["low"],
        high=said["high"],
        n=said["n"],
        end=detail.get("end", ""),
        is_divided=bool(detail.get("divided")),
    )


def build_lines(
    measures: Iterable[Measure], *, now: Metrics, before: Metrics, medians: Metrics
) -> list[Line]:
    """Put what was stored of some measures side by side, in their order.

    Measures that show nothing now and showed nothing before are left out. `medians` holds
    standings: their teams' median is read.
    """
    shown = [one for one in measures if one.code in now or one.code in before]
    return [
        _build_line(one, now.get(one.code), before.get(one.code), medians.get(one.code))
        for one in shown
    ]


def find_axis(lines: Sequence[Line]) -> Axis:
    """Return the axis that holds every interval, in steps of twenty."""
    ends: list[float] = []
    for line in lines:
        for score in (line.now, line.before):
            if score is not None:
                ends += [score.mean, *(end for end in (score.low, score.high) if end is not None)]
        if line.median is not None:
            ends.append(line.median)
    start = STEP * floor(min(ends, default=0) / STEP)
    end = min(STEP * ceil(max(ends, default=100) / STEP), 100)
    start, end = max(min(start, end - STEP), 0), max(end, start + STEP)
    return Axis(start, end, tuple(range(start, end + 1, STEP)))


def _build_line(
    measure: Measure,
    now: Mapping[str, Any] | None,
    before: Mapping[str, Any] | None,
    whole: Mapping[str, Any] | None,
) -> Line:
    score, then = read_score(now), read_score(before)
    return Line(
        measure=measure,
        now=score,
        before=then,
        median=(whole or {}).get("teams", {}).get("median"),
        change=_subtract(then, score),
    )


def _subtract(before: Score | None, now: Score | None) -> Difference | None:
    if before is None or now is None or min(before.n, now.n) < FEWEST_PEOPLE:
        return None
    return difference(before.mean, now.mean, first_se=before.se, second_se=now.se)
