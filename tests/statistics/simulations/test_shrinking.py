"""Shrunken team means are nearer to the truth than raw ones, by as much as promised."""

from typing import Literal

import numpy as np
import pytest

from survey.statistics.inputs import FloatArray
from survey.statistics.shrinkage import empirical_bayes
from tests.statistics.simulations.draws import repeated

ICC = 0.10
SIZES = np.repeat([5, 10, 20, 40], 25)
LARGEST_RATIO = 0.6
Method = Literal["reml", "dl"]


def draw(count: int, icc: float) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Draw true team means and raw ones, (count, teams), and the variances of the raw, (teams,)."""
    rng = np.random.default_rng(5)
    variances = (1 - icc) / SIZES
    truth = rng.normal(0, np.sqrt(icc), (count, SIZES.size))
    return truth, truth + rng.normal(size=truth.shape) * np.sqrt(variances), variances


def error_ratio(
    *, count: int, icc: float = ICC, method: Method = "reml", are_alike: bool = False
) -> float:
    """Return the squared error of shrunken means over that of raw ones.

    `are_alike` takes every mean for as uncertain as the others.
    """
    truth, raw, variances = draw(count, icc)
    given = np.full_like(variances, variances.mean()) if are_alike else variances
    shrunken = [empirical_bayes(one, given, method=method).shrunken for one in raw]
    return float(((np.array(shrunken) - truth) ** 2).sum() / ((raw - truth) ** 2).sum())


def least_ratio(*, count: int) -> float:
    """Return that ratio for somebody who knows how much teams truly differ."""
    truth, raw, variances = draw(count, ICC)
    shrunken = raw * ICC / (ICC + variances)
    return float(((shrunken - truth) ** 2).sum() / ((raw - truth) ** 2).sum())


class TestShrunkenMeans:
    @pytest.mark.parametrize("method", ["reml", "dl"])
    @repeated(40, 1000)
    def test_have_at_most_six_tenths_of_the_error(self, method: Method, count: int) -> None:
        assert error_ratio(count=count, method=method) <= LARGEST_RATIO

    @pytest.mark.parametrize("method", ["reml", "dl"])
    @repeated(40, 1000)
    def test_are_nearly_as_good_as_can_be(self, method: Method, count: int) -> None:
        assert error_ratio(count=count, method=method) <= 1.06 * least_ratio(count=count)

    @repeated(40, 1000)
    def test_would_not_be_if_small_teams_were_taken_for_large_ones(self, count: int) -> None:
        assert error_ratio(count=count, are_alike=True) > 1.06 * least_ratio(count=count)

    @repeated(40, 1000)
    def test_gain_less_where_teams_differ_much(self, count: int) -> None:
        assert LARGEST_RATIO < error_ratio(count=count, icc=0.4) < 1
