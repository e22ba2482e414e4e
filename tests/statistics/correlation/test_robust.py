import numpy as np
import pytest
import scipy.stats

from survey.statistics.correlation import bootstrap, pearson, steiger


def pair(rng: np.random.Generator, n: int, r: float = 0.4) -> tuple[np.ndarray, np.ndarray]:
    x = rng.normal(size=n)
    return x, r * x + np.sqrt(1 - r**2) * rng.normal(size=n)


class TestBootstrap:
    def test_agrees_with_scipy(self, rng: np.random.Generator) -> None:
        x, y = pair(rng, 50)
        expected = scipy.stats.bootstrap(
            (x, y), lambda a, b, axis: scipy.stats.pearsonr(a, b, axis=axis).statistic,
            paired=True, method="BCa", n_resamples=9999, rng=1,
        ).confidence_interval  # fmt: skip

        found = bootstrap(x, y, replicates=9999)

        assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=0.015)
        assert found.r == pytest.approx(pearson(x, y).r)
        assert found.p_value is None

    def test_is_the_same_again(self, rng: np.random.Generator) -> None:
        x, y = pair(rng, 20)

        assert bootstrap(x, y) == bootstrap(x, y)
        assert bootstrap(x, y) != bootstrap(x, y, seed=2)

    def test_covers_the_truth(self, rng: np.random.Generator) -> None:
        found = [bootstrap(*pair(rng, 40), replicates=600) for _ in range(300)]

        assert 0.90 < np.mean([one.low <= 0.4 <= one.high for one in found]) <= 0.98

    def test_takes_percentiles_of_many_teams_only(self, rng: np.random.Generator) -> None:
        x, y = pair(rng, 40)

        found = bootstrap(x, y, method="percentile")

        assert found.low < found.r < found.high
        assert "needs 40 teams" in bootstrap(x[:39], y[:39], method="percentile").reason

    def test_stays_a_point_on_a_perfect_line(self) -> None:
        x = np.arange(20.0)
        found = bootstrap(x, -x)

        assert (found.r, found.low, found.high) == pytest.approx((-1, -1, -1))

    @pytest.mark.parametrize(
        ("x", "y"),
        [
            ([], []),
            (list(range(7)), [1, 3, 2, 5, 4, 6, 0]),
            ([0] * 9 + [1], list(range(10))),
            ([2] * 10, list(range(10))),
        ],
    )
    def test_claims_nothing_from_too_little(self, x: list[float], y: list[float]) -> None:
        found = bootstrap(x, y)

        assert (found.r, found.low, found.high) == (None, None, None)
        assert found.reason


class TestSteiger:
    EXAMPLE = {"n": 103, "r12": 0.5, "r34": 0.6, "r23": 0.5, "r13": 0.7, "r14": 0.5, "r24": 0.8}

    def test_agrees_with_the_paper(self) -> None:
        found = steiger(**self.EXAMPLE)

        assert found.z == pytest.approx(-1.4, abs=0.05)
        assert found.p_value == pytest.approx(2 * scipy.stats.norm.sf(abs(found.z)))

    def test_is_the_test_of_two_samples_without_overlap(self) -> None:
        found = steiger(n=53, r12=0.5, r34=0.2, r13=0.0, r14=0.0, r23=0.0, r24=0.0)

        assert found.z == pytest.approx((np.arctanh(0.5) - np.arctanh(0.2)) * np.sqrt(50 / 2))

    def test_has_the_covariance_of_pearson_and_filon(self) -> None:
        """Written out by powers as in 1898, with both correlations at their mean."""
        r, r13, r14, r23, r24 = 0.4, 0.3, 0.1, 0.25, -0.2
        squares = r13**2 + r14**2 + r23**2 + r24**2
        products = r13 * r14 + r23 * r24 + r13 * r23 + r14 * r24
        covariance = (r**2 * squares / 2 + r13 * r24 + r14 * r23 - r * products) / (1 - r**2) ** 2

        found = steiger(n=103, r12=0.5, r34=0.3, r13=r13, r14=r14, r23=r23, r24=r24)

        difference = np.arctanh(0.5) - np.arctanh(0.3)
        assert found.z == pytest.approx(difference * np.sqrt(100 / (2 - 2 * covariance)))

    def test_turns_round(self) -> None:
        swapped = self.EXAMPLE | {"r12": 0.6, "r34": 0.5, "r14": 0.5, "r23": 0.5}

        assert steiger(**swapped).z == pytest.approx(-steiger(**self.EXAMPLE).z)

    @pytest.mark.parametrize(
        "changes",
        [{"n": 3}, {"r12": 1.0}, {"r34": -1.0}, {"r12": float("nan")}, {"r34": float("inf")},
         {"r13": float("nan")}, {"r24": 1.01},
         {"r12": 0.5, "r34": 0.5, "r13": 1.0, "r24": 1.0, "r14": 0.5, "r23": 0.5}],
    )  # fmt: skip
    def test_claims_nothing_where_nothing_can_differ(self, changes: dict[str, float]) -> None:
        found = steiger(**(self.EXAMPLE | changes))

        assert (found.z, found.p_value) == (None, None)
        assert found.reason
