"""Whether a figure stays in its usual range from wave to wave: a control chart."""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from survey.statistics.inputs import FloatArray, IntArray, Values, numbers

FEWEST_WAVES = 6
LIMIT = 3.0
MEDIAN_RANGE_TO_SD = 0.954  # median moving range of two normal values, in standard deviations
LONG_RUN = 8


@dataclass(frozen=True, slots=True)
class UsualRange:
    """The middle and the limits of a series; `outside` and `runs` are positions in it.

    `outside` holds the values beyond the limits, `runs` those that end eight or more in a row on
    one side of the middle. Without enough waves all is None or empty and `reason` says why.
    """

    middle: float | None
    low: float | None
    high: float | None
    outside: tuple[int, ...]
    runs: tuple[int, ...]
    n_waves: int
    reason: str = ""

    @property
    def is_steady(self) -> bool | None:
        """Say whether nothing points to more than chance; None where it is not known."""
        return None if self.middle is None else not (self.outside or self.runs)


def usual_range(values: Values, standard_errors: Values | None = None) -> UsualRange:
    """Find the usual range of a series, shape (n_waves,), in the order of time, gaps as NaN.

    Limits are the median plus or minus three standard deviations, these from the median moving
    range (Shewhart 1931; Wheeler & Chambers 1992, individuals chart; medians, so that a shift does
    not widen the range that should show it), but never narrower than what the standard errors of
    the values, shape (n_waves,), alone would give. Runs of eight: Nelson (1984), test 2 with eight.
    """
    series = numbers(values)
    known = np.flatnonzero(~np.isnan(series))
    if known.size < FEWEST_WAVES:
        reason = f"needs {FEWEST_WAVES} waves, has {known.size}"
        return UsualRange(None, None, None, (), (), int(known.size), reason)
    given = series[known]
    middle = float(np.median(given))
    half = LIMIT * max(_spread(given), _sampling_spread(known, standard_errors))
    sides = np.sign(given - middle)
    outside = tuple(int(at) for at in known[np.abs(given - middle) > half])
    runs = tuple(int(at) for at, run in zip(known, _runs(sides), strict=True) if run >= LONG_RUN)
    return UsualRange(middle, middle - half, middle + half, outside, runs, int(known.size))


def _spread(values: FloatArray) -> float:
    """Estimate the standard deviation from the median moving range."""
    moves = np.abs(np.diff(values))
    return float(np.median(moves)) / MEDIAN_RANGE_TO_SD


def _sampling_spread(known: IntArray, standard_errors: Values | None) -> float:
    if standard_errors is None:
        return 0.0
    errors = numbers(standard_errors)[known]
    errors = errors[~np.isnan(errors)]
    return sqrt(float((errors**2).mean())) if errors.size else 0.0


def _runs(sides: FloatArray) -> list[int]:
    """Count, for each value, how many in a row up to it lie on its side of the middle."""
    lengths: list[int] = []
    for at, side in enumerate(sides):
        goes_on = at > 0 and side != 0 and side == sides[at - 1]
        lengths.append(lengths[-1] + 1 if goes_on else int(side != 0))
    return lengths
