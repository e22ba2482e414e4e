import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.statistics import scales

ANSWERS = st.lists(st.integers(1, 5), min_size=1, max_size=9)


class TestScore:
    def test_turns_reversed_items_round(self) -> None:
        items = pd.DataFrame({"proud": [5, 1], "drained": [1, 1]}, index=["x", "y"])

        found = scales.score(items, reverse=["drained"], minimum=1, maximum=5)

        assert found.to_dict() == {"x": 5.0, "y": 3.0}

    @pytest.mark.parametrize(
        ("answers", "expected"),
        [
            ([4, None], 4.0),
            ([None, None], None),
            ([4, 2, None], 3.0),
            ([4, None, None], None),
            ([4, 2, None, None], 3.0),
            ([5, 5, 5, 5, 5, None, None, None, None], 5.0),
            ([5, 5, 5, 5, None, None, None, None, None], None),
        ],
    )
    def test_needs_half_of_the_items(
        self, answers: list[float | None], expected: float | None
    ) -> None:
        items = pd.DataFrame([answers]).astype(float)

        found = scales.score(items, minimum=1, maximum=5)

        assert found.isna().all() if expected is None else found.tolist() == [expected]

    def test_counts_an_answer_outside_the_scale_as_none(self) -> None:
        items = pd.DataFrame({"a": [6.0, 4.0], "b": [np.inf, 2.0], "c": [3.0, -1.0]})

        found = scales.score(items, minimum=1, maximum=5)

        assert found.isna().tolist() == [True, False]
        assert found[1] == 3.0

    def test_needs_at_least_one_answer(self) -> None:
        assert (
            scales.score(pd.DataFrame({"a": [None]}), minimum=1, maximum=5, answered_share=0.0)
            .isna()
            .all()
        )

    def test_scores_nobody(self) -> None:
        assert scales.score(pd.DataFrame({"a": []}), minimum=1, maximum=5).empty
        assert scales.score(pd.DataFrame(index=[1]), minimum=1, maximum=5).isna().all()

    @given(ANSWERS)
    def test_mirrors_when_everything_is_reversed(self, answers: list[int]) -> None:
        items = pd.DataFrame([answers])

        plain = scales.score(items, minimum=1, maximum=5)
        turned = scales.score(items, reverse=list(items.columns), minimum=1, maximum=5)

        assert (plain + turned).iloc[0] == pytest.approx(6)

    def test_refuses_an_unknown_item(self) -> None:
        with pytest.raises(ValueError, match="unknown reversed items: 7, b"):
            scales.score(pd.DataFrame({"a": [1]}), reverse=["b", 7], minimum=1, maximum=5)

    def test_refuses_an_empty_range(self) -> None:
        with pytest.raises(ValueError, match="cannot run from 5 to 5"):
            scales.score(pd.DataFrame({"a": [1]}), minimum=5, maximum=5)


class TestToHundred:
    def test_stretches_the_ends(self) -> None:
        found = scales.to_hundred(pd.Series([1.0, 3.0, 5.0]), minimum=1, maximum=5)

        assert found.tolist() == [0, 50, 100]
        assert scales.to_hundred(2.0, minimum=1, maximum=5) == 25
        assert scales.to_hundred(np.int64(2), minimum=1, maximum=5) == 25

    def test_keeps_who_is_who(self) -> None:
        scores = pd.Series([2, None, np.inf], index=["x", "y", "z"], dtype=object)

        found = scales.to_hundred(scores, minimum=1, maximum=5)

        assert found["x"] == 25
        assert found[["y", "z"]].isna().all()

    @pytest.mark.parametrize("scores", [[1, 2, None], (1, 2, None), np.array([1, 2, np.nan])])
    def test_takes_any_column(self, scores: list[float | None]) -> None:
        found = scales.to_hundred(scores, minimum=1, maximum=5)

        assert found[:2].tolist() == [0, 25]
        assert np.isnan(found[2])


class TestFavourableShare:
    def test_counts_who_reaches_the_threshold(self) -> None:
        assert scales.favourable_share([4.0, 3.9, 5.0, None], threshold=4) == pytest.approx(2 / 3)

    def test_forgives_rounding(self) -> None:
        assert scales.favourable_share([0.1 + 0.2, 0.3 - 1e-15], threshold=0.3) == 1.0

    def test_knows_nothing_of_nobody(self) -> None:
        assert scales.favourable_share([None, np.nan], threshold=4) is None


class TestRecommendScore:
    def test_subtracts_detractors_from_promoters(self) -> None:
        found = scales.recommend_score([10, 9, 8, 7, 6, 0, 0, None, 11, -1])

        assert found.score == pytest.approx(100 * (2 - 3) / 7)
        assert found.n == 7

    def test_bounds_it_by_the_adjusted_wald(self) -> None:
        found = scales.recommend_score([10] * 5 + [8] * 3 + [2] * 4)
        p, d = 5.75 / 15, 4.75 / 15
        half = 1.96 * np.sqrt((p + d - (p - d) ** 2) / 15)

        assert found.low == pytest.approx(100 * (p - d - half), abs=0.01)
        assert found.high == pytest.approx(100 * (p - d + half), abs=0.01)

    @pytest.mark.parametrize(("answer", "end"), [(10, "high"), (0, "low")])
    def test_ends_where_the_scale_ends(self, answer: int, end: str) -> None:
        found = scales.recommend_score([answer] * 5)

        assert getattr(found, end) == found.score

    @given(st.lists(st.integers(0, 10), min_size=1, max_size=30))
    def test_stays_in_its_range_and_turns_round(self, answers: list[int]) -> None:
        found = scales.recommend_score(answers)

        assert found.score is not None
        assert found.low is not None
        assert found.high is not None
        assert -100 <= found.low < found.high <= 100
        assert found.low <= found.score <= found.high

    @pytest.mark.parametrize(("answer", "end"), [(10, 100), (0, -100)])
    def test_holds_the_score_of_a_single_answer(self, answer: int, end: int) -> None:
        """The formula alone would end at 98.5."""
        found = scales.recommend_score([answer])

        assert end in (found.low, found.high)

    def test_covers_the_truth_where_the_plain_interval_fails(
        self, rng: np.random.Generator
    ) -> None:
        draws = rng.choice([9, 7, 0], p=[0.6, 0.25, 0.15], size=(1500, 5))
        found = [scales.recommend_score(one) for one in draws]

        covered = np.mean([f.low <= 45 <= f.high for f in found])

        assert 0.92 < covered < 0.97

    def test_says_that_nobody_answered(self) -> None:
        found = scales.recommend_score([None, 12])

        assert (found.score, found.low, found.high, found.n) == (None, None, None, 0)
        assert found.reason
