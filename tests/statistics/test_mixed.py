from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.statistics.mixed import random_intercept, within_between

Reference = Callable[[str], pd.DataFrame]

# Six teams of five, as in R's Dyestuff data set: the classic balanced example has a closed form.
TEAMS = np.repeat(range(6), 5)


class TestRandomIntercept:
    def test_agrees_with_lme4(self, reference: Reference) -> None:
        sleep = reference("sleepstudy")
        found = random_intercept(sleep.Reaction, sleep.Subject)
        assert found.mu == pytest.approx(298.5078916667)
        assert found.tau2 == pytest.approx(1278.3378, rel=1e-4)
        assert found.sigma2 == pytest.approx(1958.8652, rel=1e-4)
        assert found.effects[[308, 309]].tolist() == pytest.approx(
            [37.829172, -72.209816], rel=1e-4
        )

    def test_agrees_with_lme4_on_a_balanced_design(self, reference: Reference) -> None:
        dye = reference("Dyestuff")
        found = random_intercept(dye.Yield, dye.Batch)
        assert (found.tau2, found.sigma2) == pytest.approx((1764.05, 2451.25), rel=1e-4)
        assert found.effects["A"] == pytest.approx(-17.6068513669, rel=1e-4)
        assert found.effects["E"] == pytest.approx(56.7331877377, rel=1e-4)

    @pytest.mark.parametrize(("name", "icc"), [("HRS", 0.1292369965), ("LEAD", 0.1474613593)])
    def test_agrees_with_lme4_on_many_people(
        self, reference: Reference, name: str, icc: float
    ) -> None:
        data = reference("bh1996")
        found = random_intercept(data[name], data.GRP)
        assert found.tau2 / (found.tau2 + found.sigma2) == pytest.approx(icc, abs=1e-5)

    def test_has_the_closed_form_of_a_balanced_design(self, rng: np.random.Generator) -> None:
        values = rng.normal(size=6)[TEAMS] * 2 + rng.normal(size=30)
        table = pd.Series(values).groupby(TEAMS)
        within = table.var().mean()
        between = 5 * table.mean().var()

        found = random_intercept(values, TEAMS)

        assert found.sigma2 == pytest.approx(within, rel=1e-5)
        assert found.tau2 == pytest.approx((between - within) / 5, rel=1e-5)
        kept = found.tau2 / (found.tau2 + found.sigma2 / 5)
        expected = kept * (table.mean() - values.mean())
        assert found.effects.to_numpy() == pytest.approx(expected.to_numpy(), rel=1e-5)

    def test_gives_teams_that_do_not_differ_no_effect(self) -> None:
        found = random_intercept([1.0, 3.0, 1.0, 3.0, 1.0, 3.0], list("aabbcc"))

        assert found.tau2 == 0.0
        assert found.effects.eq(0).all()

    @given(st.lists(st.integers(1, 9), min_size=30, max_size=30), st.floats(0.1, 1e6))
    def test_does_not_depend_on_unit(self, values: list[int], unit: float) -> None:
        plain = random_intercept(np.array(values), TEAMS)
        changed = random_intercept(np.array(values) * unit + 7, TEAMS)

        if plain.tau2 is not None:
            assert changed.tau2 == pytest.approx(plain.tau2 * unit**2, rel=1e-4, abs=1e-9 * unit**2)
            assert changed.mu == pytest.approx(plain.mu * unit + 7, rel=1e-4)

    @pytest.mark.parametrize(
        ("values", "groups"),
        [
            ([], []),
            ([1.0, 2.0, 3.0], ["a"] * 3),
            ([1.0, 2.0, 3.0], ["a", "b", "c"]),
            ([1.0, 1.0, 2.0, 2.0], list("aabb")),
            ([4.1] * 6, list("aabbcc")),
            ([None, np.inf, 1.0], ["a", "b", "b"]),
        ],
    )
    def test_claims_nothing_from_nothing(self, values: list[float], groups: list[str]) -> None:
        found = random_intercept(values, groups)

        assert (found.mu, found.tau2, found.sigma2) == (None, None, None)
        assert found.effects.empty
        assert found.reason


class TestWithinBetween:
    def test_finds_planted_slopes(self, rng: np.random.Generator) -> None:
        teams = np.repeat(range(150), 12)
        level = rng.normal(size=150)[teams]
        inside = rng.normal(size=teams.size)
        x = level + inside
        y = 0.2 * inside + 0.7 * level + 0.3 * rng.normal(size=150)[teams]
        y += rng.normal(size=teams.size)

        found = within_between(x, y, teams)

        assert found.within == pytest.approx(0.2, abs=3 * found.within_se)
        assert found.between == pytest.approx(0.7, abs=3 * found.between_se + 0.05)
        assert found.contextual == pytest.approx(found.between - found.within)
        assert found.contextual_se == pytest.approx(
            np.hypot(found.within_se, found.between_se), rel=1e-6
        )

    def test_has_the_slope_of_least_squares_inside_teams(self, rng: np.random.Generator) -> None:
        x, y = rng.normal(size=(2, 30))
        dx, dy = (
            one - pd.Series(one).groupby(TEAMS).transform("mean").to_numpy() for one in (x, y)
        )

        assert within_between(x, y, TEAMS).within == pytest.approx((dx @ dy) / (dx @ dx))

    def test_needs_four_teams(self) -> None:
        x, y, teams = [1, 2, 2, 4, 3, 4, 5, 5], [2, 1, 3, 5, 4, 6, 1, 2], list("aabbccdd")

        assert within_between(x, y, teams).between is not None
        assert within_between(x[:6], y[:6], teams[:6]).between is None

    @pytest.mark.parametrize(
        ("x", "y", "groups"),
        [
            ([], [], []),
            ([1, 2, 3, 4, 5, 6], [2, 1, 3, 5, 4, 6], list("aabbcc")),
            ([1, 1, 2, 2, 3, 3, 5, 5], [2, 1, 3, 5, 4, 6, 1, 2], list("aabbccdd")),
            ([1, 2, 1, 2, 1, 2, 1, 2], [2, 1, 3, 5, 4, 6, 1, 2], list("aabbccdd")),
            ([1, 2, 2, 4, 3, 4, 5, 5], [2, 4, 4, 8, 6, 8, 10, 10], list("aabbccdd")),
            ([1, 2, 2, 4, 3, 4, 5, 5], [3] * 8, list("aabbccdd")),
        ],
    )
    def test_claims_nothing_from_nothing(
        self, x: list[float], y: list[float], groups: list[str]
    ) -> None:
        found = within_between(x, y, groups)

        assert (found.within, found.between, found.contextual) == (None, None, None)
        assert found.reason
