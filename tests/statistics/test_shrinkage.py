from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.statistics.shrinkage import compare, empirical_bayes

Reference = Callable[[str], pd.DataFrame]
TEAMS = st.lists(st.tuples(st.floats(-100, 100), st.floats(0.01, 50)), min_size=2, max_size=20)


class TestEmpiricalBayes:
    def test_agrees_with_metafor(self, reference: Reference) -> None:
        trials = reference("bcg_yi_vi")
        found = empirical_bayes(trials.yi, trials.vi, method="dl")
        assert found.tau2 == pytest.approx(0.308760262862, abs=1e-8)
        assert found.mu == pytest.approx(-0.714117222073, abs=1e-8)
        assert found.shrunken[0] == pytest.approx(-0.799390973, abs=1e-8)

    def test_agrees_with_metafor_by_likelihood(self, reference: Reference) -> None:
        """R stops at steps of 1e-5; the root of the likelihood equation is .31324325814."""
        trials = reference("bcg_yi_vi")
        found = empirical_bayes(trials.yi, trials.vi)
        assert found.tau2 == pytest.approx(0.313243326, abs=1e-6)
        assert found.tau2 == pytest.approx(0.31324325814, abs=1e-10)

    def test_is_exact_on_a_balanced_design(self, reference: Reference) -> None:
        """With as many in every group it is the prediction of lme4's random intercept."""
        dye = reference("Dyestuff")
        batches = dye.groupby("Batch").Yield
        within = batches.var().mean() / 5

        found = empirical_bayes(batches.mean(), pd.Series(within, index=list("ABCDEF")))

        assert found.tau2 == pytest.approx(1764.05, rel=1e-6)
        assert found.shrunken["A"] - found.mu == pytest.approx(-17.6068513669, abs=1e-6)
        assert found.shrunken["E"] - found.mu == pytest.approx(56.7331877377, abs=1e-6)

    def test_agrees_with_the_eight_schools(self) -> None:
        """Rubin 1981; Gelman et al.: with tau2 = 0 all effects equal the mean of 7.69."""
        effects = [28, 8, -3, 7, -1, 1, 18, 12]
        errors = np.array([15, 10, 16, 11, 9, 11, 10, 18])

        found = empirical_bayes(effects, errors**2)

        assert found.tau2 == 0.0
        assert found.mu == pytest.approx(7.69, abs=0.01)
        assert found.shrunken.tolist() == pytest.approx([found.mu] * 8)
        assert found.se[0] == pytest.approx(4.07, abs=0.01)

    @pytest.mark.parametrize("method", ["reml", "dl"])
    def test_comes_nearer_to_the_truth(self, rng: np.random.Generator, method: str) -> None:
        truth = rng.normal(0, 1, 400)
        variances = 9.0 / rng.integers(5, 41, 400)
        means = truth + rng.normal(size=400) * np.sqrt(variances)

        found = empirical_bayes(means, variances, method=method)

        before, after = ((means - truth) ** 2).mean(), ((found.shrunken - truth) ** 2).mean()
        assert after < 0.85 * before
        covered = (np.abs(found.shrunken - truth) < 1.96 * found.se).mean()
        assert 0.92 < covered < 0.98
        assert found.tau2 == pytest.approx(1.0, abs=0.25)

    @pytest.mark.parametrize("method", ["reml", "dl"])
    @given(teams=TEAMS)
    def test_lies_between_the_mean_and_all(
        self, method: str, teams: list[tuple[float, float]]
    ) -> None:
        means, variances = (np.array(one) for one in zip(*teams, strict=True))

        found = empirical_bayes(means, variances, method=method)

        assert found.notna().all(axis=None)
        low, high = np.minimum(means, found.mu), np.maximum(means, found.mu)
        assert found.shrunken.between(low - 1e-9, high + 1e-9).all()
        assert found.weight.between(0, 1).all()
        assert (found.se <= np.sqrt(variances) * 2).all()

    @given(TEAMS, st.floats(0.01, 1000), st.floats(-1000, 1000))
    def test_does_not_depend_on_unit(
        self, teams: list[tuple[float, float]], unit: float, shift: float
    ) -> None:
        means, variances = (np.array(one) for one in zip(*teams, strict=True))

        plain = empirical_bayes(means, variances, method="dl")
        changed = empirical_bayes(means * unit + shift, variances * unit**2, method="dl")

        size = unit * (1 + np.abs(means).max())
        assert changed.mu == pytest.approx(plain.mu * unit + shift, abs=1e-6 * size)
        assert changed.tau2 == pytest.approx(plain.tau2 * unit**2, abs=1e-6 * size**2)

    def test_leaves_out_teams_without_a_variance(self) -> None:
        means = pd.Series([1.0, 2.0, 3.0, None, 5.0], index=list("abcde"))
        variances = pd.Series([0.5, 0.0, 0.5, 0.5, np.inf], index=list("abcde"))

        assert empirical_bayes(means, variances).index.tolist() == ["a", "c"]

    def test_finds_no_difference_between_equal_means(self) -> None:
        assert empirical_bayes([3.0, 3.0, 3.0], [1.0, 2.0, 3.0]).tau2 == 0.0

    @pytest.mark.parametrize(
        ("means", "variances"), [([], []), ([1.0], [1.0]), ([1.0, 2.0], [0.0, 1.0])]
    )
    def test_claims_nothing_from_one_team(self, means: list[float], variances: list[float]) -> None:
        found = empirical_bayes(means, variances)

        assert found.columns.tolist() == ["mean", "shrunken", "se", "weight"]
        assert found.empty
        assert (found.mu, found.tau2) == (None, None)
        assert found.reason

    def test_stays_itself_when_cut(self) -> None:
        found = empirical_bayes([1.0, 2.0, 6.0], [1.0, 1.0, 1.0])

        assert found.head(2).tau2 == found.tau2


class TestCompare:
    def test_weighs_the_difference_by_its_error(self) -> None:
        found = empirical_bayes([1.0, 2.0, 6.0], [1.0, 1.0, 1.0])
        a, b = found.iloc[2], found.iloc[0]

        assert compare(a, b) > 0.9
        assert compare(a, b) + compare(b, a) == pytest.approx(1)
        assert compare(a, a) == 0.5

    def test_is_the_normal_probability(self) -> None:
        a, b = (pd.Series({"shrunken": one, "se": 1.0}) for one in (1.0, 0.0))

        assert compare(a, b) == pytest.approx(0.76025, abs=1e-5)

    @pytest.mark.parametrize("unit", [1e-3, 1e3])
    def test_does_not_depend_on_the_unit(self, unit: float) -> None:
        a, b = (pd.Series({"shrunken": one * unit, "se": unit}) for one in (1.0, 0.0))

        assert compare(a, b) == pytest.approx(0.76025, abs=1e-5)

    @pytest.mark.parametrize("se", [0.0, float("nan"), float("inf")])
    def test_cannot_tell_without_an_error(self, se: float) -> None:
        a, b = (pd.Series({"shrunken": one, "se": se}) for one in (1.0, 0.0))

        assert compare(a, b) is None
