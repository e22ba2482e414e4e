from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.statistics import correlation
from survey.statistics.correlation import all_pairs, pairs, robust
from survey.statistics.inputs import complete
from survey.statistics.resampling import draw_counts

CLOSE = 1e-9
NUMBERS = st.integers(0, 9) | st.floats(-1e3, 1e3).map(lambda number: round(number, 3))
GAPS = st.sampled_from([None, np.nan, np.inf, -np.inf, 1e60])


@st.composite
def tables(draw: st.DrawFn, most_teams: int = 24) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Two tables of one to three columns over the same teams: ties, gaps, constants, huge units."""
    n_teams = draw(st.integers(0, most_teams))
    kinds = [st.integers(0, 3), NUMBERS, NUMBERS | GAPS, st.just(7.5), st.just(None)]
    columns = []
    for _ in range(draw(st.integers(2, 6))):
        one = draw(st.lists(draw(st.sampled_from(kinds)), min_size=n_teams, max_size=n_teams))
        unit = draw(st.sampled_from([1.0, 1.0, 1e45, 1e-45]))
        columns.append([None if value is None else value * unit for value in one])
    split = draw(st.integers(1, len(columns) - 1))
    index = [f"team {i}" for i in range(n_teams)]
    x, y = (
        pd.DataFrame(dict(enumerate(some)), index=index, dtype=float).rename(columns=str)
        for some in (columns[:split], columns[split:])
    )
    return x, y


def assert_equal(found: correlation.Correlation, expected: correlation.Correlation) -> None:
    numbers = ("r", "low", "high", "p_value")
    assert [getattr(found, name) for name in numbers] == pytest.approx(
        [getattr(expected, name) for name in numbers], abs=CLOSE
    )
    assert (found.n_teams, found.reason) == (expected.n_teams, expected.reason)


def linked(rng: np.random.Generator, n_teams: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    x = pd.DataFrame(rng.normal(size=(n_teams, 3)), columns=["fair", "seen", "voice"])
    y = pd.DataFrame(rng.normal(size=(n_teams, 2)), columns=["kind", "trust"])
    return x, y.add(x["fair"], axis=0)


class TestAllPairs:
    @given(tables())
    def test_equals_each_coefficient_of_each_pair(
        self, given_tables: tuple[pd.DataFrame, pd.DataFrame]
    ) -> None:
        x, y = given_tables
        found = all_pairs(x, y)

        assert list(found) == [(a, b) for a in x for b in y]
        for (a, b), one in found.items():
            for name in ("pearson", "spearman", "kendall"):
                assert_equal(getattr(one, name), getattr(correlation, name)(x[a], y[b]))
            assert one.n_teams == one.pearson.n_teams

    @given(tables())
    def test_leaves_each_team_out(self, given_tables: tuple[pd.DataFrame, pd.DataFrame]) -> None:
        x, y = given_tables
        for (a, b), one in all_pairs(x, y).items():
            table = correlation.influence(x[a], y[b])
            if table.empty:
                assert one.reason == table.attrs["reason"]
                assert one.loo_low is one.loo_high is one.most_moving is one.n_influential is None
                continue
            without = table.set_index("team")["r_without"]
            moved = (without - one.pearson.r).abs()
            assert (one.loo_low, one.loo_high) == pytest.approx(
                (without.min(), without.max()), abs=CLOSE
            )
            assert one.r_without_it == pytest.approx(without[one.most_moving], abs=CLOSE)
            assert moved[one.most_moving] == pytest.approx(moved.max(), abs=CLOSE)
            distances, limit = table["cooks_d"].dropna().astype(float), 4 / len(table)
            assert one.n_influential >= (distances > limit + CLOSE).sum()
            assert one.n_influential <= (distances > limit - CLOSE).sum()

    @given(tables(), st.integers(1, 3))
    def test_draws_all_pairs_alike(
        self, given_tables: tuple[pd.DataFrame, pd.DataFrame], seed: int
    ) -> None:
        x, y = given_tables
        counts = draw_counts(len(x), replicates=200, seed=seed)
        for (a, b), one in all_pairs(x, y, counts=counts).items():
            expected = self.expected_bounds(x[a], y[b], counts)
            assert (one.bootstrap_low, one.bootstrap_high) == pytest.approx(
                (expected.low, expected.high), abs=CLOSE
            )
            if one.n_teams >= 5:
                assert one.reason == expected.reason

    def expected_bounds(self, x: pd.Series, y: pd.Series, counts: Any) -> correlation.Correlation:
        teams, (a, b) = complete(x, y)
        single = correlation.bootstrap(a, b, replicates=1)
        if len(teams) < 8 or "same in every team" in single.reason:
            return single
        return robust.interval(a, b, counts[:, x.index.isin(teams)], method="bca")

    def test_equals_the_bootstrap_with_the_same_seed(self, rng: np.random.Generator) -> None:
        x, y = linked(rng, 40)
        found = all_pairs(x, y, counts=draw_counts(40, seed=5))

        for (a, b), one in found.items():
            expected = correlation.bootstrap(x[a], y[b], seed=5)
            assert (one.bootstrap_low, one.bootstrap_high) == pytest.approx(
                (expected.low, expected.high), abs=CLOSE
            )

    def test_equals_them_for_many_teams_with_gaps(self, rng: np.random.Generator) -> None:
        x, y = linked(rng, 150)
        x, y = x.mask(rng.random(x.shape) < 0.1), y.round(1)

        for (a, b), one in all_pairs(x, y).items():
            for name in ("pearson", "spearman", "kendall"):
                assert_equal(getattr(one, name), getattr(correlation, name)(x[a], y[b]))
            without = correlation.influence(x[a], y[b]).set_index("team")["r_without"]
            assert one.most_moving == (without - one.pearson.r).abs().idxmax()

    def test_takes_figures_of_any_size_side_by_side(self, rng: np.random.Generator) -> None:
        x, y = linked(rng, 12)
        flat = np.where(rng.random(12) < 0.5, -0.3, -0.1 - 0.2)

        found = all_pairs(x.assign(fair=x.fair * 1e40, seen=-x.seen * 1e-40, voice=flat), y - 1e3)

        expected = all_pairs(x, y)
        for name in y:
            assert found["fair", name].pearson.r == pytest.approx(expected["fair", name].pearson.r)
            assert found["seen", name].pearson.r == pytest.approx(-expected["seen", name].pearson.r)
            assert found["voice", name].pearson.r is None

    def test_finds_the_team_that_a_link_hangs_on(self) -> None:
        x = pd.DataFrame({"fair": [1.0, 2, 1, 2, 1, 2, 9]}, index=list("abcdefg"))
        y = pd.DataFrame({"kind": [1.0, 1, 2, 2, 1, 1, 9]}, index=list("abcdefg"))

        found = all_pairs(x, y)["fair", "kind"]

        assert found.pearson.r > 0.9
        assert (found.most_moving, found.n_influential) == ("g", 1)
        assert found.r_without_it == found.loo_low == pytest.approx(0.0, abs=1e-9)

    def test_sees_that_nothing_is_there_to_draw(self, rng: np.random.Generator) -> None:
        x, y = linked(rng, 12)
        rare = x.assign(fair=[1.0] + [0.0] * 11)

        found = all_pairs(rare, y, counts=draw_counts(12))

        assert found["fair", "kind"].reason == "too few teams differ to draw them again"
        assert found["fair", "kind"].loo_low is not None
        assert found["seen", "kind"].reason == ""

    def test_says_nothing_of_draws_that_nobody_asked_for(self, rng: np.random.Generator) -> None:
        found = all_pairs(*linked(rng, 6))["fair", "kind"]

        assert (found.bootstrap_low, found.reason) == (None, "")

    def test_takes_many_pairs_in_turns(
        self, rng: np.random.Generator, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        x, y = linked(rng, 10)
        counts = draw_counts(10, replicates=100)
        at_once = all_pairs(x, y, counts=counts)
        monkeypatch.setattr(pairs, "CELLS", 250)

        in_turns = all_pairs(x, y, counts=counts)

        assert list(in_turns) == list(at_once)
        for one, other in zip(in_turns.values(), at_once.values(), strict=True):
            assert_equal(one.pearson, other.pearson)
            assert one.bootstrap_low == pytest.approx(other.bootstrap_low, abs=CLOSE)

    @pytest.mark.parametrize("n_teams", range(6))
    def test_claims_nothing_from_nothing(self, n_teams: int) -> None:
        x = pd.DataFrame({"fair": np.arange(n_teams), "flat": 1.0})
        y = pd.DataFrame({"kind": np.arange(n_teams)[::-1] * 1.0, "none": np.nan})

        found = all_pairs(x, y, counts=draw_counts(n_teams, replicates=20))

        assert all(one.reason for one in found.values())
        assert all(one.bootstrap_low is None for one in found.values())
        assert found["fair", "none"].n_teams == 0
        assert found["fair", "kind"].pearson.r == (-1.0 if n_teams >= 3 else None)

    @pytest.mark.parametrize("n_teams", [3, 4, 5])
    def test_says_as_much_of_few_teams_as_one_pair_does(
        self, rng: np.random.Generator, n_teams: int
    ) -> None:
        x, y = linked(rng, n_teams)

        for (a, b), one in all_pairs(x, y).items():
            for name in ("pearson", "spearman", "kendall"):
                assert_equal(getattr(one, name), getattr(correlation, name)(x[a], y[b]))
            assert one.pearson.r is not None
            assert (one.pearson.low is None) == (n_teams == 3)

    def test_is_empty_without_columns(self) -> None:
        assert (
            all_pairs(pd.DataFrame(index=[0, 1]), pd.DataFrame({"kind": [1, 2]}, index=[0, 1]))
            == {}
        )

    def test_refuses_rows_that_do_not_belong_together(self) -> None:
        x, y = pd.DataFrame({"a": [1, 2]}), pd.DataFrame({"b": [1, 2]}, index=[1, 0])

        with pytest.raises(ValueError, match="same teams in the same order"):
            all_pairs(x, y)
        with pytest.raises(ValueError, match="one column per team"):
            all_pairs(x, x, counts=np.ones((5, 3)))
