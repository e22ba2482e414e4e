from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.statistics import reliability
from survey.statistics.rollups import ItemMoments

Reference = Callable[[str], pd.DataFrame]
REVERSED = {"A": ["A1"], "C": ["C4", "C5"], "E": ["E1", "E2"]}
ROWS = st.lists(st.lists(st.integers(1, 5), min_size=4, max_size=4), max_size=25)


def facet(data: pd.DataFrame, letter: str) -> pd.DataFrame:
    items = data.filter(regex=f"^{letter}").copy()
    items[REVERSED[letter]] = 7 - items[REVERSED[letter]]
    return items


def one_factor(rng: np.random.Generator, loadings: list[float], people: int = 400) -> pd.DataFrame:
    weights = np.array(loadings)
    noise = rng.normal(size=(people, weights.size)) * np.sqrt(1 - weights**2)
    return pd.DataFrame(rng.normal(size=(people, 1)) * weights + noise)


def exactly(loadings: np.ndarray) -> pd.DataFrame:
    """Make answers whose correlations are those of the loadings, without error."""
    r = np.outer(loadings, loadings)
    np.fill_diagonal(r, 1.0)
    centred = np.random.default_rng(1).normal(size=(50, loadings.size))
    centred = np.linalg.qr(centred - centred.mean(axis=0))[0]
    return pd.DataFrame(centred @ np.linalg.cholesky(r).T)


class TestCronbachAlpha:
    def test_agrees_with_pingouin(self, reference: Reference) -> None:
        long = reference("pg_cronbach_alpha")
        wide = long.pivot_table(index="Subj", columns="Items", values="Scores")
        found = reliability.cronbach_alpha(wide)
        assert found.alpha == pytest.approx(0.5917188486, abs=1e-8)
        assert (found.low, found.high) == pytest.approx((0.195, 0.840), abs=5e-4)
        found = reliability.cronbach_alpha(reference("pg_cronbach_missing"))
        assert found.alpha == pytest.approx(0.8016949153, abs=1e-8)

    @pytest.mark.parametrize(
        ("letter", "alpha", "n"),
        [("A", 0.7037558944, 2709), ("C", 0.7292772032, 2707), ("E", 0.7609326395, 2713)],
    )
    def test_agrees_with_psych(
        self, reference: Reference, letter: str, alpha: float, n: int
    ) -> None:
        found = reliability.cronbach_alpha(facet(reference("bfi_ace"), letter))
        assert found.alpha == pytest.approx(alpha, abs=1e-8)
        assert found.n_people == n

    def test_agrees_with_psych_on_many_items(self, reference: Reference) -> None:
        items = reference("lq2002_lead").filter(regex=r"LEAD\d\d")
        assert reliability.cronbach_alpha(items).alpha == pytest.approx(0.9022365658, abs=1e-8)

    def test_follows_the_formula(self) -> None:
        items = pd.DataFrame({"a": [1, 2, 3, 4], "b": [1, 3, 2, 4]})
        a, b, both = (one.var() for one in (items.a, items.b, items.a + items.b))

        found = reliability.cronbach_alpha(items)

        assert found.alpha == pytest.approx(2 * (1 - (a + b) / both))
        assert found.mean_inter_item == pytest.approx(0.8)

    @given(ROWS)
    def test_is_the_same_from_moments(self, rows: list[list[int]]) -> None:
        items = pd.DataFrame(rows, columns=list("abcd"))

        raw = reliability.cronbach_alpha(items)
        summed = reliability.alpha_from_moments(
            ItemMoments.of(items[: len(rows) // 2]) + ItemMoments.of(items[len(rows) // 2 :])
        )

        assert (summed.n_items, summed.n_people, summed.reason) == (4, len(rows), raw.reason)
        for name in ("alpha", "low", "high", "mean_inter_item"):
            assert getattr(summed, name) == pytest.approx(getattr(raw, name), abs=1e-9)

    @given(ROWS, st.floats(-100, 100), st.floats(0.1, 50))
    def test_does_not_depend_on_unit(
        self, rows: list[list[int]], shift: float, unit: float
    ) -> None:
        items = pd.DataFrame(rows, columns=list("abcd"))

        changed = reliability.cronbach_alpha(items * unit + shift)

        assert changed.alpha == pytest.approx(reliability.cronbach_alpha(items).alpha, abs=1e-7)

    @pytest.mark.parametrize(
        "items",
        [
            pd.DataFrame(),
            pd.DataFrame({"a": [1, 2, 3, 4]}),
            pd.DataFrame({"a": [1, 2], "b": [2, 1]}),
            pd.DataFrame({"a": [0.1] * 5, "b": [0.7] * 5}),
            pd.DataFrame({"a": [1, 2, 3, 4.1], "b": [4.1, 3.1, 2.1, 1.0]}),
            pd.DataFrame({"a": [None] * 4, "b": [1, 2, 3, 4]}),
            pd.DataFrame({"a": [np.inf, 1e300, 1, 2], "b": [1, 2, 3, 4]}),
        ],
    )
    def test_claims_nothing_from_nothing(self, items: pd.DataFrame) -> None:
        found = reliability.cronbach_alpha(items)

        assert (found.alpha, found.low, found.high) == (None, None, None)
        assert found.reason

    def test_knows_no_correlation_of_a_constant_item(self) -> None:
        found = reliability.cronbach_alpha(pd.DataFrame({"a": [1, 2, 3], "b": [2, 2, 2]}))

        assert found.alpha == 0.0
        assert found.mean_inter_item is None


class TestMcdonaldOmega:
    def test_agrees_with_psych(self, reference: Reference) -> None:
        items = reference("lq2002_lead").filter(regex=r"LEAD\d\d")
        assert reliability.mcdonald_omega(items) == pytest.approx(0.903050688, abs=1e-8)

    @pytest.mark.parametrize(
        ("letter", "omega"), [("A", 0.7240216), ("C", 0.7337561), ("E", 0.7630600)]
    )
    def test_agrees_with_psych_by_likelihood(
        self, reference: Reference, letter: str, omega: float
    ) -> None:
        items = facet(reference("bfi_ace"), letter)
        assert reliability.mcdonald_omega(items, method="ml") == pytest.approx(omega, abs=1e-5)

    @pytest.mark.parametrize("method", ["minres", "ml"])
    def test_finds_the_planted_factor(self, rng: np.random.Generator, method: str) -> None:
        items = one_factor(rng, [0.8, 0.7, 0.6, 0.5], people=20_000)
        planted = 2.6**2 / (2.6**2 + 4 - 0.64 - 0.49 - 0.36 - 0.25)

        assert reliability.mcdonald_omega(items, method=method) == pytest.approx(planted, abs=0.01)
        turned = reliability.mcdonald_omega(-items, method=method)
        assert turned == pytest.approx(reliability.mcdonald_omega(items, method=method))

    @pytest.mark.parametrize("method", ["minres", "ml"])
    @pytest.mark.parametrize("loadings", [[0.9, 0.3, 0.2], [0.7, 0.2, 0.2], [0.97, 0.5, 0.4, 0.3]])
    def test_finds_a_factor_that_few_items_share(self, method: str, loadings: list[float]) -> None:
        """Plain steps take up to 40,000 here, and 2,000 of them used to find nothing."""
        planted = np.array(loadings)
        unique = (1 - planted**2).sum()

        found = reliability.mcdonald_omega(exactly(planted), method=method)

        assert found == pytest.approx(planted.sum() ** 2 / (planted.sum() ** 2 + unique), abs=1e-7)

    def test_survives_an_item_that_is_the_factor(self, rng: np.random.Generator) -> None:
        items = one_factor(rng, [1.0, 0.9, 0.2])

        assert 0 < reliability.mcdonald_omega(items) <= 1

    def test_finds_none_where_likelihood_does_not_settle(self) -> None:
        items = pd.DataFrame(
            {"a": [1, 4, 3, 5, 3, 3, 3], "b": [1, 3, 5, 3, 1, 2, 3], "c": [4, 4, 2, 3, 2, 2, 5]}
        )

        assert reliability.mcdonald_omega(items, method="ml") is None

    @given(ROWS, st.sampled_from(["minres", "ml"]))
    def test_stays_in_its_range(self, rows: list[list[int]], method: str) -> None:
        found = reliability.mcdonald_omega(pd.DataFrame(rows, columns=list("abcd")), method=method)

        assert found is None or 0 <= found <= 1

    @pytest.mark.parametrize(
        "items",
        [
            pd.DataFrame({"a": [1, 2, 3, 4], "b": [2, 1, 4, 3]}),
            pd.DataFrame({"a": [1, 2], "b": [2, 1], "c": [3, 1]}),
            pd.DataFrame({"a": [1, 2, 3], "b": [2, 1, 2], "c": [1, 1, 1]}),
            pd.DataFrame(np.vstack([np.eye(3), -np.eye(3)])),
        ],
    )
    def test_finds_no_factor_where_there_is_none(self, items: pd.DataFrame) -> None:
        assert reliability.mcdonald_omega(items) is None
