"""Who is said to come first: rarely anybody where nobody does, mostly the one who does."""

import numpy as np
import pandas as pd
import pytest

from survey.statistics.correlation import pearson
from survey.statistics.lags import PanelVar, panel_var
from tests.statistics.simulations.draws import NAMES, panels, repeated

Phi = tuple[tuple[float, float], tuple[float, float]]

ALONE: Phi = ((0.4, 0.0), (0.0, 0.4))
STAFF_FIRST: Phi = ((0.4, 0.0), (0.2, 0.4))
EACH_OTHER: Phi = ((0.4, 0.1), (0.1, 0.4))
SIZES = pytest.mark.parametrize(("n_teams", "n_waves"), [(40, 6), (40, 12), (100, 12)])
FEWEST_ALARMS, MOST_ALARMS = 0.02, 0.09


def draw(n_teams: int, n_waves: int, phi: Phi, count: int) -> list[pd.DataFrame]:
    rng = np.random.default_rng(7)
    return list(panels(rng, count=count, n_teams=n_teams, n_waves=n_waves, phi=phi))


def fit(drawn: list[pd.DataFrame]) -> list[PanelVar]:
    return [panel_var(one, **NAMES, replicates=150, seed=seed) for seed, one in enumerate(drawn)]


def share_of_arrows(found: list[PanelVar], *, after: int, before: int) -> float:
    """How often an arrow between the two is said to be there, whatever its sign."""
    at = after, before
    return float(np.mean([not one.low[at] <= 0 <= one.high[at] for one in found]))


def share_of_asymmetries(found: list[PanelVar]) -> float:
    """How often one arrow is said to be stronger than the other."""
    return float(np.mean([not one.asymmetry_low <= 0 <= one.asymmetry_high for one in found]))


class TestWhereNobodyLeads:
    @SIZES
    @repeated(150, 1000)
    def test_seldom_anybody_is_said_to(self, n_teams: int, n_waves: int, count: int) -> None:
        found = fit(draw(n_teams, n_waves, ALONE, count))

        for after, before in ((1, 0), (0, 1)):
            alarms = share_of_arrows(found, after=after, before=before)
            assert FEWEST_ALARMS <= alarms <= MOST_ALARMS
        assert FEWEST_ALARMS <= share_of_asymmetries(found) <= MOST_ALARMS
        assert np.mean([one.phi[1, 0] for one in found]) == pytest.approx(0, abs=0.03)

    def test_a_plain_correlation_with_the_wave_before_would_often_find_somebody(self) -> None:
        alarms = []
        for one in draw(40, 12, ALONE, 50):
            inside = one[["x", "y"]] - one.groupby("team")[["x", "y"]].transform("mean")
            before = inside.x.groupby(one.team).shift(1)
            alarms.append(pearson(before, inside.y).p_value < 0.05)

        assert np.mean(alarms) > 2 * MOST_ALARMS


class TestWhereEachLeadsTheOther:
    @repeated(150, 1000)
    def test_neither_is_said_to_lead_more(self, count: int) -> None:
        found = fit(draw(40, 12, EACH_OTHER, count))

        assert FEWEST_ALARMS <= share_of_asymmetries(found) <= MOST_ALARMS
        assert share_of_arrows(found, after=1, before=0) > 3 * MOST_ALARMS


class TestWhereStaffLead:
    @repeated(150, 1000)
    def test_it_is_mostly_found(self, count: int) -> None:
        found = fit(draw(40, 12, STAFF_FIRST, count))

        assert np.mean([one.low[1, 0] > 0 for one in found]) >= 0.85
        assert np.mean([one.asymmetry_low > 0 for one in found]) >= 0.65
        assert share_of_arrows(found, after=0, before=1) <= 0.12

    @repeated(30, 300)
    def test_it_is_as_good_as_always_found_in_twice_as_many_waves(self, count: int) -> None:
        found = fit(draw(40, 24, STAFF_FIRST, count))

        assert np.mean([one.low[1, 0] > 0 for one in found]) >= 0.97
        assert np.mean([one.asymmetry_low > 0 for one in found]) >= 0.85
