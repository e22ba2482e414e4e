"""The mean of a team's scores and how sure it is."""

from dataclasses import dataclass
from math import inf, sqrt

from survey.statistics.inputs import NORMAL_95, Values, given, is_constant
from survey.statistics.rollups import Moments

# From this many scores on, a team's own standard deviation is steady enough to be used.
OWN_SPREAD_FROM = 10


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean, its standard error and 95 % interval in the unit of the scores; n people."""

    mean: float | None
    se: float | None
    low: float | None
    high: float | None
    n: int
    reason: str = ""


def mean(
    values: Values,
    *,
    population: int | None = None,
    pooled_sd: float | None = None,
    pooled_df: int | None = None,
) -> Estimate:
    """Average scores, shape (n,), in their own unit, with mean +- t sd / sqrt(n) (Cochran 1977).

    Under ten scores, or where all are alike, the standard deviation within all teams
    (`rollups.pooled_spread`) stands in for the team's own, with `pooled_df` degrees of freedom
    (none given: normal). With `population`, the number of people who could have answered, the
    interval says what this team says and has the correction sqrt(1 - n / population); a
    population below n cannot be true and is not used.
    """
    scores = given(values)
    if not scores.size:
        return Estimate(None, None, None, None, 0, "nobody answered")
    sd = 0.0 if is_constant(scores) else float(scores.std(ddof=1))
    spread = _spread(scores.size, sd, pooled_sd, pooled_df)
    return _estimate(float(scores.mean()), scores.size, spread, population)


def mean_from_moments(
    moments: Moments,
    *,
    population: int | None = None,
    pooled_sd: float | None = None,
    pooled_df: int | None = None,
) -> Estimate:
    """Do the same as `mean` from the summary of the scores."""
    if moments.mean is None:
        return Estimate(None, None, None, None, 0, "nobody answered")
    spread = _spread(moments.n, moments.sd or 0.0, pooled_sd, pooled_df)
    return _estimate(moments.mean, moments.n, spread, population)


def _spread(
    n: int, own_sd: float, pooled_sd: float | None, pooled_df: int | None
) -> tuple[float, int | None]:
    """Choose a standard deviation and its degrees of freedom (None: as good as known)."""
    if pooled_sd is None or not 0 < pooled_sd < inf:
        return own_sd, n - 1
    return (pooled_sd, pooled_df) if n < OWN_SPREAD_FROM or not own_sd else (own_sd, n - 1)


def _estimate(
    centre: float, n: int, spread: tuple[float, int | None], population: int | None
) -> Estimate:
    from scipy.special import stdtrit

    sd, freedom = spread
    if population == n:
        return Estimate(centre, 0.0, centre, centre, n, "all answered")
    if not sd:
        reason = "a single answer has no spread" if n == 1 else "all answers are alike"
        return Estimate(centre, None, None, None, n, reason)
    correction = 1 - n / population if population and population > n else 1.0
    se = sd / sqrt(n) * sqrt(correction)
    half = se * (float(stdtrit(freedom, 0.975)) if freedom and freedom > 0 else NORMAL_95)
    return Estimate(centre, se, centre - half, centre + half, n)
