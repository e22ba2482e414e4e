"""Roll scored responses up: one summary per stored group (or cell of it) and metric."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from survey.aggregation.metrics import Metric
from survey.aggregation.scores import PLACE, fits_profiles, score_items, score_metrics
from survey.aggregation.summaries import Summary
from survey.questionnaires.content import QuestionnaireContent
from survey.statistics.inputs import ROUNDING, FloatArray, IntArray
from survey.statistics.rollups import ItemMoments, Moments


@dataclass(frozen=True, slots=True)
class Place:
    """Where answers are stored: a group and, for customers, a cell."""

    group_id: int
    cell_id: int | None


@dataclass(frozen=True, slots=True, eq=False)
class _Respondents:
    """The respondents of one family: the place of each, their answers and their scores."""

    codes: IntArray
    size: int
    chosen: pd.DataFrame
    items: pd.DataFrame
    scores: pd.DataFrame

    def count(self, kept: NDArray[np.bool_]) -> IntArray:
        """Count the respondents of each place for whom something is so."""
        return np.bincount(self.codes[kept], minlength=self.size)

    def add(self, numbers: FloatArray) -> FloatArray:
        """Add a number per respondent up by place."""
        return np.bincount(self.codes, weights=numbers, minlength=self.size).astype(np.float64)


def summarise(
    values: pd.DataFrame,
    content: QuestionnaireContent,
    families: dict[str, tuple[Metric, ...]],
) -> Iterator[tuple[Place, Metric, Summary]]:
    """Yield a summary per place and metric; `values` as `scores.read_values` returns them.

    All metrics of a family count the same people: those with a score on each of them. A place
    without such people yields empty summaries, so that it is known to have been counted.
    """
    codes: IntArray = values.groupby(PLACE, sort=True).ngroup().to_numpy().astype(np.intp)
    found = values[PLACE].drop_duplicates().sort_values(PLACE).to_numpy().tolist()
    places = [Place(group, cell or None) for group, cell in found]
    items = score_items(values, content)
    for metrics in families.values():
        scores = score_metrics(items, metrics)
        kept = scores.notna().all(axis=1).to_numpy()
        people = _Respondents(
            codes[kept], len(places), values.loc[kept], items.loc[kept], scores.loc[kept]
        )
        for metric in metrics:
            for place, summary in zip(places, _summarise(people, metric), strict=True):
                yield place, metric, summary


def _summarise(people: _Respondents, metric: Metric) -> Iterator[Summary]:
    scores = people.scores[metric.code].to_numpy()
    n = people.count(np.ones(scores.size, dtype=bool))
    totals, squares = people.add(scores), people.add(scores**2)
    threshold = np.inf if metric.favourable_from is None else metric.favourable_from - ROUNDING
    favourable = people.count(scores >= threshold)
    options, items = _count_options(people, metric), _sum_items(people, metric)
    for at in range(people.size):
        moments = Moments(int(n[at]), float(totals[at]), float(squares[at]))
        yield Summary(moments, int(favourable[at]), options[at], items[at])


def _count_options(people: _Respondents, metric: Metric) -> list[dict[str, float]]:
    """Count who chose which option, by place, where the metric's options are counted."""
    counts: list[dict[str, float]] = [{} for _ in range(people.size)]
    for (option, _), chosen in zip(metric.options, _find_choices(people, metric), strict=True):
        found = people.count(chosen)
        for at in np.flatnonzero(found):
            counts[at][option] = int(found[at])
    return counts


def _find_choices(people: _Respondents, metric: Metric) -> list[NDArray[np.bool_]]:
    """Say for each option who chose it, or for each profile whom it fits."""
    if metric.profiles:
        return fits_profiles(people.scores, metric.profiles)
    values = people.chosen[metric.item_codes[0]].to_numpy()
    return [values == float(option) for option, _ in metric.options]


def _sum_items(people: _Respondents, metric: Metric) -> list[ItemMoments | None]:
    """Sum a scale's items and their products over those who answered all of them, by place."""
    if not metric.is_scale:
        return [None] * people.size
    complete = people.items[list(metric.item_codes)].notna().all(axis=1).to_numpy()
    whole = _Respondents(
        people.codes[complete],
        people.size,
        people.chosen,
        people.items.loc[complete],
        people.scores,
    )
    columns = [_turned(whole, metric, code) for code in metric.item_codes]
    n = whole.count(np.ones(whole.codes.size, dtype=bool))
    totals = np.column_stack([whole.add(column) for column in columns])
    products = _sum_products(whole, columns)
    return [ItemMoments(int(n[at]), totals[at], products[at]) for at in range(people.size)]


def _turned(people: _Respondents, metric: Metric, code: str) -> FloatArray:
    column = people.items[code].to_numpy()
    return metric.minimum + metric.maximum - column if code in metric.reversed_codes else column


def _sum_products(people: _Respondents, columns: Sequence[FloatArray]) -> FloatArray:
    k = len(columns)
    products = np.zeros((people.size, k, k))
    for i in range(k):
        for j in range(i, k):
            products[:, i, j] = people.add(columns[i] * columns[j])
            products[:, j, i] = products[:, i, j]
    return products
