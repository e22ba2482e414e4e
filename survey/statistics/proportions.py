"""Shares of people, with intervals that hold for few of them."""

from dataclasses import dataclass
from math import sqrt

from survey.statistics.inputs import NORMAL_95


@dataclass(frozen=True, slots=True)
class Proportion:
    """A share from 0 to 1 with its 95 % interval; n is the number of people who answered."""

    share: float | None
    low: float | None
    high: float | None
    n: int
    reason: str = ""


def wilson(successes: int, n: int, *, population: int | None = None) -> Proportion:
    """Bound a share by Wilson's score interval (1927).

    With the number of people who could have answered, `population`, n counts as
    n (population - 1) / (population - n) (Cochran 1977): the interval shrinks to a point when
    all answered.
    A population below n cannot be true and is not used.
    """
    if not 0 <= successes <= n:
        return Proportion(None, None, None, n, "the numbers contradict each other")
    if n == 0:
        return Proportion(None, None, None, 0, "nobody answered")
    share = successes / n
    if population == n:
        return Proportion(share, share, share, n, "all answered")
    known = population is not None and population > n
    size = (n - n / population) / (1 - n / population) if known and population else float(n)
    z2 = NORMAL_95**2
    centre = (share + z2 / (2 * size)) / (1 + z2 / size)
    half = sqrt(share * (1 - share) / size + z2 / (4 * size**2)) / (1 + z2 / size) * NORMAL_95
    return Proportion(share, max(0.0, centre - half), min(1.0, centre + half), n)
