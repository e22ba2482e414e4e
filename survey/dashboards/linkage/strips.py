"""Numbers with their intervals, one below the other on a common axis: chart and table in one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from survey.dashboards.retelling import retell

STEP = 0.2


@dataclass(frozen=True, slots=True)
class Strip:
    """One number; value is None where there is none, and reason says why.

    look names its colour: "r" is inside, "" outside, "n" neither. address leads to it.
    """

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    note: str = ""
    reason: str = ""
    look: str = "n"
    address: str = ""
    is_chosen: bool = False

    @property
    def start(self) -> float | None:
        """Return where its bar starts: at the number itself without an interval."""
        return self.value if self.low is None else self.low

    @property
    def end(self) -> float | None:
        """Return where its bar ends."""
        return self.value if self.high is None else self.high


@dataclass(frozen=True, slots=True)
class Strips:
    """Strips on one axis that is as long to either side of 0."""

    rows: tuple[Strip, ...]
    reach: float

    @property
    def low(self) -> float:
        """Return the lower end of the axis."""
        return -self.reach


def read_strip(label: str, numbers: Mapping[str, Any], name: str = "r", **more: Any) -> Strip:
    """Return a stored number with its interval and its reason as a strip."""
    return Strip(
        label,
        numbers.get(name),
        numbers.get("low"),
        numbers.get("high"),
        reason=retell(numbers.get("reason") or ""),
        **more,
    )


def line_up(rows: Iterable[Strip]) -> Strips:
    """Put strips on the shortest axis, in steps of .2, that holds them all."""
    lines = tuple(rows)
    ends = [abs(end) for row in lines for end in (row.start, row.end) if end is not None]
    return Strips(lines, max(STEP * ceil(max(ends, default=0.0) / STEP - 1e-9), STEP))


def side_of_zero(numbers: Mapping[str, Any]) -> int:
    """Return 1 or -1 where an interval leaves 0 out, else 0."""
    low, high = numbers.get("low"), numbers.get("high")
    if low is None or high is None or low <= 0 <= high:
        return 0
    return 1 if low > 0 else -1
