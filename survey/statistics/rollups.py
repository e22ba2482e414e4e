"""Summaries of answers that add up, so that figures need no raw answers.

Adding the summaries of two groups gives the summary of both together.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from typing import Self

import numpy as np
import pandas as pd

from survey.statistics.inputs import ROUNDING, FloatArray, Values, complete_rows, given


@dataclass(frozen=True, slots=True)
class Moments:
    """How many scores there are, their sum, and the sum of their squares."""

    n: int = 0
    total: float = 0.0
    sum_squares: float = 0.0

    @classmethod
    def of(cls, values: Values) -> Self:
        """Summarise scores, shape (n,); missing ones are left out."""
        scores = given(values)
        return cls(scores.size, float(scores.sum()), float((scores**2).sum()))

    def __add__(self, other: "Moments") -> "Moments":
        return Moments(
            self.n + other.n, self.total + other.total, self.sum_squares + other.sum_squares
        )

    @property
    def mean(self) -> float | None:
        """Return the mean, in the unit of the scores; None without scores."""
        return self.total / self.n if self.n else None

    @property
    def spread(self) -> float:
        """Return the sum of squared distances from the mean; what is only rounding is 0."""
        spread = self.sum_squares - self.total**2 / max(self.n, 1)
        return spread if spread > ROUNDING * self.sum_squares else 0.0

    @property
    def sd(self) -> float | None:
        """Return the standard deviation (divisor n - 1); None for fewer than two scores."""
        return sqrt(self.spread / (self.n - 1)) if self.n > 1 else None


@dataclass(frozen=True, slots=True)
class PooledSpread:
    """The standard deviation within groups; its degrees of freedom are people - groups."""

    sd: float | None
    degrees_of_freedom: int
    n_groups: int
    reason: str = ""


def pooled_spread(groups: Iterable[Moments]) -> PooledSpread:
    """Pool the spread of scores around the mean of their own group over all groups."""
    filled = [group for group in groups if group.n]
    freedom = sum(group.n - 1 for group in filled)
    if not freedom:
        return PooledSpread(None, 0, len(filled), "no group has two scores")
    spread = sum(group.spread for group in filled)
    return PooledSpread(sqrt(spread / freedom), freedom, len(filled))


@dataclass(frozen=True, slots=True, eq=False)
class ItemMoments:
    """Sums (k) and sums of products (k, k) of k items over the n people who answered them all."""

    n: int
    totals: FloatArray
    cross_products: FloatArray

    @classmethod
    def of(cls, items: pd.DataFrame) -> Self:
        """Summarise answers, shape (people, items); people with a gap are left out."""
        rows = complete_rows(items)
        return cls(len(rows), rows.sum(axis=0), rows.T @ rows)

    def __add__(self, other: "ItemMoments") -> "ItemMoments":
        """Add the summary of other people; ValueError if the number of items differs."""
        if self.totals.shape != other.totals.shape:
            raise ValueError("summaries of different numbers of items do not add up")
        return ItemMoments(
            self.n + other.n,
            self.totals + other.totals,
            self.cross_products + other.cross_products,
        )

    def variances(self) -> FloatArray:
        """Return the diagonal of `covariance`, shape (k,), without the rest."""
        squares = np.diag(self.cross_products)
        spread = squares - self.totals**2 / max(self.n, 1)
        return np.where(spread > ROUNDING * squares, spread, 0.0) / max(self.n - 1, 1)

    def covariance(self) -> FloatArray:
        """Return the covariances, shape (k, k), divisor n - 1; all 0 for fewer than two people."""
        products = self.cross_products - np.outer(self.totals, self.totals) / max(self.n, 1)
        constant = np.diag(products) <= ROUNDING * np.diag(self.cross_products)
        products[constant, :] = 0.0
        products[:, constant] = 0.0
        return products / max(self.n - 1, 1)
