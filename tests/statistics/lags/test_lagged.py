import numpy as np
import pandas as pd
import pytest

from survey.statistics.lags import lagged, profile, profiles
from tests.statistics.simulated import ALONE, NAMES, STAFF_FIRST, panel, wide

KEYS = {"team": "team", "wave": "wave"}


class TestProfile:
    def test_shows_at_which_lag_the_link_is(self, rng: np.random.Generator) -> None:
        data = panel(rng, 60, 12, [[0.0, 0.0], [0.5, 0.0]])

        found = profile(data, **NAMES, max_lag=4)

        assert found.columns.tolist() == ["lag", "r", "low", "high", "n_teams"]
        assert found.lag.tolist() == [0, 1, 2, 3, 4]
        assert found.r.idxmax() == 1
        assert found.low[1] > 0.2
        assert (found.n_teams == 60).all()

    def test_holds_for_all_lags_together(self) -> None:
        rng = np.random.default_rng(11)
        alarms = 0
        for i in range(150):
            data = panel(rng, 20, 8, ALONE)
            data["y"] = panel(rng, 20, 8, ALONE).y
            found = profile(data, **NAMES, max_lag=4, replicates=300, seed=i)
            alarms += ((found.low > 0) | (found.high < 0)).any()

        assert 0.01 < alarms / 150 < 0.10

    def test_is_less_sure_of_lags_with_fewer_waves(self, rng: np.random.Generator) -> None:
        found = profile(panel(rng, 30, 12, ALONE), **NAMES, max_lag=9)

        low, z, high = np.arctanh(found[["low", "r", "high"]].to_numpy().T)

        assert (high - low)[9] > 1.3 * (high - low)[0]
        assert (low + high) / 2 == pytest.approx(z)

    def test_is_the_same_again(self, rng: np.random.Generator) -> None:
        data = panel(rng, 10, 6, STAFF_FIRST)

        first, other = (profile(data, **NAMES, max_lag=2, seed=seed) for seed in (1, 2))

        pd.testing.assert_frame_equal(first, profile(data, **NAMES, max_lag=2))
        assert other.r.tolist() == first.r.tolist()
        assert other.high.tolist() != first.high.tolist()

    def test_needs_eight_teams(self, rng: np.random.Generator) -> None:
        data = panel(rng, 8, 8, ALONE)

        found, too_few = (profile(one, **NAMES, max_lag=2) for one in (data, data[data.team < 7]))

        assert found.n_teams.tolist() == [8, 8, 8]
        assert too_few.empty
        assert too_few.columns.tolist() == found.columns.tolist()

    def test_leaves_out_lags_with_too_few_waves(self, rng: np.random.Generator) -> None:
        assert profile(panel(rng, 10, 6, ALONE), **NAMES, max_lag=9).lag.tolist() == [0, 1, 2, 3]

    def test_has_no_width_below_nothing_on_a_copy(self, rng: np.random.Generator) -> None:
        data = panel(rng, 10, 6, ALONE)

        found = profile(data.assign(y=data.x), **NAMES, max_lag=1)

        assert found.r[0] == pytest.approx(1)
        assert found.notna().all(axis=None)

    @pytest.mark.parametrize(
        ("n_teams", "n_waves", "constant"),
        [(0, 0, False), (7, 8, False), (9, 2, False), (9, 8, True)],
    )
    def test_is_empty_where_nothing_changes(
        self, rng: np.random.Generator, n_teams: int, n_waves: int, constant: bool
    ) -> None:
        data = panel(rng, max(n_teams, 1), max(n_waves, 1), ALONE)[: n_teams * n_waves]
        data["x"] = 1.0 if constant else data.x

        found = profile(data, **NAMES, max_lag=2)

        assert found.empty
        assert found.attrs["reason"]

    def test_does_not_mind_order_and_units(self, rng: np.random.Generator) -> None:
        data = panel(rng, 12, 8, STAFF_FIRST)
        other = data.sample(frac=1, random_state=1).assign(x=lambda frame: 9 - frame.x * 40)

        plain, again = (profile(one, **NAMES, max_lag=3) for one in (data, other))

        assert again.r.to_numpy() == pytest.approx(-plain.r)
        assert again.low.to_numpy() == pytest.approx(-plain.high)


class TestProfiles:
    def test_give_each_pair_what_it_has_alone(self, rng: np.random.Generator) -> None:
        data = wide(rng, 30, 8)
        data.loc[3, "v"] = np.nan
        data["w"] = data.w.where(data.wave > 5)

        found = profiles(data, **KEYS, xs=["x", "v"], ys=["y", "w"], max_lag=3)

        assert list(found) == [("x", "y"), ("x", "w"), ("v", "y"), ("v", "w")]
        for (x, y), one in found.items():
            alone = profile(data, **KEYS, x=x, y=y, max_lag=3)
            pd.testing.assert_frame_equal(one, alone)
            assert one.attrs == alone.attrs
        assert found["v", "y"].n_teams.tolist() == [29] * 4
        assert found["v", "w"].empty

    @pytest.mark.parametrize("n_teams", [60, 160])
    def test_need_no_permutations_with_many_teams(
        self, rng: np.random.Generator, n_teams: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        data = wide(rng, n_teams, 10)
        found = []
        for most in (0, 1000):
            monkeypatch.setattr(lagged, "MOST_TEAMS_TO_PERMUTE", most)
            found.append(
                profiles(data, **KEYS, xs=["x", "v"], ys=["y", "w"], max_lag=4, replicates=4000)
            )

        for pair, normal in found[0].items():
            permuted = found[1][pair]
            assert normal.r.to_numpy() == pytest.approx(permuted.r)
            widths = [(one.high - one.low).to_numpy() for one in (normal, permuted)]
            assert (widths[0] != widths[1]).all()
            assert widths[0] == pytest.approx(widths[1], rel=0.1)

    def test_hold_for_all_lags_together_with_many_teams(self) -> None:
        rng = np.random.default_rng(11)
        alarms = 0
        for i in range(150):
            data = wide(rng, 160, 6).drop(columns=["x", "w"])
            found = profiles(data, **KEYS, xs=["v"], ys=["y"], max_lag=3, replicates=300, seed=i)[
                "v", "y"
            ]
            alarms += ((found.low > 0) | (found.high < 0)).any()

        assert 0.01 < alarms / 150 < 0.10

    def test_take_no_lags(self, rng: np.random.Generator) -> None:
        found = profiles(panel(rng, 20, 6, ALONE), **KEYS, xs=["x"], ys=["y"], max_lag=-1)

        assert found["x", "y"].empty
        assert found["x", "y"].attrs["reason"]
