"""From team to team to customer: one team serves another, which serves the customers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from survey.statistics.correlation.coefficients import fisher_interval, weighted_r
from survey.statistics.inputs import (
    ROUNDING,
    FloatArray,
    IntArray,
    is_constant,
    numbers,
)

FEWEST_EDGES, FEWEST_TEAMS = 20, 8


@dataclass(frozen=True, slots=True)
class Link:
    """One arrow of a chain: a correlation with its 95 % interval, over n pairs or teams."""

    name: str
    r: float | None
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Chain:
    """Three links and their product with its 95 % interval.

    The links are staff_to_service (how the serving team feels and how the served rate it),
    service_to_staff (that rating and how the served feel) and staff_to_customers (how the served
    feel and what their customers say). `supported` only if every interval lies above 0. `p_value`
    is the share of random wirings, who serves whom, with a product at least as large.
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


@dataclass(frozen=True, slots=True)
class _Arrow:
    """Pairs of figures x and y, shape (m,), and the one or two teams each pair belongs to."""

    name: str
    x: FloatArray
    y: FloatArray
    teams: tuple[IntArray, ...]


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
    link. The first two links have intervals from teams drawn again, a pair counting as often as
    both its teams (Owen 2007; conservative), the third that of Fisher. The product's interval
    takes percentiles of the same draws. A chain is as good as its weakest link (joint significance,
    MacKinnon et al. 2002). Needs 20 edges and 8 teams with customers. Raises ValueError for a team
    whose figure is given twice.
    """
    if not all(one.index.is_unique for one in (ex, cx, ex if ex_after is None else ex_after)):
        raise ValueError("a team's figure is given twice")
    arrows = _arrows(edges, ex, cx, ex if ex_after is None else ex_after)
    n_edges, n_teams = arrows[1].x.size, arrows[2].x.size
    if min(n_edges, arrows[0].x.size) < FEWEST_EDGES or n_teams < FEWEST_TEAMS:
        return _nothing(n_edges, n_teams, "needs 20 pairs of teams and 8 teams with customers")
    if any(is_constant(one) for arrow in arrows for one in (arrow.x, arrow.y)):
        return _nothing(n_edges, n_teams, "one of the figures is the same everywhere")
    rng = np.random.default_rng(seed)
    drawn = _redrawn(arrows, rng, replicates)
    if len(drawn) < 0.9 * replicates:
        return _nothing(n_edges, n_teams, "too few teams differ to draw them again")
    r = [weighted_r(arrow.x, arrow.y, np.ones_like(arrow.x)) for arrow in arrows]
    links = _links(arrows, r, drawn)
    low, high = np.quantile(drawn.prod(axis=1), [0.025, 0.975])
    return Chain(
        links,
        float(np.prod(r)),
        float(low),
        float(high),
        _rewired(arrows[1], rng, replicates),
        all(link.low is not None and link.low > 0 for link in links),
        n_edges,
        n_teams,
    )


def _links(arrows: Sequence[_Arrow], r: Sequence[float], drawn: FloatArray) -> tuple[Link, ...]:
    """Give the first two correlations the spread of their draws (rows), the last Fisher's."""
    z = np.arctanh(np.clip(drawn, -1 + ROUNDING, 1 - ROUNDING))
    errors = [*z[:, :2].std(axis=0, ddof=1), 1 / np.sqrt(arrows[2].x.size - 3)]
    return tuple(
        Link(arrow.name, value, *fisher_interval(value, float(se)), arrow.x.size)
        for arrow, value, se in zip(arrows, r, errors, strict=True)
    )


def _arrows(
    edges: pd.DataFrame, ex: pd.Series, cx: pd.Series, ex_after: pd.Series
) -> tuple[_Arrow, _Arrow, _Arrow]:
    rated = (
        edges[["provider", "consumer"]].astype(object).assign(rating=numbers(edges.rating)).dropna()
    )
    rated = rated[rated.provider != rated.consumer]
    pairs = rated.groupby(["provider", "consumer"], as_index=False).rating.mean()
    teams = pd.Index([*ex.index, *cx.index, *pairs.provider, *pairs.consumer]).unique()
    provider, consumer = (teams.get_indexer(pairs[end]) for end in ("provider", "consumer"))
    inside, after, outside = (numbers(one.reindex(teams)) for one in (ex, ex_after, cx))
    rating = pairs.rating.to_numpy(dtype=np.float64)
    return (
        _complete("staff_to_service", inside[provider], rating, (provider, consumer)),
        _complete("service_to_staff", rating, after[consumer], (provider, consumer)),
        _complete("staff_to_customers", inside, outside, (np.arange(len(teams)),)),
    )


def _complete(name: str, x: FloatArray, y: FloatArray, teams: tuple[IntArray, ...]) -> _Arrow:
    kept = ~(np.isnan(x) | np.isnan(y))
    return _Arrow(name, x[kept], y[kept], tuple(one[kept] for one in teams))


def _redrawn(arrows: tuple[_Arrow, ...], rng: np.random.Generator, replicates: int) -> FloatArray:
    """Return the three correlations, (about replicates, 3), of teams drawn again together."""
    n_teams = 1 + max(int(one.max()) for arrow in arrows for one in arrow.teams)
    counts = rng.multinomial(n_teams, np.full(n_teams, 1 / n_teams), size=replicates)
    drawn = np.column_stack([_weighted(arrow, counts) for arrow in arrows])
    found: FloatArray = drawn[~np.isnan(drawn).any(axis=1)]
    return found


def _weighted(arrow: _Arrow, counts: IntArray) -> FloatArray:
    """Correlate x and y for every draw; NaN where it leaves nothing to correlate."""
    weights = np.prod([counts[:, one] for one in arrow.teams], axis=0)
    x, y = (one - one.mean() for one in (arrow.x, arrow.y))
    x, y = x / np.abs(x).max(), y / np.abs(y).max()
    sums = weights @ np.column_stack([np.ones_like(x), x, y, x * x, y * y, x * y])
    means = sums[:, 1:] / np.maximum(sums[:, :1], 1.0)
    sxx, syy = means[:, 2] - means[:, 0] ** 2, means[:, 3] - means[:, 1] ** 2
    kept = (sxx > ROUNDING) & (syy > ROUNDING)
    r = (means[:, 4] - means[:, 0] * means[:, 1]) / np.sqrt(np.where(kept, sxx * syy, 1.0))
    return np.where(kept, np.clip(r, -1.0, 1.0), np.nan)


def _rewired(arrow: _Arrow, rng: np.random.Generator, replicates: int) -> float:
    """Give every rating a random consumer; each team keeps the number of its edges.

    Only the middle link depends on who serves whom, so its size alone is compared.
    """
    x, y = (one - one.mean() for one in (arrow.x, arrow.y))
    x, y = x / np.abs(x).max(), y / np.abs(y).max()
    orders = rng.permuted(np.tile(np.arange(x.size), (replicates, 1)), axis=1)
    as_large = np.abs(y[orders] @ x) >= abs(float(x @ y)) * (1 - ROUNDING)
    return float((1 + as_large.sum()) / (1 + replicates))


def _nothing(n_edges: int, n_teams: int, reason: str) -> Chain:
    return Chain((), None, None, None, None, False, n_edges, n_teams, reason)
