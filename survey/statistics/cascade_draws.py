"""How far chance reaches in a cascade: teams drawn again, and who serves whom mixed up.

An arrow shares its serving team with some arrows and its served team with others, so pairs of
figures are not independent; a team brings all its waves.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from survey.statistics.cascade_pairs import Pairs
from survey.statistics.inputs import NORMAL_95, ROUNDING, FloatArray, IntArray

BATCH = 250  # draws at a time, which bounds the memory


def standard_error(pairs: Pairs, r: float) -> float:
    """Return the standard error of atanh r, made wider by Student's t for few teams.

    Pairs of one link that share a team may go together in any way (Aronow, Samii & Assenova 2015):
    the sum over teams of the squared influence of all pairs of a team, less what was counted at
    both ends; never below what either end or the arrows alone would give. One wave of teams without
    arrows has Fisher's 1 / sqrt(n - 3).
    """
    if abs(r) == 1:
        return 0.0
    if pairs.ends.shape[1] == 1 and pairs.n_waves == 1:
        return 1 / float(np.sqrt(pairs.n - 3))
    n_teams = min(pairs.n_each)
    variance = _shared(_influence(pairs, r), pairs.ends) * n_teams / (n_teams - 1)
    return float(np.sqrt(variance)) * _widening(n_teams)


def draw_teams(pairs: Sequence[Pairs], *, replicates: int, rng: np.random.Generator) -> FloatArray:
    """Correlate every link in the same draws of the teams, (replicates, links), NaN where it can't.

    A pair counts as often as both its teams were drawn, with all its waves (Owen 2007).
    """
    n_teams = 1 + max(int(one.ends.max()) for one in pairs)
    sums = [_sums(one) for one in pairs]
    found = []
    for size in _batches(replicates):
        counts = rng.multinomial(n_teams, np.full(n_teams, 1 / n_teams), size=size)
        found.append(
            np.column_stack(
                [
                    _correlate(counts[:, one.ends].prod(axis=2) @ own)
                    for one, own in zip(pairs, sums, strict=True)
                ]
            )
        )
    return np.concatenate(found)


def rewire(pairs: Pairs, *, replicates: int, rng: np.random.Generator) -> float:
    """Return how often mixed-up wirings link ratings and the served as strongly as the real one.

    Every arrow gets the served team of another one, so each team keeps the number of its arrows.
    The sum of products is taken in standard errors of its own, since arrows that share a team are
    not exchangeable (Chung & Romano 2013).
    """
    x, y = (np.nan_to_num(one) for one in (pairs.x, pairs.y))
    real = _studentise(np.arange(len(x))[None], x, y, pairs.ends)[0]
    n_as_strong = 0
    for size in _batches(replicates):
        orders = rng.permuted(np.tile(np.arange(len(x)), (size, 1)), axis=1)
        drawn = _studentise(orders, x, y, pairs.ends)
        n_as_strong += int((np.abs(drawn) >= abs(real) * (1 - ROUNDING)).sum())
    return (1 + n_as_strong) / (1 + replicates)


def _batches(replicates: int) -> Iterator[int]:
    for start in range(0, replicates, BATCH):
        yield min(BATCH, replicates - start)


def _widening(n_teams: int) -> float:
    """Return how much further out than a normal one a t of so many teams has its 95 % ends."""
    from scipy.special import stdtrit

    return float(stdtrit(n_teams - 1, 0.975)) / NORMAL_95


def _influence(pairs: Pairs, r: float) -> FloatArray:
    """Return how far each cell moves atanh r, (cells,)."""
    x, y = (np.nan_to_num(one / np.sqrt(np.nanmean(one**2))) for one in (pairs.x, pairs.y))
    moved: FloatArray = (x * y - r * (x**2 + y**2) / 2).sum(axis=1) / pairs.n / (1 - r**2)
    return moved


def _shared(influence: FloatArray, ends: IntArray) -> float:
    """Add up the products of the influence of all cells that share a team."""
    if ends.shape[1] == 1:
        return float((influence**2).sum())
    n_teams = int(ends.max()) + 1
    each = [np.bincount(one, influence, n_teams) for one in ends.T]
    dyads = np.unique(np.sort(ends, axis=1), axis=0, return_inverse=True)[1].ravel()
    twice = float((np.bincount(dyads, influence) ** 2).sum())
    both = float(((each[0] + each[1]) ** 2).sum()) - twice
    return max(both, twice, *(float((one**2).sum()) for one in each))


def _sums(pairs: Pairs) -> FloatArray:
    """Add up over the waves of each cell what a correlation needs, (cells, 6)."""
    known = np.isfinite(pairs.x)
    x, y = (np.nan_to_num(one) for one in (pairs.x, pairs.y))
    return np.column_stack([one.sum(axis=1) for one in (known, x, y, x * x, y * y, x * y)])


def _correlate(sums: FloatArray) -> FloatArray:
    """Correlate draws from their sums, (draws, 6); NaN where they leave nothing to correlate."""
    means = sums[:, 1:] / np.maximum(sums[:, :1], 1.0)
    sxx, syy = means[:, 2] - means[:, 0] ** 2, means[:, 3] - means[:, 1] ** 2
    kept = (sxx > ROUNDING) & (syy > ROUNDING)
    r = (means[:, 4] - means[:, 0] * means[:, 1]) / np.sqrt(np.where(kept, sxx * syy, 1.0))
    return np.where(kept, np.clip(r, -1.0, 1.0), np.nan)


def _studentise(orders: IntArray, x: FloatArray, y: FloatArray, ends: IntArray) -> FloatArray:
    """Return the sum of products in standard errors where arrow k has the x of orders[:, k]."""
    served = np.argsort(ends[:, 1], kind="stable")
    products = np.einsum("dkw,kw->dk", x[orders], y)
    by_served = _add_within(products[:, served], ends[served, 1])
    serving = np.argsort(ends[orders, 0], axis=1, kind="stable")
    by_serving = _add_within(np.take_along_axis(products, serving, axis=1), np.sort(ends[:, 0]))
    once = (products**2).sum(axis=1)
    variance = np.maximum(by_served + by_serving - once, np.maximum(by_served, by_serving))
    known = variance > ROUNDING**2
    found: FloatArray = np.where(
        known, products.sum(axis=1) / np.sqrt(np.where(known, variance, 1.0)), 0.0
    )
    return found


def _add_within(products: FloatArray, teams: IntArray) -> FloatArray:
    """Square the sum of each team's products, (draws, arrows by team), and add them up."""
    starts = np.flatnonzero(np.r_[True, teams[1:] != teams[:-1]])
    total: FloatArray = (np.add.reduceat(products, starts, axis=1) ** 2).sum(axis=1)
    return total
