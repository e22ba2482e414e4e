"""A cascade computed once more, slowly: loops over rows, nothing shared with the code."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from math import atanh, sqrt, tanh

from scipy.stats import t

Key = tuple[Hashable, Hashable]  # a team in a wave
Rating = tuple[Hashable, Hashable, Hashable, float]  # provider, consumer, wave, rating


@dataclass
class Row:
    """One pair of figures: its wave, its teams, x and y."""

    wave: Hashable
    teams: tuple[Hashable, ...]
    x: float
    y: float


def list_rows(
    ratings: Iterable[Rating], ex: Mapping[Key, float], cx: Mapping[Key, float]
) -> list[list[Row]]:
    """List the pairs of the three links, without the mean of their wave."""
    waves = sorted({wave for _, wave in ex})
    after = dict(pairwise(waves))
    first, second = [], []
    for provider, consumer, wave, rating in ratings:
        if (provider, wave) in ex:
            first.append(Row(wave, (provider, consumer), ex[provider, wave], rating))
        later = (consumer, after.get(wave))
        if later in ex:
            second.append(Row(wave, (provider, consumer), rating, ex[later]))
    third = [
        Row(wave, (team,), ex[team, wave], cx[team, wave])
        for team, wave in ex
        if (team, wave) in cx
    ]
    return [centre(rows) for rows in (first, second, third)]


def centre(rows: list[Row]) -> list[Row]:
    centred = []
    for row in rows:
        same = [one for one in rows if one.wave == row.wave]
        mean_x = sum(one.x for one in same) / len(same)
        mean_y = sum(one.y for one in same) / len(same)
        centred.append(Row(row.wave, row.teams, row.x - mean_x, row.y - mean_y))
    return centred


def correlate(rows: Sequence[Row]) -> float:
    xy, xx, yy = (sum(f(row) for row in rows) for f in PRODUCTS)
    return xy / sqrt(xx * yy)


PRODUCTS: tuple[Callable[[Row], float], ...] = (
    lambda row: row.x * row.y,
    lambda row: row.x**2,
    lambda row: row.y**2,
)


def bound(rows: Sequence[Row]) -> tuple[float, float]:
    """Bound the correlation, adding up over every two rows that share a team, one by one."""
    r, n = correlate(rows), len(rows)
    sd_x, sd_y = (sqrt(sum(f(row) for row in rows) / n) for f in PRODUCTS[1:])
    moves = [
        (row.x * row.y / (sd_x * sd_y) - r / 2 * ((row.x / sd_x) ** 2 + (row.y / sd_y) ** 2))
        / (n * (1 - r * r))
        for row in rows
    ]
    shares: list[Callable[[Row, Row], bool]] = [
        lambda one, other: bool(set(one.teams) & set(other.teams)),
        lambda one, other: set(one.teams) == set(other.teams),
        lambda one, other: one.teams[0] == other.teams[0],
        lambda one, other: one.teams[-1] == other.teams[-1],
    ]
    variances = [
        sum(moves[i] * moves[j] for i, j in product(range(n), range(n)) if share(rows[i], rows[j]))
        for share in shares
    ]
    n_teams = min(len({row.teams[end] for row in rows}) for end in (0, -1))
    error = sqrt(max(variances) * n_teams / (n_teams - 1)) * float(t.ppf(0.975, n_teams - 1))
    return tanh(atanh(r) - error), tanh(atanh(r) + error)
