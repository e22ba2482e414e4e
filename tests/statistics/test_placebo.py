"""Scores that mean nothing."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from survey.statistics.placebo import HIGHEST_SHARE, check_placebos

RNG = np.random.default_rng(11)
PLACEBOS = RNG.uniform(size=(30, 50))
SCORES = pd.DataFrame(RNG.normal(60, 8, size=(30, 2)), columns=["a", "b"])


class TestCheckPlacebos:
    def test_counts_what_scipy_finds(self) -> None:
        gaps = SCORES.copy()
        gaps.loc[:4, "b"] = np.nan
        check = check_placebos(PLACEBOS, gaps)
        tests = [
            stats.pearsonr(PLACEBOS[kept, at], gaps.loc[kept, name]).pvalue < 0.05
            for name in gaps
            for kept in [gaps[name].notna().to_numpy()]
            for at in range(50)
        ]
        assert check.n_tests == len(tests) == 100
        assert check.share_found == pytest.approx(np.mean(tests))
        assert check.is_passed
        assert check.reason == ""

    def test_fails_where_the_scores_hang_on_the_placebos(self) -> None:
        leak = pd.DataFrame({"a": PLACEBOS.sum(axis=1)})
        tied = np.repeat(leak.to_numpy(), 50, axis=1) + PLACEBOS
        check = check_placebos(tied, leak)
        assert check.share_found is not None
        assert check.share_found > HIGHEST_SHARE
        assert check.is_passed is False

    def test_passes_over_scores_that_are_the_same_everywhere(self) -> None:
        check = check_placebos(PLACEBOS, SCORES.assign(b=50.0))
        assert check.n_tests == 50

    @pytest.mark.parametrize("scores", [SCORES.iloc[:7], SCORES.iloc[:0], SCORES[[]]])
    def test_says_why_nothing_can_be_tested(self, scores: pd.DataFrame) -> None:
        check = check_placebos(PLACEBOS[: len(scores)], scores)
        assert (check.n_tests, check.share_found, check.is_passed) == (0, None, None)
        assert check.reason == "needs 8 teams with scores that differ"

    def test_takes_a_placebo_that_is_the_same_everywhere_for_no_link(self) -> None:
        check = check_placebos(np.ones((30, 4)), SCORES)
        assert check.share_found == 0

    def test_finds_a_placebo_that_is_the_score_itself(self) -> None:
        check = check_placebos(SCORES[["a"]].to_numpy(), SCORES[["a"]])
        assert check.share_found == 1
