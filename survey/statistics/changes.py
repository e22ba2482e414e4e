"""Whether two printed means differ by more than their margins."""

from dataclasses import dataclass
from math import isfinite, sqrt

from survey.statistics.inputs import NORMAL_95


@dataclass(frozen=True, slots=True)
class Difference:
    """How much higher the second mean is than the first, in their unit, with a 95 % interval.

    `direction` is 1 or -1 where the interval leaves 0 out, else 0: can't tell. All are None where
    a mean is missing, the interval alone where a standard error is.
    """

    value: float | None
    low: float | None
    high: float | None
    direction: int
    reason: str = ""


def difference(
    first: float | None,
    second: float | None,
    *,
    first_se: float | None,
    second_se: float | None,
) -> Difference:
    """Subtract two independent means; standard error sqrt(first_se^2 + second_se^2), normal.

    Two waves of the same people answer alike, so the true margin of a change is narrower (Kish
    1965, section 12.4): what is called a change here is one.
    """
    if not (_is_number(first) and _is_number(second)):
        return Difference(None, None, None, 0, "one of the means is not known")
    assert first is not None  # noqa: S101 - known to be a number
    assert second is not None  # noqa: S101
    value = second - first
    if not (_is_number(first_se) and _is_number(second_se)):
        return Difference(value, None, None, 0, "one of the margins is not known")
    half = NORMAL_95 * sqrt((first_se or 0.0) ** 2 + (second_se or 0.0) ** 2)
    low, high = value - half, value + half
    return Difference(value, low, high, (low > 0) - (high < 0))


def _is_number(value: float | None) -> bool:
    return value is not None and isfinite(value)
