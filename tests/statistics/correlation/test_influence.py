import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.statistics.correlation import influence, pearson

PAIRS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=5, max_size=20).filter(
    lambda pairs: all(len(set(one)) > 1 for one in zip(*pairs, strict=True))
)


class TestInfluence:
    @given(PAIRS)
    def test_equals_leaving_each_team_out(self, pairs: list[tuple[int, int]]) -> None:
        x, y = (np.array(one, dtype=float) for one in zip(*pairs, strict=True))

        found = influence(x, y)

        for i, without in enumerate(found.r_without):
            expected = pearson(np.delete(x, i), np.delete(y, i)).r
            assert without == pytest.approx(expected or 0.0, abs=1e-8)

    def test_has_the_distance_of_cook(self) -> None:
        x, y = np.array([1, 2, 3, 4, 5, 9.0]), np.array([1, 3, 2, 5, 4, 2.0])
        line = np.polyfit(x, y, 1)
        variance = ((y - np.polyval(line, x)) ** 2).sum() / 4
        expected = [
            ((np.polyval(np.polyfit(np.delete(x, i), np.delete(y, i), 1), x)
              - np.polyval(line, x)) ** 2).sum() / (2 * variance)
            for i in range(6)
        ]  # fmt: skip

        assert influence(x, y).cooks_d.astype(float).tolist() == pytest.approx(expected)

    def test_names_the_teams(self) -> None:
        x = pd.Series([1.0, 2, 3, 4, 5, None], index=list("abcdef"))
        y = pd.Series([1.0, 3, 2, 5, 4, 9], index=list("abcdef"))

        assert influence(x, y).team.tolist() == list("abcde")

    def test_finds_nothing_left_without_the_only_team_that_differs(self) -> None:
        found = influence([0, 0, 0, 0, 0, 1], [1, 2, 3, 4, 5, 9])

        assert found.r_without.iloc[-1] == 0.0
        assert found.cooks_d.isna().tolist() == [False] * 5 + [True]

    def test_has_no_distance_on_a_perfect_line(self) -> None:
        assert influence([1, 2, 3, 4, 5], [2, 4, 6, 8, 10]).cooks_d.eq(0).all()

    @pytest.mark.parametrize(
        ("x", "y"), [([], []), ([1, 2, 3, 4], [1, 3, 2, 4]), ([1] * 6, [1, 2, 3, 4, 5, 6])]
    )
    def test_is_empty_where_nothing_can_be_left_out(self, x: list[float], y: list[float]) -> None:
        found = influence(x, y)

        assert found.columns.tolist() == ["team", "r_without", "cooks_d"]
        assert found.empty
        assert found.attrs["reason"]
