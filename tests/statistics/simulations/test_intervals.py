"""The intervals of correlations and of the recommend score hold the truth as often as they say."""

from functools import cache
from math import sqrt

import numpy as np
import pytest
from scipy.special import gammaln, xlogy

from survey.statistics.correlation import Correlation, pearson, spearman
from survey.statistics.inputs import NORMAL_95, FloatArray
from survey.statistics.scales import RecommendScore, recommend_score
from tests.statistics.simulations.draws import pairs, repeated

RHO = 0.4
RHO_OF_RANKS = 6 / np.pi * np.arcsin(RHO / 2)  # of normal scores (Pearson 1907)
LOWEST, HIGHEST = 0.92, 0.97
N_PEOPLE = (5, 8, 12, 20, 50, 100)
MIXES = [  # promoters, detractors
    *((0.80, 0.05), (0.70, 0.10), (0.60, 0.15), (0.50, 0.20), (0.45, 0.25)),
    *((0.40, 0.30), (0.33, 0.33), (0.25, 0.50), (0.20, 0.40), (0.15, 0.60)),
]


def covered(found: list[Correlation], truth: float) -> float:
    return float(np.mean([one.low <= truth <= one.high for one in found]))


def covered_plainly(found: list[Correlation], truth: float) -> float:
    """How often r and 1.96 times its own standard error hold the truth: without the transform."""
    r = np.array([one.r for one in found])
    half = NORMAL_95 * (1 - r**2) / np.sqrt(found[0].n_teams - 1)
    return float((np.abs(r - truth) <= half).mean())


@pytest.mark.parametrize("n_teams", [20, 40])
class TestIntervalsOfCorrelations:
    @repeated(1000, 20_000)
    def test_hold_the_truth_by_fisher(self, n_teams: int, count: int) -> None:
        drawn = pairs(np.random.default_rng(1), count=count, n_teams=n_teams, rho=RHO)
        found = [pearson(x, y) for x, y in drawn]

        assert LOWEST <= covered(found, RHO) <= HIGHEST

    @repeated(1000, 20_000)
    def test_hold_the_truth_by_bonett_and_wright(self, n_teams: int, count: int) -> None:
        drawn = pairs(np.random.default_rng(2), count=count, n_teams=n_teams, rho=RHO)
        found = [spearman(x, y) for x, y in drawn]

        assert LOWEST <= covered(found, RHO_OF_RANKS) <= HIGHEST


class TestWithoutTheTransform:
    """The same check tells an interval that is too short."""

    @repeated(1000, 20_000)
    def test_intervals_would_be_too_short(self, count: int) -> None:
        drawn = pairs(np.random.default_rng(1), count=count, n_teams=20, rho=RHO)
        plain = [pearson(x, y) for x, y in drawn]
        ranks = [spearman(x, y) for x, y in drawn]

        assert covered_plainly(plain, RHO) < LOWEST
        assert covered_plainly(ranks, RHO_OF_RANKS) < LOWEST


class TestWithNoisyScores:
    """statistics.md, rule 4: the interval of r is about what noise lets through, not the truth."""

    @repeated(300, 3000)
    def test_intervals_hold_the_truth_through_the_noise_only(self, count: int) -> None:
        reliability = 0.5
        rng = np.random.default_rng(3)
        drawn = pairs(rng, count=count, n_teams=200, rho=RHO)
        noisy = drawn + rng.normal(size=drawn.shape) * sqrt(1 / reliability - 1)
        found = [pearson(x, y) for x, y in noisy]

        assert LOWEST <= covered(found, RHO * reliability) <= HIGHEST
        assert covered(found, RHO) < 0.5


@cache
def scores(n: int) -> list[tuple[int, int, RecommendScore]]:
    """Every way in which n people can promote and detract, and the score of it."""
    return [
        (p, d, recommend_score([10] * p + [8] * (n - p - d) + [0] * d))
        for p in range(n + 1)
        for d in range(n - p + 1)
    ]


def coverage(n: int, promoters: float, detractors: float) -> float:
    """How often the interval holds the truth, over every possible outcome: no luck in it."""
    truth = 100 * (promoters - detractors)
    holds = [one.low <= truth <= one.high for _, _, one in scores(n)]
    return float(chances(n, promoters, detractors) @ holds)


def plain_coverage(n: int, promoters: float, detractors: float) -> float:
    """The same of the plain interval, which adds nobody."""
    holds = [
        abs((p - d) / n - (promoters - detractors))
        <= NORMAL_95 * sqrt(max((p + d) / n - ((p - d) / n) ** 2, 0.0) / n)
        for p, d, _ in scores(n)
    ]
    return float(chances(n, promoters, detractors) @ holds)


def chances(n: int, promoters: float, detractors: float) -> FloatArray:
    """How likely each outcome is."""
    ways = np.array([(p, n - p - d, d) for p, d, _ in scores(n)])
    shares = np.array([promoters, 1 - promoters - detractors, detractors])
    logs = gammaln(n + 1) - gammaln(ways + 1).sum(axis=1) + xlogy(ways, shares).sum(axis=1)
    return np.exp(logs)


class TestIntervalOfTheRecommendScore:
    @pytest.mark.parametrize("n", N_PEOPLE)
    @pytest.mark.parametrize(("promoters", "detractors"), MIXES)
    def test_holds_the_truth(self, n: int, promoters: float, detractors: float) -> None:
        assert LOWEST <= coverage(n, promoters, detractors) <= HIGHEST

    @pytest.mark.parametrize("n", N_PEOPLE)
    def test_is_hardly_ever_shorter_while_each_kind_is_a_tenth(self, n: int) -> None:
        shares = np.arange(4, 33, 2) / 40
        found = [coverage(n, p, d) for p in shares for d in shares if p + d <= 0.9]

        assert min(found) >= LOWEST - 0.01

    @pytest.mark.parametrize("n", [n for n in N_PEOPLE if n <= 20])
    @pytest.mark.parametrize(("promoters", "detractors"), MIXES[:3])
    def test_would_be_too_short_without_adding_people(
        self, n: int, promoters: float, detractors: float
    ) -> None:
        assert plain_coverage(n, promoters, detractors) < LOWEST
