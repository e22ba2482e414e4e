import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.statistics.rollups import ItemMoments, Moments, pooled_spread

SCORES = st.lists(st.integers(4, 20).map(lambda v: v / 4), min_size=2, max_size=20)


class TestMoments:
    @given(SCORES, SCORES)
    def test_adds_up_to_the_raw_values(self, some: list[float], others: list[float]) -> None:
        together = Moments.of(some) + Moments.of(others)
        raw = np.array(some + others)

        assert together.n == raw.size
        assert together.mean == pytest.approx(raw.mean(), abs=1e-9)
        assert together.sd == pytest.approx(raw.std(ddof=1), abs=1e-9)

    def test_leaves_missing_scores_out(self) -> None:
        assert Moments.of([1.0, None, np.nan, np.inf, 3.0]) == Moments(2, 4.0, 10.0)

    def test_knows_no_spread_in_equal_scores(self) -> None:
        assert Moments.of([0.1] * 7).sd == 0.0

    def test_knows_nothing_of_nobody(self) -> None:
        assert Moments().mean is None
        assert Moments().sd is None
        assert Moments.of([3.0]).sd is None


class TestPooledSpread:
    def test_pools_within_the_groups(self) -> None:
        groups = [[1.0, 3.0], [10.0, 12.0, 14.0], [7.0], []]

        found = pooled_spread(map(Moments.of, groups))

        assert found.sd == pytest.approx(np.sqrt((2 + 8) / 3))
        assert (found.degrees_of_freedom, found.n_groups) == (3, 3)

    def test_says_that_no_group_has_two_scores(self) -> None:
        found = pooled_spread([Moments.of([1.0]), Moments()])

        assert found.sd is None
        assert found.reason


class TestItemMoments:
    def test_adds_up_to_the_raw_covariance(self, rng: np.random.Generator) -> None:
        items = pd.DataFrame(rng.integers(1, 6, (40, 4)).astype(float))
        items.iloc[3, 2] = np.nan

        together = ItemMoments.of(items[:15]) + ItemMoments.of(items[15:])

        assert together.n == 39
        assert np.allclose(together.covariance(), items.dropna().cov(), atol=1e-9)

    def test_tells_the_variances_alone_as_the_covariance_does(
        self, rng: np.random.Generator
    ) -> None:
        rows = rng.integers(1, 6, size=(9, 4)).astype(float)
        found = ItemMoments.of(pd.DataFrame(rows).assign(alike=0.1))

        assert found.variances().tolist() == np.diag(found.covariance()).tolist()
        assert found.variances()[-1] == 0 < found.variances()[0]

    def test_knows_no_covariance_of_a_constant_item(self) -> None:
        found = ItemMoments.of(pd.DataFrame({"a": [0.1, 0.1, 0.1], "b": [1, 2, 4]})).covariance()

        assert found[0].tolist() == [0, 0]
        assert found[1, 1] == pytest.approx(7 / 3)

    @pytest.mark.parametrize("people", [0, 1])
    def test_knows_no_covariance_of_fewer_than_two(self, people: int) -> None:
        found = ItemMoments.of(pd.DataFrame({"a": [1] * people, "b": [2] * people})).covariance()

        assert not found.any()

    def test_refuses_to_add_other_items(self) -> None:
        with pytest.raises(ValueError, match="do not add up"):
            ItemMoments.of(pd.DataFrame({"a": [1]})) + ItemMoments.of(
                pd.DataFrame({"a": [1], "b": [2]})
            )
