import numpy as np
import pandas as pd
import pytest

from survey.statistics.lags import PanelVar, panel_var, profile

NAMES = {"team": "team", "wave": "wave", "x": "x", "y": "y"}
ALONE = [[0.4, 0.0], [0.0, 0.4]]
STAFF_FIRST = [[0.4, 0.0], [0.2, 0.4]]


def panel(
    rng: np.random.Generator, n_teams: int, n_waves: int, phi: list[list[float]]
) -> pd.DataFrame:
    """Simulate teams with levels of their own, errors correlated .3, and 30 waves to settle."""
    level = rng.normal(size=(n_teams, 2))
    z = np.zeros((n_teams, 2))
    waves = []
    for _ in range(30 + n_waves):
        error = rng.normal(size=(n_teams, 2))
        error[:, 1] = 0.3 * error[:, 0] + np.sqrt(0.91) * error[:, 1]
        z = level + z @ np.array(phi).T + error
        waves.append(z)
    values = np.stack(waves[30:], axis=1)
    return pd.DataFrame(
        {
            "team": np.repeat(range(n_teams), n_waves),
            "wave": np.tile(range(n_waves), n_teams),
            "x": values[:, :, 0].ravel(),
            "y": values[:, :, 1].ravel(),
        }
    )


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
        assert np.mean([one.phi[1, 0] for one in found]) == pytest.approx(0, abs=0.03)

    def test_mostly_finds_the_leader_that_is_there(self) -> None:
        found = fit_many(40, 12, STAFF_FIRST, 40)

        assert np.mean([one.low[1, 0] > 0 for one in found]) >= 0.85
        assert np.mean([one.asymmetry_low > 0 for one in found]) >= 0.60

    def test_takes_the_bias_of_short_panels_out(self) -> None:
        found = fit_many(100, 8, ALONE, 30)

        assert np.mean([one.naive[0, 0] for one in found]) < 0.30
        assert np.mean([one.phi[0, 0] for one in found]) == pytest.approx(0.4, abs=0.03)

    def test_is_the_same_again_in_any_order_and_unit(self, rng: np.random.Generator) -> None:
        data = panel(rng, 30, 8, STAFF_FIRST)
        shuffled = data.sample(frac=1, random_state=1).assign(x=lambda frame: frame.x * 40 + 9)

        plain, again = panel_var(data, **NAMES), panel_var(data, **NAMES)

        assert (plain.low == again.low).all()
        assert panel_var(shuffled, **NAMES).phi == pytest.approx(plain.phi)
        assert panel_var(data, **NAMES, seed=2).low[0, 0] != plain.low[0, 0]

    def test_turns_round_with_its_figures(self, rng: np.random.Generator) -> None:
        data = panel(rng, 30, 8, STAFF_FIRST)

        plain = panel_var(data, **NAMES)
        turned = panel_var(data, team="team", wave="wave", x="y", y="x")

        assert turned.phi == pytest.approx(plain.phi[::-1, ::-1])
        assert turned.asymmetry == pytest.approx(-plain.asymmetry)

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
        assert found.reason

    def test_refuses_a_team_and_wave_given_twice(self, rng: np.random.Generator) -> None:
        data = panel(rng, 20, 6, ALONE)

        with pytest.raises(ValueError, match="given twice"):
            panel_var(pd.concat([data, data[:1]]), **NAMES)


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

    def test_is_the_same_again(self, rng: np.random.Generator) -> None:
        data = panel(rng, 10, 6, STAFF_FIRST)

        first = profile(data, **NAMES, max_lag=2)

        pd.testing.assert_frame_equal(first, profile(data, **NAMES, max_lag=2))

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
