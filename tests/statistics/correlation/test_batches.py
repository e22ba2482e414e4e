"""Coefficients of a whole block of pairs, against those of one pair."""

import numpy as np
import pytest

from survey.statistics.correlation import kendall, pearson, spearman
from survey.statistics.correlation.batches import kendalls, pearson_r, pearsons, spearmans
from survey.statistics.correlation.blocks import Block, build_block
from survey.statistics.correlation.coefficients import Correlation
from survey.statistics.correlation.ranking import rank

N_TEAMS = 24
rng = np.random.default_rng(5)
X = rng.normal(size=(2, N_TEAMS)).round(1)
Y = (X[::-1] + rng.normal(size=(2, N_TEAMS))).round(1)
X[0, 3] = np.nan
PAIRS = [(0, 0), (0, 1), (1, 0), (1, 1)]


@pytest.fixture
def block() -> Block:
    left, right = zip(*PAIRS, strict=True)
    return build_block(X, Y, np.array(left), np.array(right))


def assert_same(found: Correlation, single: Correlation) -> None:
    for name in ("r", "low", "high", "p_value"):
        assert getattr(found, name) == pytest.approx(getattr(single, name), abs=1e-12)
    assert found.n_teams == single.n_teams


class TestPearsons:
    def test_are_those_of_each_pair_alone(self, block: Block) -> None:
        r = pearson_r(block.deviations[block.left], block.deviations[block.right])

        for found, (i, j) in zip(pearsons(r, block.n_teams), PAIRS, strict=True):
            assert_same(found, pearson(X[i], Y[j]))


class TestRankCoefficients:
    def test_are_those_of_each_pair_alone(self, block: Block) -> None:
        ranking = rank(block.figures)
        ranks, taus = spearmans(block, ranking.ranks), kendalls(block, ranking)

        for by_rank, tau, (i, j) in zip(ranks, taus, PAIRS, strict=True):
            assert_same(by_rank, spearman(X[i], Y[j]))
            assert_same(tau, kendall(X[i], Y[j]))
