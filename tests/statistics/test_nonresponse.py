"""What those who did not answer could change."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.statistics.nonresponse import design_effect, post_stratify, worst_shift


class TestPostStratify:
    def test_counts_each_level_as_in_the_headcount(self) -> None:
        found = post_stratify([1, 1, 1, 5], ["old", "old", "old", "new"], {"old": 50, "new": 50})

        # Weights 2/3 and 2.
        assert found.mean == pytest.approx((3 * 2 / 3 * 1 + 2 * 5) / 4)
        assert found.design_effect == pytest.approx(4 * (3 * 4 / 9 + 4) / 16)
        assert found.n_effective == pytest.approx(4 / found.design_effect)

    def test_cuts_weights_to_a_third_and_three(self) -> None:
        scores, levels = [1.0] * 19 + [5.0], ["many"] * 19 + ["few"]

        found = post_stratify(scores, levels, {"many": 10, "few": 990})

        assert found.mean == pytest.approx((19 / 3 * 1 + 3 * 5) / (19 / 3 + 3))

    def test_leaves_out_levels_without_a_headcount(self) -> None:
        found = post_stratify([1, 1, 5], ["a", "a", "unknown"], {"a": 9})

        assert (found.mean, found.n, found.design_effect) == (1.0, 2, 1.0)

    def test_makes_up_for_no_level_in_which_nobody_answered(self) -> None:
        found = post_stratify([1, 3], ["a", "b"], {"a": 10, "b": 10, "silent": 80})

        assert found.mean == 2.0

    @pytest.mark.parametrize("values", [[], [None, None]])
    def test_says_why_there_is_no_mean(self, values: list[None]) -> None:
        found = post_stratify(values, ["a"] * len(values), {"a": 10})

        assert (found.mean, found.design_effect, found.n_effective, found.n) == (
            None,
            None,
            None,
            0,
        )
        assert found.reason

    @given(st.lists(st.floats(0, 100), min_size=3, max_size=30), st.integers(1, 1000))
    def test_changes_nothing_where_everybody_is_alike(self, scores: list[float], head: int) -> None:
        found = post_stratify(scores, ["one"] * len(scores), {"one": head})

        assert found.mean == pytest.approx(np.mean(scores))
        assert found.design_effect == pytest.approx(1.0)


class TestDesignEffect:
    def test_is_one_plus_the_squared_coefficient_of_variation(self) -> None:
        weights = np.array([0.5, 1.0, 3.0])

        expected = 1 + weights.var() / weights.mean() ** 2
        assert design_effect(weights) == pytest.approx(expected)

    def test_is_one_without_weights(self) -> None:
        assert design_effect([]) == 1.0


class TestWorstShift:
    def test_is_half_a_standard_deviation_of_those_who_kept_silent(self) -> None:
        assert worst_shift(0.6, 20.0) == pytest.approx(4.0)
        assert worst_shift(1.0, 20.0) == 0.0

    @pytest.mark.parametrize(
        ("rate", "sd"), [(None, 20.0), (0.5, None), (1.2, 20.0), (-0.1, 20.0), (0.5, -1.0),
                         (float("nan"), 20.0), (0.5, float("inf"))],
    )  # fmt: skip
    def test_is_not_known_without_both(self, rate: float | None, sd: float | None) -> None:
        assert worst_shift(rate, sd) is None
