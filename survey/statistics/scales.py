"""From the answers of a person to a score, and from scores to what is printed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from typing import overload

import numpy as np
import pandas as pd

from survey.statistics.inputs import NORMAL_95, ROUNDING, FloatArray, Values, given, numbers, table


@dataclass(frozen=True, slots=True)
class RecommendScore:
    """Share of promoters minus share of detractors, -100 to 100, with its 95 % interval."""

    score: float | None
    low: float | None
    high: float | None
    n: int
    reason: str = ""


def score(
    items: pd.DataFrame,
    *,
    reverse: Collection[str] = (),
    minimum: float,
    maximum: float,
    answered_share: float = 0.5,
) -> pd.Series:
    """Average each person's answers, shape (people, items), in the unit of the items.

    Items in `reverse` count as minimum + maximum - answer. A person who answered less than
    `answered_share` of the items has no score (NaN); an answer outside the scale counts as none.
    Raises ValueError for an unknown reversed item or an empty range.
    """
    _check_range(minimum, maximum)
    unknown = sorted(map(str, set(reverse) - set(items.columns)))
    if unknown:
        raise ValueError(f"unknown reversed items: {', '.join(unknown)}")
    answers = table(items)
    answers = np.where((answers >= minimum) & (answers <= maximum), answers, np.nan)
    turned = items.columns.isin(list(reverse))
    answers[:, turned] = minimum + maximum - answers[:, turned]
    return pd.Series(person_means(answers, answered_share=answered_share), index=items.index)


def person_means(answers: FloatArray, *, answered_share: float = 0.5) -> FloatArray:
    """Average each row of answers, shape (people, items); NaN where too few are answered."""
    answered = (~np.isnan(answers)).sum(axis=1)
    needed = max(1, ceil(answers.shape[1] * answered_share - ROUNDING))
    means = np.nansum(answers, axis=1) / np.maximum(answered, 1)
    return np.where(answered >= needed, means, np.nan)


@overload
def to_hundred(values: float, *, minimum: float, maximum: float) -> float: ...
@overload
def to_hundred(values: pd.Series, *, minimum: float, maximum: float) -> pd.Series: ...
@overload
def to_hundred(
    values: FloatArray | Sequence[float | None], *, minimum: float, maximum: float
) -> FloatArray: ...
def to_hundred(
    values: float | Values, *, minimum: float, maximum: float
) -> float | pd.Series | FloatArray:
    """Stretch one score, or scores of shape (n,), so that minimum becomes 0 and maximum 100.

    Raises ValueError for an empty range.
    """
    _check_range(minimum, maximum)
    if isinstance(values, float | int | np.number):
        return (float(values) - minimum) / (maximum - minimum) * 100
    stretched = (numbers(values) - minimum) / (maximum - minimum) * 100
    if isinstance(values, pd.Series):
        return pd.Series(stretched, index=values.index, name=values.name)
    return stretched


def favourable_share(values: Values, *, threshold: float) -> float | None:
    """Return the share, 0 to 1, of the given scores that reach the threshold; None without any."""
    scores = given(values)
    return float((scores >= threshold - ROUNDING).mean()) if scores.size else None


def recommend_score(values: Values) -> RecommendScore:
    """Score answers from 0 to 10: 9 and 10 promote, 0 to 6 detract.

    The interval is the adjusted Wald of Rocks (2016): 3/4 promoter, 3/2 passive and 3/4 detractor
    are added first; with both kinds about it covers 93 to 96 % for every n from 5, where the plain
    one covers 66 %. It is widened to hold the score, which a single answer's would not.
    """
    scores = given(values)
    scores = scores[(scores >= 0) & (scores <= 10)]
    n = scores.size
    if not n:
        return RecommendScore(None, None, None, 0, "nobody answered")
    promoters, detractors = int((scores >= 9).sum()), int((scores <= 6).sum())
    p, d = (promoters + 0.75) / (n + 3), (detractors + 0.75) / (n + 3)
    half = NORMAL_95 * sqrt((p + d - (p - d) ** 2) / (n + 3))
    score = 100 * (promoters - detractors) / n
    low, high = min(score, 100 * (p - d - half)), max(score, 100 * (p - d + half))
    return RecommendScore(score, max(-100.0, low), min(100.0, high), n)


def _check_range(minimum: float, maximum: float) -> None:
    if not minimum < maximum:
        raise ValueError(f"a scale cannot run from {minimum} to {maximum}")
