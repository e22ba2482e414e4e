import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t

from survey.statistics.lags import PanelVar, panel_var, panel_vars
from survey.statistics.lags.correction import Sums, add_up, corrected
from survey.statistics.lags.panel import read_panels
from survey.statistics.resampling import draw_counts
from tests.statistics.simulated import ALONE, NAMES, STAFF_FIRST, panel, wide

KEYS = {"team": "team", "wave": "wave"}


def fit_many(n_teams: int, n_waves: int, phi: list[list[float]], count: int) -> list[PanelVar]:
    rng = np.random.default_rng(7)
    return [
        panel_var(panel(rng, n_teams, n_waves, phi), **NAMES, replicates=150, seed=i)
        for i in range(count)
    ]


class TestPanelVar:
    @pytest.mark.parametrize(("n_teams", "n_waves"), [(40, 6), (40, 12), (100, 12)])
    def test_rarely_finds_a_leader_where_there_is_none(self, n_teams: int, n_waves: int) -> None:
        found = fit_many(n_teams, n_waves, ALONE, 150)

        alarms = np.mean([not one.low[1, 0] <= 0 <= one.high[1, 0] for one in found])
        assert 0.02 <= alarms <= 0.09
        assert 0.01 <= np.mean([one.asymmetry_p < 0.05 for one in found]) <= 0.10
        assert np.mean([one.phi[1, 0] for one in found]) == pytest.approx(0, abs=0.03)

    def test_mostly_finds_the_leader_that_is_there(self) -> None:
        found = fit_many(40, 12, STAFF_FIRST, 40)

        assert np.mean([one.low[1, 0] > 0 for one in found]) >= 0.85
        assert np.mean([one.asymmetry_low > 0 for one in found]) >= 0.60

    def test_takes_the_bias_of_short_panels_out(self) -> None:
        found = fit_many(100, 8, ALONE, 30)

        assert np.mean([one.naive[0, 0] for one in found]) < 0.30
        assert np.mean([one.phi[0, 0] for one in found]) == pytest.approx(0.4, abs=0.03)

    def test_is_the_same_again(self, rng: np.random.Generator) -> None:
        data = panel(rng, 30, 8, STAFF_FIRST)

        plain, again = panel_var(data, **NAMES), panel_var(data, **NAMES)

        assert (plain.low == again.low).all()
        assert panel_var(data, **NAMES, seed=2).low[0, 0] != plain.low[0, 0]

    @settings(max_examples=15)
    @given(seed=st.integers(0, 99), scale=st.floats(0.01, 100), shift=st.floats(-50, 50))
    def test_does_not_mind_order_and_units(self, seed: int, scale: float, shift: float) -> None:
        data = panel(np.random.default_rng(seed), 25, 6, STAFF_FIRST)
        other = data.sample(frac=1, random_state=seed).assign(
            x=lambda frame: frame.x * scale + shift, y=lambda frame: shift - frame.y / scale
        )

        plain, again = (panel_var(one, **NAMES, replicates=100) for one in (data, other))

        turn = np.array([[1, -1], [-1, 1]])
        assert again.phi == pytest.approx(turn * plain.phi, abs=1e-5)
        assert again.high - again.low == pytest.approx(plain.high - plain.low, rel=1e-3)
        assert again.p_values == pytest.approx(plain.p_values, rel=1e-2, abs=1e-4)

    @settings(max_examples=5)
    @given(seed=st.integers(0, 99))
    def test_does_not_mind_what_teams_are_called(self, seed: int) -> None:
        data = panel(np.random.default_rng(seed), 25, 6, STAFF_FIRST)
        names = np.random.default_rng(seed).permutation(25)

        plain = panel_var(data, **NAMES)
        renamed = panel_var(data.assign(team=names[data.team]), **NAMES)

        assert renamed.phi == pytest.approx(plain.phi, abs=1e-5)
        assert renamed.high == pytest.approx(plain.high, abs=0.05)

    @settings(max_examples=15)
    @given(seed=st.integers(0, 99))
    def test_turns_round_with_its_figures(self, seed: int) -> None:
        data = panel(np.random.default_rng(seed), 25, 6, STAFF_FIRST)

        plain = panel_var(data, **NAMES, replicates=100)
        turned = panel_var(data, team="team", wave="wave", x="y", y="x", replicates=100)

        for name in ("phi", "low", "high", "p_values", "naive"):
            expected = getattr(plain, name)[::-1, ::-1]
            assert getattr(turned, name) == pytest.approx(expected, abs=1e-4)
        assert turned.asymmetry == pytest.approx(-plain.asymmetry, abs=1e-5)
        assert turned.asymmetry_low == pytest.approx(-plain.asymmetry_high, abs=1e-4)
        assert turned.asymmetry_p == pytest.approx(plain.asymmetry_p, abs=1e-4)

    def test_tests_what_the_interval_says(self) -> None:
        found = fit_many(30, 6, [[0.4, 0.1], [0.2, 0.4]], 40)

        for one in found:
            assert ((one.low > 0) | (one.high < 0)).tolist() == (one.p_values < 0.05).tolist()
            leaves_out_zero = one.asymmetry_low > 0 or one.asymmetry_high < 0
            assert leaves_out_zero == (one.asymmetry_p < 0.05)
        assert len({one.p_values[1, 0] < 0.05 for one in found}) == 2
        assert all(0 <= p <= 1 for one in found for p in one.p_values.ravel())

    def test_takes_its_interval_and_p_value_from_teams_drawn_again(
        self, rng: np.random.Generator
    ) -> None:
        data = panel(rng, 22, 6, STAFF_FIRST)
        (read,) = read_panels(data, **KEYS, xs=["x"], ys=["y"])
        counts = draw_counts(22, replicates=100, seed=5)
        drawn = corrected(Sums(*add_up(read.figures, read.members, counts)), 5)[1][:, :, 1:]

        found = panel_var(data, **NAMES, replicates=100, seed=5)

        error = drawn.std(axis=2, ddof=1) * np.sqrt(22 / 21)
        assert found.high - found.phi == pytest.approx(t.ppf(0.975, 21) * error)
        assert found.p_values == pytest.approx(2 * t.sf(np.abs(found.phi) / error, 21))

    def test_ignores_a_shock_common_to_all_teams(self, rng: np.random.Generator) -> None:
        data = panel(rng, 30, 8, ALONE)
        shock = np.array([0, 3, -2, 5, 1, -4, 2, 0.0])[data.wave]

        shaken = panel_var(data.assign(x=data.x + shock, y=data.y + 2 * shock), **NAMES)

        assert shaken.phi == pytest.approx(panel_var(data, **NAMES).phi)

    def test_leaves_out_and_counts_teams_that_miss_a_wave(self, rng: np.random.Generator) -> None:
        data = panel(rng, 30, 8, ALONE)
        data.loc[3, "x"] = np.nan

        found = panel_var(data.drop(index=[20, 21]), **NAMES)

        assert (found.n_teams, found.n_waves, found.n_left_out) == (28, 8, 2)

    @pytest.mark.parametrize(("n_waves", "is_early"), [(11, True), (12, False)])
    def test_marks_short_panels_as_early(
        self, rng: np.random.Generator, n_waves: int, is_early: bool
    ) -> None:
        assert panel_var(panel(rng, 20, n_waves, ALONE), **NAMES).is_early is is_early

    def test_stays_stationary(self, rng: np.random.Generator) -> None:
        data = panel(rng, 20, 6, [[0.97, 0.0], [0.0, 0.97]])

        found = panel_var(data, **NAMES)

        assert np.abs(np.linalg.eigvals(found.phi)).max() <= 0.98 + 1e-9
        turning = panel_var(panel(rng, 20, 6, [[0.5, -0.8], [0.8, 0.5]]), **NAMES)
        assert np.abs(np.linalg.eigvals(turning.phi)).max() <= 0.98 + 1e-9

    @pytest.mark.parametrize(
        ("n_teams", "n_waves", "constant"),
        [(0, 0, None), (1, 1, None), (19, 12, None), (40, 5, None), (30, 8, "x"), (30, 8, "both")],
    )
    def test_claims_nothing_from_too_little(
        self, rng: np.random.Generator, n_teams: int, n_waves: int, constant: str | None
    ) -> None:
        data = panel(rng, max(n_teams, 1), max(n_waves, 1), ALONE)[: n_teams * n_waves]
        if constant:
            data["x"] = 3.3
        if constant == "both":
            data["y"] = data.team * 2.0

        found = panel_var(data, **NAMES)

        assert (found.phi, found.low, found.high, found.asymmetry) == (None, None, None, None)
        assert (found.p_values, found.asymmetry_p, found.naive) == (None, None, None)
        assert found.reason

    def test_claims_nothing_where_all_teams_do_the_same(self, rng: np.random.Generator) -> None:
        data = panel(rng, 30, 8, ALONE)
        shape, size = data[data.team == 0], data.team + 1.0
        same = data.assign(
            x=size * shape.x.to_numpy()[data.wave], y=size * shape.y.to_numpy()[data.wave]
        )

        found = panel_var(same, **NAMES)

        assert (found.phi, found.p_values) == (None, None)
        assert "change alike" in found.reason

    @pytest.mark.parametrize(("n_changing", "is_told"), [(1, False), (3, False), (20, True)])
    def test_claims_nothing_where_few_teams_change(
        self, rng: np.random.Generator, n_changing: int, is_told: bool
    ) -> None:
        data = panel(rng, 30, 8, STAFF_FIRST)
        data["x"] = data.x.where(data.team < n_changing, 3.0)

        found = panel_var(data, **NAMES)

        assert (found.phi is not None) is is_told
        assert ("few teams" in found.reason) is not is_told

    def test_claims_nothing_from_a_single_draw(self, rng: np.random.Generator) -> None:
        found = panel_var(panel(rng, 30, 8, ALONE), **NAMES, replicates=1)

        assert found.phi is None
        assert "draw" in found.reason

    def test_refuses_a_team_and_wave_given_twice(self, rng: np.random.Generator) -> None:
        data = panel(rng, 20, 6, ALONE)

        with pytest.raises(ValueError, match="given twice"):
            panel_var(pd.concat([data, data[:1]]), **NAMES)


class TestPanelVars:
    def test_gives_each_pair_what_it_has_alone(self, rng: np.random.Generator) -> None:
        data = wide(rng, 30, 8)
        data.loc[data.index[:16], "v"] = np.nan
        data.loc[data.wave == 7, "w"] = np.nan
        data.loc[100, "w"] = np.nan

        found = panel_vars(data, **KEYS, xs=["x", "v"], ys=["y", "w"])

        assert list(found) == [("x", "y"), ("x", "w"), ("v", "y"), ("v", "w")]
        assert [one.n_teams for one in found.values()] == [30, 29, 28, 27]
        assert [one.n_waves for one in found.values()] == [8, 7, 8, 7]
        assert [one.n_left_out for one in found.values()] == [0, 1, 0, 1]
        for (x, y), one in found.items():
            alone = panel_var(data, **KEYS, x=x, y=y)
            for name in ("phi", "low", "high", "p_values", "naive", "asymmetry_p"):
                assert getattr(one, name) == pytest.approx(getattr(alone, name), abs=1e-12)

    def test_draws_alike_for_all_pairs(self, rng: np.random.Generator) -> None:
        data = wide(rng, 30, 8).assign(v=lambda frame: frame.x)

        found = panel_vars(data, **KEYS, xs=["x", "v"], ys=["y"])

        assert (found["x", "y"].low == found["v", "y"].low).all()

    def test_says_pair_by_pair_what_is_missing(self, rng: np.random.Generator) -> None:
        data = wide(rng, 30, 8)
        data["v"] = data.v.where(data.wave > 2)
        data["w"] = 1.0

        found = panel_vars(data, **KEYS, xs=["x", "v"], ys=["y", "w"])

        assert found["x", "y"].reason == ""
        assert "6 waves" in found["v", "y"].reason
        assert "independently" in found["x", "w"].reason

    def test_rarely_finds_a_leader_where_half_the_teams_miss_a_wave(self) -> None:
        rng = np.random.default_rng(7)
        alarms = []
        for i in range(150):
            data = panel(rng, 80, 8, ALONE)
            data["x"] = data.x.where((data.team < 40) | (data.wave != 3))
            found = panel_vars(data, **KEYS, xs=["x"], ys=["y"], replicates=150, seed=i)["x", "y"]
            alarms.append(found.p_values[1, 0] < 0.05)
            assert found.n_teams == 40

        assert 0.02 <= np.mean(alarms) <= 0.09

    @pytest.mark.parametrize(("xs", "ys"), [([], ["y"]), (["x"], []), ([], [])])
    def test_takes_no_pairs(self, rng: np.random.Generator, xs: list[str], ys: list[str]) -> None:
        assert panel_vars(panel(rng, 20, 6, ALONE), **KEYS, xs=xs, ys=ys) == {}
