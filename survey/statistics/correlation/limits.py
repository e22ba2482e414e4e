"""What a correlation between so many teams, measured so well, can show at all."""

from dataclasses import dataclass
from functools import lru_cache
from math import atanh, isfinite, sqrt

# Below this product of reliabilities a corrected value is mostly noise.
LEAST_PRODUCT = 0.30


@dataclass(frozen=True, slots=True)
class Disattenuated:
    """A correlation as it would be without measurement error, and the ceiling of the observed."""

    r: float | None
    low: float | None
    high: float | None
    ceiling: float | None
    reason: str = ""


def disattenuated(
    r: float | None,
    *,
    reliability_x: float | None,
    reliability_y: float | None,
    low: float | None = None,
    high: float | None = None,
) -> Disattenuated:
    """Divide r and the ends of its interval by sqrt(reliability_x reliability_y) (Spearman 1904).

    Refused where the product of the reliabilities is below .30 or the result beyond 1; the ends
    are cut at -1 and 1.
    """
    r, low, high, one, other = map(_known, (r, low, high, reliability_x, reliability_y))
    if one is None or other is None:
        return Disattenuated(None, None, None, None, "the reliabilities are not known")
    product = min(max(one, 0.0), 1.0) * min(max(other, 0.0), 1.0)
    ceiling = sqrt(product)
    if r is None:
        return Disattenuated(None, None, None, ceiling, "there is no correlation to correct")
    if product < LEAST_PRODUCT:
        return Disattenuated(None, None, None, ceiling, "too noisy to correct")
    if abs(r) > ceiling:
        return Disattenuated(None, None, None, ceiling, ">1: too noisy")
    low, high = (None if end is None else max(-1.0, min(1.0, end / ceiling)) for end in (low, high))
    return Disattenuated(r / ceiling, low, high, ceiling)


def _known(value: float | None) -> float | None:
    return value if value is not None and isfinite(value) else None


def minimum_detectable(n_teams: int, *, power: float = 0.8) -> float | None:
    """Return the correlation that a two-sided test at .05 finds with this power (Cohen 1988).

    The power is that of R's pwr.r.test: the normal approximation of the Fisher transform with its
    bias r / (2 (J - 1)). None for fewer than four teams, and for a power that is not below 1 or
    that chance alone has.
    """
    return _solve(n_teams, power) if n_teams >= 4 and 0.05 < power < 1 else None


@lru_cache(maxsize=4096)
def _solve(n_teams: int, power: float) -> float | None:
    """Find it once for all: every study asks for the same numbers of teams again and again."""
    from scipy.optimize import brentq
    from scipy.special import ndtr, stdtrit

    t_critical = float(stdtrit(n_teams - 2, 0.975))
    z_critical = atanh(sqrt(t_critical**2 / (t_critical**2 + n_teams - 2)))

    def missing_power(r: float) -> float:
        z = atanh(r) + r / (2 * (n_teams - 1))
        upper, lower = ((side * z - z_critical) * sqrt(n_teams - 3) for side in (1, -1))
        return float(ndtr(upper) + ndtr(lower)) - power

    if missing_power(0.0) >= 0:
        return None
    return float(brentq(missing_power, 0.0, 1 - 1e-12, xtol=1e-12))
