"""The pairs of figures that each link of a cascade correlates, over one wave or several."""

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from survey.statistics.inputs import ROUNDING, FloatArray, IntArray, numbers

ENDS = ["provider", "consumer"]


class Pairs(NamedTuple):
    """Figures of the cells of one link, wave by wave.

    `x` and `y` are (cells, waves): without the mean of the wave, of size 1 at most, and both NaN
    where one is missing; 0 throughout where nothing differs. `ends` names the team or the two
    teams of each cell, (cells, 1 or 2).
    """

    name: str
    x: FloatArray
    y: FloatArray
    ends: IntArray

    @property
    def n(self) -> int:
        """Count the pairs of figures."""
        return int(np.isfinite(self.x).sum())

    @property
    def n_waves(self) -> int:
        """Count the waves that have any pair."""
        return int(np.isfinite(self.x).any(axis=0).sum())

    @property
    def n_cells(self) -> int:
        """Count the arrows, or teams, that have any pair."""
        return len(self.ends)

    @property
    def n_each(self) -> tuple[int, ...]:
        """Count the different teams at each end."""
        return tuple(np.unique(one).size for one in self.ends.T)

    @property
    def n_teams(self) -> int:
        """Count the different teams at any end."""
        return int(np.unique(self.ends).size)

    @property
    def is_constant(self) -> bool:
        """Tell whether one of the figures never differs within a wave."""
        return not (np.nansum(np.abs(self.x)) > 0 and np.nansum(np.abs(self.y)) > 0)


class Figures(NamedTuple):
    """All figures over the same teams and waves: what is read before pairs are made.

    `rating` is (arrows, waves), `ends` (arrows, 2); the others are (teams, waves). `after` is ex
    one wave later, or of the same wave where no rating has a later one (`is_same_wave`).
    """

    rating: FloatArray
    ends: IntArray
    inside: FloatArray
    after: FloatArray
    outside: FloatArray
    is_same_wave: bool


def read_figures(
    edges: pd.DataFrame, ex: pd.Series, cx: pd.Series, ex_after: pd.Series | None
) -> Figures:
    """Read ratings and team figures, with waves where `edges` has a column of that name.

    Raises ValueError for a team's figure given twice, and where waves are given by halves.
    """
    has_waves = "wave" in edges
    _refuse_muddles(has_waves, [one for one in (ex, cx, ex_after) if one is not None])
    rated = _read_rated(edges if has_waves else edges.assign(wave=0))
    known = [_with_wave(one, has_waves) for one in (ex, cx, ex if ex_after is None else ex_after)]
    names, days = (
        {label for one in known for label in one.index.get_level_values(level)} for level in (0, 1)
    )
    teams = pd.Index(sorted({*rated.provider, *rated.consumer, *names}, key=str), dtype=object)
    waves = pd.Index(sorted({*rated.wave, *days}))
    inside, outside, after = (_spread(one, teams, waves) for one in known)
    rating, ends = _spread_ratings(rated, teams, waves)
    is_same_wave = ex_after is None
    if has_waves:
        later = _shift(inside)
        is_same_wave = not np.isfinite(rating * later[ends[:, 1]]).any()
        after = inside if is_same_wave else later
    return Figures(rating, ends, inside, after, outside, is_same_wave)


def pair_up(figures: Figures) -> tuple[Pairs, Pairs, Pairs]:
    """Make the pairs of the three links."""
    provider, consumer = figures.ends.T
    everybody = np.arange(len(figures.inside))[:, None]
    inside, rating = figures.inside, figures.rating
    return (
        _complete("staff_to_service", inside[provider], rating, figures.ends),
        _complete("service_to_staff", rating, figures.after[consumer], figures.ends),
        _complete("staff_to_customers", inside, figures.outside, everybody),
    )


def _refuse_muddles(has_waves: bool, series: list[pd.Series]) -> None:
    if not all(one.index.is_unique for one in series):
        raise ValueError("a team's figure is given twice")
    if any((one.index.nlevels == 2) != has_waves for one in series):
        raise ValueError("waves need a column of the edges and a level of every index")
    if has_waves and len(series) > 2:
        raise ValueError("with waves, ex one wave later is taken from ex")


def _read_rated(edges: pd.DataFrame) -> pd.DataFrame:
    """Return each arrow's rating once in a wave, of two teams, as a mean where given more often."""
    named = edges[[*ENDS, "wave"]].astype(object)
    rated = named.assign(rating=numbers(edges.rating)).dropna()
    rated = rated[rated.provider != rated.consumer]
    return rated.groupby([*ENDS, "wave"])["rating"].mean().reset_index()


def _with_wave(series: pd.Series, has_waves: bool) -> pd.Series:
    known = pd.Series(numbers(series), series.index)
    if not has_waves:
        names: list[Any] = list(series.index)
        known.index = pd.MultiIndex.from_arrays([pd.Index(names, dtype=object), [0] * len(names)])
    return known.dropna()


def _spread(series: pd.Series, teams: pd.Index, waves: pd.Index) -> FloatArray:
    found = np.full((len(teams), len(waves)), np.nan)
    rows, columns = (series.index.get_level_values(level) for level in (0, 1))
    found[teams.get_indexer(rows), waves.get_indexer(columns)] = series.to_numpy()
    return found


def _spread_ratings(
    rated: pd.DataFrame, teams: pd.Index, waves: pd.Index
) -> tuple[FloatArray, IntArray]:
    at = np.column_stack([teams.get_indexer(pd.Index(rated[end])) for end in ENDS])
    ends, arrow = np.unique(at, axis=0, return_inverse=True)
    rating = np.full((len(ends), len(waves)), np.nan)
    rating[arrow.ravel(), waves.get_indexer(pd.Index(rated.wave))] = rated.rating.to_numpy(
        dtype=np.float64
    )
    return rating, ends


def _shift(inside: FloatArray) -> FloatArray:
    """Give each wave the figures of the next wave in which any team has one."""
    later, next_known = np.full_like(inside, np.nan), None
    for wave in range(inside.shape[1] - 1, -1, -1):
        if next_known is not None:
            later[:, wave] = inside[:, next_known]
        if np.isfinite(inside[:, wave]).any():
            next_known = wave
    return later


def _complete(name: str, x: FloatArray, y: FloatArray, ends: IntArray) -> Pairs:
    both = np.isfinite(x) & np.isfinite(y)
    kept = both.any(axis=1)
    x, y = (_centre(np.where(both, one, np.nan)[kept]) for one in (x, y))
    return Pairs(name, x, y, ends[kept])


def _centre(figures: FloatArray) -> FloatArray:
    """Take the mean of each wave out and make the largest figure 1, or all 0 but for rounding."""
    known = np.isfinite(figures)
    total = np.where(known, figures, 0.0).sum(axis=0)
    centred = figures - total / np.maximum(known.sum(axis=0), 1)
    largest, size = (np.max(np.abs(one[known]), initial=0.0) for one in (figures, centred))
    if size <= ROUNDING * largest:
        return np.where(known, 0.0, np.nan)
    return np.asarray(centred / size, dtype=np.float64)
