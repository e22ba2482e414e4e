from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t

from survey.statistics import teams
from survey.statistics.rollups import Moments

Reference = Callable[[str], pd.DataFrame]
SCORES = [3.0, 4.0, 4.5, 2.0, 5.0, 3.5, 4.0, 4.0, 3.0, 2.5]


class TestMean:
    def test_agrees_with_the_survey_package(self, reference: Reference) -> None:
        scores = reference("apisrs").api00

        found = teams.mean(scores, population=6194)

        assert found.mean == pytest.approx(656.585)
        assert found.se == pytest.approx(9.24972203928, abs=1e-8)
        assert teams.mean(scores).se == pytest.approx(9.40277217088, abs=1e-8)

    def test_uses_its_own_spread_from_ten_scores_on(self) -> None:
        found = teams.mean(SCORES, pooled_sd=9.0)

        assert found.se == pytest.approx(np.std(SCORES, ddof=1) / np.sqrt(10))
        assert found.high - found.mean == pytest.approx(t.ppf(0.975, 9) * found.se)

    def test_borrows_the_pooled_spread_below_ten(self) -> None:
        found = teams.mean(SCORES[:9], pooled_sd=0.9, pooled_df=50)

        assert found.se == pytest.approx(0.3)
        assert found.high - found.mean == pytest.approx(t.ppf(0.975, 50) * 0.3)

    def test_takes_a_pooled_spread_without_degrees_of_freedom_as_known(self) -> None:
        found = teams.mean([4.0], pooled_sd=1.0)

        assert found.low == pytest.approx(4 - 1.959964)

    @pytest.mark.parametrize("pooled_sd", [0.0, -1.0, float("nan"), float("inf")])
    def test_does_not_believe_a_spread_that_is_none(self, pooled_sd: float) -> None:
        assert teams.mean(SCORES[:9], pooled_sd=pooled_sd) == teams.mean(SCORES[:9])

    @pytest.mark.parametrize("pooled_df", [0, -1])
    def test_does_not_count_with_impossible_degrees_of_freedom(self, pooled_df: int) -> None:
        found = teams.mean([4.0], pooled_sd=1.0, pooled_df=pooled_df)

        assert found == teams.mean([4.0], pooled_sd=1.0)

    def test_borrows_the_pooled_spread_where_all_are_alike(self) -> None:
        assert teams.mean([4.0] * 12, pooled_sd=1.2).se == pytest.approx(1.2 / np.sqrt(12))

    def test_knows_everything_once_all_have_answered(self) -> None:
        found = teams.mean(SCORES, population=10)

        assert (found.se, found.low, found.high) == (0.0, found.mean, found.mean)
        assert found.reason == "all answered"

    def test_does_not_believe_a_population_smaller_than_the_answers(self) -> None:
        assert teams.mean(SCORES, population=9) == teams.mean(SCORES)

    @pytest.mark.parametrize("scores", [[], [None, np.inf]])
    def test_knows_nothing_of_nobody(self, scores: list[float | None]) -> None:
        assert teams.mean(scores) == teams.Estimate(None, None, None, None, 0, "nobody answered")

    @pytest.mark.parametrize("scores", [[4.0], [0.1, 0.1, 0.1], [1e-300, 1e-299]])
    def test_claims_no_precision_without_spread(self, scores: list[float]) -> None:
        found = teams.mean(scores)

        assert found.mean is not None
        assert (found.se, found.low, found.high) == (None, None, None)
        assert found.reason


class TestMeanFromMoments:
    @pytest.mark.parametrize("n", [1, 2, 9, 10])
    @pytest.mark.parametrize("population", [None, 10, 400])
    @pytest.mark.parametrize("pooled_sd", [None, 0.8])
    def test_equals_the_mean_of_the_raw_scores(
        self, n: int, population: int | None, pooled_sd: float | None
    ) -> None:
        options = {"population": population, "pooled_sd": pooled_sd, "pooled_df": 30}

        raw = teams.mean(SCORES[:n], **options)
        summed = teams.mean_from_moments(Moments.of(SCORES[:n]), **options)

        assert summed.reason == raw.reason
        for name in ("mean", "se", "low", "high", "n"):
            assert getattr(summed, name) == pytest.approx(getattr(raw, name), abs=1e-9)

    def test_knows_nothing_of_nobody(self) -> None:
        assert teams.mean_from_moments(Moments()).reason == "nobody answered"
