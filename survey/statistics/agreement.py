"""Whether people in the same team answer alike, so that a team score means something."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from typing import Literal

import numpy as np
import pandas as pd

from survey.statistics.inputs import (
    ROUNDING,
    FloatArray,
    IntArray,
    Labels,
    Values,
    by_group,
    groups_of,
    is_constant,
    table,
)
from survey.statistics.rollups import ItemMoments, Moments
from survey.statistics.scales import person_means

GroupSize = Literal["n0", "mean"]
Null = Literal["uniform", "slight_skew"]

NOISE = (
    "People inside the same team answer this as differently as people in different teams; "
    "a team score would be noise."
)
UNKNOWN_AGREEMENT = "How far people in the same team agree is not known."
WEAKLY_AGREED = "In half of the teams people agree with each other only to"
GOOD, USABLE = 0.70, 0.40
WEAK_AGREEMENT = 0.50
DIVIDED_FROM = 10
NO_TEAMS = "needs two teams with scores, one of them with two people who differ"


class Level(StrEnum):
    """Whether teams can be told apart: well, with caution, or not."""

    GREEN = "GREEN"
    AMBER = "AMBER"
    RED = "RED"


@dataclass(frozen=True, slots=True)
class Intraclass:
    """One-way analysis of variance of scores by team, with its intraclass correlations.

    `icc1` is the share of the variance between teams, signed; `icc2` the reliability of a team
    mean of average size; `group_size` the team size used (n0 or the mean size).
    """

    icc1: float | None
    icc2: float | None
    ms_between: float | None
    ms_within: float | None
    f: float | None
    p_value: float | None
    group_size: float | None
    n_groups: int
    n_people: int
    reason: str = ""


def intraclass(values: Values, groups: Labels, *, group_size: GroupSize = "n0") -> Intraclass:
    """Split the variance of scores, shape (n_people,), into between and within teams.

    ICC(1) = (MSB - MSW) / (MSB + (size - 1) MSW) and ICC(2) = (MSB - MSW) / MSB (Bliese 2000);
    size is n0 = (N - sum n^2 / N) / (J - 1), or the mean size as in R's multilevel package.
    """
    read, codes, labels = by_group(values, groups)
    scores = read[:, 0]
    scores = np.zeros_like(scores) if is_constant(scores) else scores - scores.mean()
    n = np.bincount(codes, minlength=len(labels)).astype(np.float64)
    totals = np.bincount(codes, weights=scores, minlength=len(labels)).astype(np.float64)
    return _intraclass(n, totals, float((scores**2).sum()), group_size)


def intraclass_from_moments(
    moments: Iterable[Moments], *, group_size: GroupSize = "n0"
) -> Intraclass:
    """Do the same as `intraclass` from one summary per team."""
    filled = [one for one in moments if one.n]
    people = sum(one.n for one in filled)
    centre = sum(one.total for one in filled) / max(people, 1)
    n = np.array([one.n for one in filled], dtype=float)
    totals = np.array([one.total for one in filled], dtype=float) - n * centre
    whole = sum(filled, Moments())
    return _intraclass(n, totals, whole.spread, group_size)


def _intraclass(
    n: FloatArray, totals: FloatArray, spread: float, group_size: GroupSize
) -> Intraclass:
    """Work from each team's size and total (of scores with grand mean 0) and the total spread."""
    from scipy.special import fdtrc

    teams, people = len(n), int(n.sum())
    if teams < 2 or people <= teams or not spread:
        return Intraclass(None, None, None, None, None, None, None, teams, people, NO_TEAMS)
    between = float((totals**2 / n).sum())
    within = spread - between
    within = within if within > ROUNDING * spread else 0.0
    msb, msw = between / (teams - 1), within / (people - teams)
    n0 = (people - float((n**2).sum()) / people) / (teams - 1)
    size = n0 if group_size == "n0" else people / teams
    icc1 = (msb - msw) / (msb + (size - 1) * msw)
    icc2 = (msb - msw) / msb if between > ROUNDING * spread else None
    f = msb / msw if msw else None
    p = float(fdtrc(teams - 1, people - teams, f)) if f is not None else 0.0
    reason = "" if msw else "people in the same team answer exactly alike, so F has no bound"
    if icc2 is None:
        reason = "the team means do not differ at all"
    return Intraclass(icc1, icc2, msb, msw, f, p, size, teams, people, reason)


def team_reliability(icc1: float | None, n: int) -> float | None:
    """Return the reliability of the mean of n people, n ICC / (1 + (n - 1) ICC) (Bliese 2000).

    From 0 to 1: a negative ICC counts as 0. None without an ICC or without people.
    """
    if icc1 is None or not isfinite(icc1) or n < 1:
        return None
    icc = min(max(icc1, 0.0), 1.0)
    return n * icc / (1 + (n - 1) * icc)


def rwg_j(
    items: pd.DataFrame, groups: Labels, *, n_options: int, null: Null = "uniform"
) -> pd.Series:
    """Measure how alike each team answers k items: 1 fully, 0 as by chance (James et al. 1984).

    With x the mean item variance over the variance of answers by chance, at most 1, it is
    k (1 - x) / (k (1 - x) + x). Chance is uniform, (options^2 - 1) / 12, or slightly skewed, which
    flatters less (LeBreton & Senter 2008; five options only). One value per team with two
    complete answers, indexed by team. Raises ValueError for fewer than two options.
    """
    rows, codes, labels = by_group(items, groups)
    n = np.bincount(codes, minlength=len(labels))
    chance = _chance_variance(n_options, null)
    if not rows.size:
        return pd.Series(dtype=float)
    centred = rows - rows.mean(axis=0)
    variances = [_variance_by_team(column, codes, n) for column in centred.T]
    values = _rwg(np.mean(variances, axis=0), rows.shape[1], chance)
    return pd.Series(values, index=labels)[n > 1]


def rwg_from_moments(
    items: Mapping[Hashable, ItemMoments], *, n_options: int, null: Null = "uniform"
) -> pd.Series:
    """Do the same as `rwg_j` from one summary of the items per team."""
    chance = _chance_variance(n_options, null)
    usable = {team: one for team, one in items.items() if one.n > 1 and one.totals.size}
    variances = [one.variances().mean() for one in usable.values()]
    k = max((one.totals.size for one in usable.values()), default=1)
    return pd.Series(_rwg(np.array(variances, dtype=float), k, chance), index=list(usable))


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether the teams' scores on one construct can be used, and why (None: cannot be judged).

    `divided` names teams of ten or more who disagree among themselves: a finding, not an error.
    """

    level: Level | None
    reasons: tuple[str, ...]
    intraclass: Intraclass
    median_reliability: float | None
    median_rwg: float | None
    divided: tuple[Hashable, ...]
    reason: str = ""


def gate(values_or_items: Values | pd.DataFrame, groups: Labels, *, n_options: int) -> Gate:
    """Judge scores, shape (people,), or answers, shape (people, items), given by teams.

    GREEN: F test p < .05, median reliability of the team means and median r_wg(j) from .70.
    AMBER: p < .05 and median reliability from .40. RED otherwise. The marks of .70 are those of
    Bliese (2000) and LeBreton & Senter (2008), that of .40 is our own.
    """
    groups = groups_of(values_or_items, groups)
    items = pd.DataFrame(values_or_items)
    scores = person_means(table(items))
    _, codes, labels = by_group(scores, groups)
    sizes = pd.Series(np.bincount(codes, minlength=len(labels)), index=labels)
    rwg = rwg_j(items, groups, n_options=n_options)
    return _gate(intraclass(scores, groups), sizes, rwg)


def gate_from_moments(
    scores: Mapping[Hashable, Moments],
    items: Mapping[Hashable, ItemMoments],
    *,
    n_options: int,
) -> Gate:
    """Do the same as `gate` from one summary of the scores and one of the items per team."""
    sizes = pd.Series({team: one.n for team, one in scores.items() if one.n}, dtype=int)
    rwg = rwg_from_moments(items, n_options=n_options)
    return _gate(intraclass_from_moments(scores.values()), sizes, rwg)


def _gate(found: Intraclass, sizes: pd.Series, rwg: pd.Series) -> Gate:
    large = sizes[sizes >= DIVIDED_FROM].index
    divided = tuple(rwg[rwg.index.isin(large) & (rwg < WEAK_AGREEMENT)].index)
    agreed = float(rwg.median()) if len(rwg) else None
    if found.icc1 is None or found.p_value is None:
        return Gate(None, (), found, None, agreed, divided, found.reason)
    reliabilities = [team_reliability(found.icc1, int(n)) or 0.0 for n in sizes]
    reliability = float(np.median(reliabilities))
    level, reasons = _level(found.p_value, reliability, agreed)
    return Gate(level, reasons, found, reliability, agreed, divided)


def _level(
    p_value: float, reliability: float, agreed: float | None
) -> tuple[Level, tuple[str, ...]]:
    if p_value >= 0.05 or reliability < USABLE:
        return Level.RED, (NOISE,)
    weak = []
    if reliability < GOOD:
        weak.append(f"Half of the teams' scores have a reliability of {reliability:.2f} or less.")
    if agreed is None:
        weak.append(UNKNOWN_AGREEMENT)
    elif agreed < GOOD:
        weak.append(f"{WEAKLY_AGREED} {agreed:.2f}.")
    return (Level.AMBER if weak else Level.GREEN), tuple(weak)


def withhold_agreement(reasons: Iterable[str]) -> tuple[str, ...]:
    """Return a gate's reasons without the median agreement that one of them may tell."""
    return tuple(UNKNOWN_AGREEMENT if one.startswith(WEAKLY_AGREED) else one for one in reasons)


def _variance_by_team(column: FloatArray, codes: IntArray, n: IntArray) -> FloatArray:
    """Return each team's variance of one centred item (divisor n - 1; 0 for one person)."""
    totals = np.bincount(codes, weights=column, minlength=len(n))
    squares = np.bincount(codes, weights=column**2, minlength=len(n))
    spread = squares - totals**2 / n
    return np.where(spread > ROUNDING * squares, spread, 0.0) / np.maximum(n - 1, 1)


def _rwg(variance: FloatArray, k: int, chance: float) -> FloatArray:
    x: FloatArray = np.minimum(variance / chance, 1.0)
    return k * (1 - x) / (k * (1 - x) + x)


def _chance_variance(n_options: int, null: Null) -> float:
    if null == "slight_skew":
        if n_options != 5:
            raise ValueError("the slightly skewed null is tabled for five options only")
        return 1.34
    if n_options < 2:
        raise ValueError("an item needs at least two options")
    return (n_options**2 - 1) / 12
