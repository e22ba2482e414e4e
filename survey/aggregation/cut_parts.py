"""Of which parts a family's scales are made, where figures of groups tell these parts as well."""

from collections.abc import Sequence

import pandas as pd

from survey.aggregation.metrics import Metric

REST = "rest:"


def weigh_parts(metrics: Sequence[Metric]) -> pd.DataFrame:
    """Return how much each part counts in each scale of a family: (scales, parts).

    Parts are metrics of the family that share no item, such as its items where they are shown, or
    facets. What a scale has beside them is a part too, which `add_rests` works out.
    """
    told = [metric for metric in metrics if not metric.profiles]
    smallest_first = sorted(told, key=lambda metric: (len(metric.item_codes), metric.is_scale))
    parts: list[Metric] = []
    for metric in smallest_first:
        taken = {code for part in parts for code in part.item_codes}
        if taken.isdisjoint(metric.item_codes):
            parts.append(metric)
    rows = {scale.code: _weigh(scale, parts) for scale in told if scale.is_scale}
    return pd.DataFrame.from_dict(rows, orient="index").fillna(0.0)


def _weigh(scale: Metric, parts: Sequence[Metric]) -> dict[str, float]:
    items = frozenset(scale.item_codes)
    inside = [part for part in parts if items.issuperset(part.item_codes)]
    weights = {part.code: len(part.item_codes) / len(items) for part in inside}
    rest = len(items) - sum(len(part.item_codes) for part in inside)
    return weights | ({f"{REST}{scale.code}": rest / len(items)} if rest else {})


def add_rests(people: pd.DataFrame, weights: pd.DataFrame) -> pd.DataFrame:
    """Return scores, a column each, with those on what scales have beside their other parts."""
    rests = {}
    for scale, row in weights.iterrows():
        name = f"{REST}{scale}"
        if name in row.index and row[name]:
            others = row.drop(name)
            told = people[others.index[others > 0]] @ others[others > 0]
            rests[name] = (people[scale] - told) / row[name]
    return people.assign(**rests)
