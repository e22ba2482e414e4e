import pytest

from survey.statistics import correlation

PUBLISHED = {
    8: 0.833, 10: 0.770, 12: 0.718, 15: 0.657, 20: 0.582, 25: 0.528, 30: 0.487, 40: 0.427,
    50: 0.384, 75: 0.317, 100: 0.276, 150: 0.226, 200: 0.197, 300: 0.161, 500: 0.125,
}  # fmt: skip


class TestMinimumDetectable:
    @pytest.mark.parametrize(("n_teams", "r"), PUBLISHED.items())
    def test_agrees_with_pwr(self, n_teams: int, r: float) -> None:
        assert correlation.minimum_detectable(n_teams) == pytest.approx(r, abs=5e-4)

    @pytest.mark.parametrize(
        ("n_teams", "r"), [(304, 0.16), (194, 0.20), (85, 0.30), (46, 0.40), (29, 0.50)]
    )
    def test_turns_the_needed_number_of_teams_round(self, n_teams: int, r: float) -> None:
        assert correlation.minimum_detectable(n_teams) <= r
        assert correlation.minimum_detectable(n_teams - 1) > r - 0.001

    def test_asks_nearly_all_of_four_teams(self) -> None:
        least = [correlation.minimum_detectable(n_teams) for n_teams in (4, 5, 6)]

        assert 1 > least[0] > 0.98 > least[1] > least[2]

    def test_asks_more_for_more_power(self) -> None:
        assert correlation.minimum_detectable(40, power=0.95) > correlation.minimum_detectable(40)

    @pytest.mark.parametrize(
        ("n_teams", "power"), [(3, 0.8), (0, 0.8), (30, 0.05), (30, 1.0), (4, 0.06)]
    )
    def test_knows_no_answer_at_the_ends(self, n_teams: int, power: float) -> None:
        assert correlation.minimum_detectable(n_teams, power=power) is None


class TestDisattenuated:
    def test_divides_by_the_ceiling(self) -> None:
        found = correlation.disattenuated(
            0.2461, reliability_x=0.5217, reliability_y=0.7246, low=-0.1, high=0.9
        )

        assert found.ceiling == pytest.approx(0.6148, abs=1e-4)
        assert found.r == pytest.approx(0.40, abs=1e-3)
        assert found.low == pytest.approx(-0.1 / found.ceiling)
        assert found.high == 1.0

    def test_leaves_the_interval_open_without_ends(self) -> None:
        found = correlation.disattenuated(0.3, reliability_x=1.2, reliability_y=1.0)

        assert (found.r, found.low, found.high, found.ceiling) == (0.3, None, None, 1.0)

    @pytest.mark.parametrize("end", [float("nan"), float("inf"), -float("inf")])
    def test_has_no_end_that_is_none(self, end: float) -> None:
        found = correlation.disattenuated(
            0.3, reliability_x=0.8, reliability_y=0.8, low=end, high=end
        )

        assert (found.r, found.low, found.high) == (pytest.approx(0.375), None, None)

    def test_corrects_from_a_product_of_thirty_hundredths_on(self) -> None:
        found = correlation.disattenuated(0.3, reliability_x=0.5, reliability_y=0.6)

        assert found.r == pytest.approx(0.3 / 0.3**0.5)

    @pytest.mark.parametrize(
        ("r", "x", "y", "reason"),
        [
            (0.3, float("nan"), 0.8, "not known"),
            (0.3, 0.8, float("inf"), "not known"),
            (float("nan"), 0.8, 0.8, "no correlation"),
            (0.3, None, 0.8, "not known"),
            (0.3, 0.8, None, "not known"),
            (None, 0.8, 0.8, "no correlation"),
            (0.1, 0.5, 0.5, "too noisy to correct"),
            (0.1, -0.2, 0.9, "too noisy to correct"),
            (0.9, 0.8, 0.8, ">1: too noisy"),
        ],
    )
    def test_refuses_noise(
        self, r: float | None, x: float | None, y: float | None, reason: str
    ) -> None:
        found = correlation.disattenuated(r, reliability_x=x, reliability_y=y)

        assert found.r is None
        assert reason in found.reason
