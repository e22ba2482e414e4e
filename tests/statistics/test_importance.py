from collections.abc import Callable
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.statistics import importance

Reference = Callable[[str], pd.DataFrame]
Method = Callable[[pd.DataFrame, pd.Series], pd.Series]
EACH = pytest.mark.parametrize("method", [importance.lmg, importance.johnson])


def r_squared(x: pd.DataFrame, y: pd.Series) -> float:
    if not len(x.columns):
        return 0.0
    design = np.column_stack([np.ones(len(x)), x])
    left = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
    return float(1 - (left**2).sum() / ((y - y.mean()) ** 2).sum())


def linked(rng: np.random.Generator, *, n: int = 60, p: int = 3) -> tuple[pd.DataFrame, pd.Series]:
    common = rng.normal(size=(n, 1))
    x = pd.DataFrame(common + rng.normal(size=(n, p)), columns=list("abcdefghijklmn")[:p])
    return x, x @ np.arange(1.0, p + 1) + rng.normal(size=n) * 4


class TestShares:
    def test_agree_with_relaimpo(self, reference: Reference) -> None:
        swiss = reference("swiss")
        x = swiss[["Agriculture", "Examination", "Education", "Catholic", "Infant.Mortality"]]
        lmg = [0.0570912208, 0.1711730289, 0.2601346786, 0.1055701504, 0.1127659229]
        johnson = [0.0484168958, 0.1547082498, 0.2719641046, 0.1146800299, 0.1169657214]

        assert importance.lmg(x, swiss.Fertility).tolist() == pytest.approx(lmg, abs=1e-8)
        assert importance.johnson(x, swiss.Fertility).tolist() == pytest.approx(johnson, abs=1e-8)
        for method in (importance.lmg, importance.johnson):
            assert method(x, swiss.Fertility).sum() == pytest.approx(0.7067350016, abs=1e-8)

    def test_of_lmg_average_over_all_orders(self, rng: np.random.Generator) -> None:
        x, y = linked(rng, p=4)
        gains = [
            [
                r_squared(x[list(order[: order.index(one) + 1])], y)
                - r_squared(x[list(order[: order.index(one)])], y)
                for one in x.columns
            ]
            for order in permutations(x.columns)
        ]

        assert importance.lmg(x, y).tolist() == pytest.approx(np.mean(gains, axis=0).tolist())

    @EACH
    @given(seed=st.integers(0, 10_000), p=st.integers(1, 6))
    def test_sum_to_r_squared(self, method: Method, seed: int, p: int) -> None:
        x, y = linked(np.random.default_rng(seed), p=p)

        shares = method(x, y)

        assert shares.sum() == pytest.approx(r_squared(x, y), abs=1e-9)
        assert (shares > -1e-12).all()

    @EACH
    def test_do_not_depend_on_unit_or_order(self, rng: np.random.Generator, method: Method) -> None:
        x, y = linked(rng)

        turned = method(x[["c", "a", "b"]] * [-1, 1e3, 1e-3] + 5, y * 7)

        assert turned[["a", "b", "c"]].tolist() == pytest.approx(method(x, y).tolist())

    @EACH
    @pytest.mark.parametrize(
        ("x", "y"),
        [
            (pd.DataFrame(), []),
            (pd.DataFrame({"a": [1.0, 2.0]}), [1.0, 2.0]),
            (pd.DataFrame({"a": [1, 2, 3, 4], "b": [2, 4, 6, 8]}), [1, 3, 2, 4]),
            (pd.DataFrame({"a": [1, 2, 3, 4], "b": [2, 2, 2, 2]}), [1, 3, 2, 4]),
            (pd.DataFrame({"a": [1, 2, 3, 4]}), [5, 5, 5, 5]),
            (pd.DataFrame({"a": [1, None, np.inf, 4]}), [1, 2, 3, 4]),
        ],
    )
    def test_are_empty_where_r_squared_is_not_defined(
        self, method: Method, x: pd.DataFrame, y: list[float]
    ) -> None:
        found = method(x, y)

        assert found.empty
        assert found.attrs["reason"]

    def test_of_more_than_twelve_need_johnson(self, rng: np.random.Generator) -> None:
        x, y = linked(rng, p=13)

        assert "johnson" in importance.lmg(x, y).attrs["reason"]
        assert importance.johnson(x, y).sum() == pytest.approx(r_squared(x, y))


class TestRanked:
    def test_orders_what_differs_clearly(self, rng: np.random.Generator) -> None:
        x = pd.DataFrame(rng.normal(size=(300, 3)), columns=list("abc"))

        found = importance.ranked(x, 3 * x.a + x.b + rng.normal(size=300), replicates=200)

        assert found.rank_low.tolist() == [1, 2, 3]
        assert found.rank_high.tolist() == [1, 2, 3]
        assert (found.low <= found.share).all()
        assert (found.share <= found.high).all()

    def test_leaves_open_what_does_not_differ(self, rng: np.random.Generator) -> None:
        x = pd.DataFrame(rng.normal(size=(40, 2)), columns=list("ab"))

        found = importance.ranked(x, x.a + x.b + rng.normal(size=40), replicates=200)

        assert found.rank_low.tolist() == [1, 1]
        assert found.rank_high.tolist() == [2, 2]

    def test_survives_draws_without_variation(self) -> None:
        x = pd.DataFrame({"a": [0.0] * 11 + [1.0], "b": 0.0}).assign(b=range(12))

        found = importance.ranked(x[["a"]], pd.Series(range(12)), replicates=50)

        assert found.notna().all(axis=None)

    def test_needs_ten_teams_per_predictor(self, rng: np.random.Generator) -> None:
        x, y = linked(rng, n=30)

        enough = importance.ranked(x, y, replicates=20)
        too_few = importance.ranked(x[:29], y[:29])

        assert list(enough.index) == list(x.columns)
        assert too_few.empty
        assert list(too_few.columns) == list(enough.columns)
        assert "ten teams" in too_few.attrs["reason"]
