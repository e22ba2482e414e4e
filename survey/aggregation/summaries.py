"""What some people answered on one metric, in sums that add up."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from survey.statistics.inputs import FloatArray
from survey.statistics.rollups import ItemMoments, Moments


@dataclass(frozen=True, slots=True, eq=False)
class Summary:
    """Scores of one respondent set on one metric, in the scale's own units.

    Counts may be fractions once ends were pulled in. `items` are those who answered every item
    of the scale, reversed items turned; None for an item metric.
    """

    moments: Moments = field(default_factory=Moments)
    n_favourable: float = 0.0
    option_counts: Mapping[str, float] = field(default_factory=dict)
    items: ItemMoments | None = None

    @property
    def n(self) -> int:
        """Return the number of respondents."""
        return self.moments.n

    def __add__(self, other: "Summary") -> "Summary":
        counts = Counter(self.option_counts)
        counts.update(other.option_counts)
        return Summary(
            self.moments + other.moments,
            self.n_favourable + other.n_favourable,
            dict(counts),
            _add_items(self.items, other.items),
        )


def pack_products(products: FloatArray) -> list[float]:
    """Return the upper triangle of a symmetric table, row by row: what a rollup stores."""
    packed: list[float] = products[np.triu_indices(len(products))].tolist()
    return packed


def unpack_items(n: int, totals: list[float], packed: list[float]) -> ItemMoments | None:
    """Return the item summary that a rollup stores, or None if it has none."""
    k = len(totals)
    if not k:
        return None
    products = np.zeros((k, k))
    rows, columns = np.triu_indices(k)
    products[rows, columns] = packed
    products[columns, rows] = packed
    return ItemMoments(n, np.array(totals, dtype=float), products)


def read_summary(row: Mapping[str, Any]) -> Summary:
    """Return the summary that the fields of a rollup hold."""
    return Summary(
        Moments(row["n"], row["total"], row["sum_squares"]),
        row["n_favourable"],
        row["option_counts"],
        unpack_items(row["n_complete"], row["item_totals"], row["cross_products"]),
    )


def _add_items(one: ItemMoments | None, other: ItemMoments | None) -> ItemMoments | None:
    if one is None or other is None:
        return one or other
    return one + other
