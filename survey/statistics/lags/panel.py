"""The teams that have every wave, side by side: what both questions over time start from."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import product
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from survey.statistics.inputs import SMALLEST, FloatArray, IntArray, table

Pair = tuple[str, str]
BoolArray = NDArray[np.bool_]

SINGULAR = 1e-10


class Panel(NamedTuple):
    """Pairs of columns for which the same teams have every one of the same waves.

    `figures` is (columns, teams, waves): without the mean of the wave, so that a shock common to
    all teams links nothing, and in standard deviations inside teams. `column` says where a name
    stands, `waves` and `members` which waves these are and which of all `n_all` teams, `left_out`
    how many teams each pair has without every wave.
    """

    figures: FloatArray
    column: Mapping[str, int]
    waves: IntArray
    members: IntArray
    n_all: int
    left_out: Mapping[Pair, int]

    @property
    def n_teams(self) -> int:
        """Count the teams with every wave."""
        return len(self.members)

    @property
    def n_waves(self) -> int:
        """Count the waves in which any team has both columns."""
        return len(self.waves)


def read_panels(
    frame: pd.DataFrame, *, team: str, wave: str, xs: Sequence[str], ys: Sequence[str]
) -> list[Panel]:
    """Read every pair of a column of xs with one of ys, from one row per team and wave.

    A wave counts for a pair if any team has both columns in it, a team if it has both in all of
    these. Teams stand in the order of their labels as text, waves in their own, so the order of
    rows does not matter. Raises ValueError for a team and wave given twice.
    """
    pairs = pairs_of(xs, ys)
    names = list(dict.fromkeys(name for pair in pairs for name in pair))
    cube = _cube(frame, team=team, wave=wave, names=names)
    row = {name: position for position, name in enumerate(names)}
    alike: dict[tuple[bytes, bytes], dict[Pair, int]] = defaultdict(dict)
    for x, y in pairs:
        teams, waves, n_any = _complete(cube[row[x]], cube[row[y]])
        alike[teams.tobytes(), waves.tobytes()][x, y] = n_any - int(teams.sum())
    return [
        _panel(cube, row, np.frombuffer(teams, bool), np.frombuffer(waves, bool), left_out)
        for (teams, waves), left_out in alike.items()
    ]


def pairs_of(xs: Sequence[str], ys: Sequence[str]) -> list[Pair]:
    """List every x with every y, once."""
    return list(dict.fromkeys(product(xs, ys)))


def _cube(frame: pd.DataFrame, *, team: str, wave: str, names: list[str]) -> FloatArray:
    """Spread the columns over teams and waves, (columns, teams, waves), NaN where missing."""
    keys = pd.DataFrame({"team": frame[team].to_list(), "wave": frame[wave].to_list()})
    values = table(frame[names])
    kept = ~np.isnan(values).all(axis=1) & keys.notna().all(axis=1).to_numpy()
    keys, values = keys[kept], values[kept]
    if keys.duplicated().any():
        raise ValueError("a team and wave is given twice")
    teams, labels = pd.factorize(keys.team)
    waves, order = pd.factorize(keys.wave, sort=True)
    place = np.argsort(np.argsort([str(label) for label in labels], kind="stable"))
    cube = np.full((len(names), len(labels), len(order)), np.nan)
    cube[:, place[teams], waves] = values.T
    return cube


def _complete(x: FloatArray, y: FloatArray) -> tuple[BoolArray, BoolArray, int]:
    """Return which teams have both columns in every wave, these waves, and all teams with any."""
    both = ~(np.isnan(x) | np.isnan(y))
    waves: BoolArray = np.logical_or.reduce(both, axis=0)
    any_wave: BoolArray = np.logical_or.reduce(both, axis=1)
    every_wave: BoolArray = np.logical_and.reduce(both | ~waves, axis=1)
    return any_wave & every_wave, waves, int(any_wave.sum())


def _panel(
    cube: FloatArray,
    row: Mapping[str, int],
    teams: BoolArray,
    waves: BoolArray,
    left_out: Mapping[Pair, int],
) -> Panel:
    names = list(dict.fromkeys(name for pair in left_out for name in pair))
    members, times = np.flatnonzero(teams), np.flatnonzero(waves)
    values = cube[np.ix_(np.array([row[name] for name in names]), members, times)]
    return Panel(
        _standardised(values) if values.size else values,
        {name: position for position, name in enumerate(names)},
        times,
        members,
        len(teams),
        left_out,
    )


def _standardised(values: FloatArray) -> FloatArray:
    values = values - values.mean(axis=1, keepdims=True)
    values = values / np.maximum(np.abs(values).max(axis=(1, 2), keepdims=True), SMALLEST)
    inside = values - values.mean(axis=2, keepdims=True)
    spread = np.sqrt((inside**2).mean(axis=(1, 2), keepdims=True))
    return values / np.where(spread > SINGULAR, spread, 1.0)
