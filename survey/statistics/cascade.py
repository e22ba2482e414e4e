"""From team to team to customer: one team serves another, which serves the customers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from survey.statistics.cascade_draws import draw_teams, rewire, standard_error
from survey.statistics.cascade_pairs import Pairs, pair_up, read_figures
from survey.statistics.correlation.coefficients import CONSTANT, fisher_interval, whole
from survey.statistics.inputs import ROUNDING, FloatArray
from survey.statistics.resampling import LEAST_SHARE

FEWEST_EDGES, FEWEST_TEAMS = 20, 8
TOO_FEW = (
    "needs 20 pairs of teams that serve and are served, with at least 8 teams on either side and "
    "8 teams with customers"
)
TOO_ALIKE = "too few teams differ to draw them again"
REASONS = (TOO_FEW, CONSTANT, TOO_ALIKE)


@dataclass(frozen=True, slots=True)
class Link:
    """One arrow of a chain: a correlation with its 95 % interval.

    n counts the pairs of teams, or the teams of the last link, however many waves each has.
    """

    name: str
    r: float | None
    low: float | None
    high: float | None
    n: int
    n_teams: int

    @property
    def is_supported(self) -> bool:
        """Tell whether the interval lies above 0."""
        return self.low is not None and self.low > 0


@dataclass(frozen=True, slots=True)
class Chain:
    """Three links and their product with its 95 % interval.

    The links are staff_to_service (how the serving team feels and how the served rate it),
    service_to_staff (that rating and how the served feel one wave later; in the same wave if
    `is_same_wave`) and staff_to_customers (how the served feel and what their customers say).
    `supported` only if every interval lies above 0. `p_value` is the share of random wirings, who
    serves whom, whose middle link is at least as strong. `n_teams` counts teams with customers.
    """

    links: tuple[Link, ...]
    product: float | None
    low: float | None
    high: float | None
    p_value: float | None
    supported: bool
    n_edges: int
    n_teams: int
    reason: str = ""
    n_waves: int = 1
    is_same_wave: bool = True


def chain(
    edges: pd.DataFrame,
    ex: pd.Series,
    cx: pd.Series,
    *,
    replicates: int = 2000,
    seed: int = 1,
    ex_after: pd.Series | None = None,
) -> Chain:
    """Follow a figure from serving teams over the teams they serve to the customers.

    `edges` has a row per provider and consumer with the consumer's rating; `ex` and `cx` are team
    figures indexed by team; `ex_after` is ex one wave later, if known, for the end of the second
    link. With several waves `edges` has a column wave, ex and cx are indexed by team and wave, and
    the second link takes ex from the next wave that has any; the mean of each wave is taken out and
    all waves are correlated together. Intervals let pairs that share a team go together
    (`standard_error`); that of the product takes percentiles of teams drawn again with all their
    waves, spread like the links (MacKinnon, Lockwood & Williams 2004). A chain is as good as its
    weakest link (joint significance, MacKinnon et al. 2002). Needs 20 edges, 8 teams at either end
    of them and 8 teams with customers. Raises ValueError for a team whose figure is given twice,
    and for waves that are given by halves.
    """
    figures = read_figures(edges, ex, cx, ex_after)
    pairs = pair_up(figures)
    reason, drawn = _refuse(pairs), np.empty((0, 3))
    rng = np.random.default_rng(seed)
    if not reason:
        drawn = draw_teams(pairs, replicates=replicates, rng=rng)
        drawn = drawn[np.isfinite(drawn).all(axis=1)]
        reason = TOO_ALIKE if len(drawn) < LEAST_SHARE * replicates else ""
    about = (pairs[1].n_cells, pairs[2].n_cells, reason, pairs[0].n_waves, figures.is_same_wave)
    if reason:
        return Chain((), None, None, None, None, False, *about)
    links, products = _judge(pairs, drawn)
    low, high = (float(end) for end in np.quantile(products, [0.025, 0.975]))
    product = float(np.prod([_correlate(one) for one in pairs]))
    p_value = rewire(pairs[1], replicates=replicates, rng=rng)
    supported = all(link.is_supported for link in links)
    return Chain(links, product, low, high, p_value, supported, *about)


def _refuse(pairs: Sequence[Pairs]) -> str:
    """Return why nothing can be said, or nothing."""
    *between, last = pairs
    fewest_ends = min((number for one in between for number in one.n_each), default=0)
    if min(one.n_cells for one in between) < FEWEST_EDGES or fewest_ends < FEWEST_TEAMS:
        return TOO_FEW
    if last.n_cells < FEWEST_TEAMS:
        return TOO_FEW
    return CONSTANT if any(one.is_constant for one in pairs) else ""


def _judge(pairs: Sequence[Pairs], drawn: FloatArray) -> tuple[tuple[Link, ...], FloatArray]:
    """Bound each link; return the products of the draws, spread as widely as the links are."""
    links, spread = [], np.ones(len(drawn))
    for one, own in zip(pairs, drawn.T, strict=True):
        r = _correlate(one)
        error = standard_error(one, r)
        links.append(Link(one.name, r, *fisher_interval(r, error), one.n_cells, one.n_teams))
        spread = spread * _respread(own, r, error)
    return tuple(links), spread


def _correlate(pairs: Pairs) -> float:
    x, y = (np.nan_to_num(one) for one in (pairs.x, pairs.y))
    return whole(float((x * y).sum() / np.sqrt((x**2).sum() * (y**2).sum())))


def _respread(drawn: FloatArray, r: float, error: float) -> FloatArray:
    """Move draws of a correlation so that atanh has its middle at r and this standard error.

    Drawing both teams of a pair counts the chance of the pair itself three times.
    """
    z = np.arctanh(np.clip(drawn, -1 + ROUNDING, 1 - ROUNDING))
    size = z.std(ddof=1)
    if abs(r) == 1 or size <= ROUNDING:
        return np.full(len(drawn), r)
    moved: FloatArray = np.tanh(np.arctanh(r) + (z - z.mean()) * error / size)
    return moved
