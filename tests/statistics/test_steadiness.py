"""Control charts of a figure over waves."""

import numpy as np
import pytest

from survey.statistics.steadiness import FEWEST_WAVES, LONG_RUN, usual_range

STEADY = [66.0, 68.0, 65.0, 67.0, 66.0, 69.0, 67.0, 66.0]


class TestUsualRange:
    def test_is_the_median_and_three_standard_deviations_from_moving_ranges(self) -> None:
        found = usual_range(STEADY)

        sd = np.median([2, 3, 2, 1, 3, 2, 1]) / 0.954
        assert found.middle == 66.5
        assert found.low == pytest.approx(66.5 - 3 * sd)
        assert found.high == pytest.approx(66.5 + 3 * sd)
        assert found.is_steady
        assert found.reason == ""

    def test_finds_what_falls_out_of_it(self) -> None:
        found = usual_range([*STEADY, 52.0, 48.0])

        assert found.outside == (8, 9)
        assert found.is_steady is False

    def test_is_not_widened_by_the_fall_that_it_should_show(self) -> None:
        before, after = usual_range(STEADY), usual_range([*STEADY, 40.0])

        assert before.high is not None
        assert after.high is not None
        assert after.high - after.low <= 1.5 * (before.high - before.low)  # type: ignore[operator]

    def test_is_never_narrower_than_the_margins_of_the_figures(self) -> None:
        found = usual_range([*STEADY, 52.0], [5.0] * 9)

        assert found.low == pytest.approx(66.0 - 15)
        assert found.outside == ()

    def test_skips_gaps_and_keeps_places(self) -> None:
        found = usual_range([*STEADY[:4], float("nan"), *STEADY[4:], 48.0])

        assert found.outside == (9,)
        assert found.n_waves == 9

    def test_finds_eight_in_a_row_on_one_side(self) -> None:
        low, high = [50.0, 53.0] * 5, [55.0, 58.0] * 5
        found = usual_range([*low, *high])

        assert found.runs
        assert min(found.runs) >= LONG_RUN - 1

    @pytest.mark.parametrize(("n_below", "is_run"), [(7, False), (8, True)])
    def test_finds_no_fewer_than_eight_in_a_row(self, n_below: int, is_run: bool) -> None:
        found = usual_range([*[50.0, 52.0, 50.0, 53.0] * 2][:n_below] + [55.0, 57.0, 60.0] * 3)

        assert (found.runs[:1] == (7,)) is is_run

    def test_ends_a_run_on_the_middle_itself(self) -> None:
        low, high = [50.0, 51.0, 50.0, 51.0], [59.0, 60.0, 59.0, 60.0]

        assert usual_range([*low, 55.0, *low, 55.0, *high, 55.0, *high]).runs == ()

    def test_calls_chance_steady_mostly(self) -> None:
        rng = np.random.default_rng(7)
        series = rng.normal(60, 3, size=(400, 12))
        alarms = sum(bool(usual_range(row, [3.0] * 12).outside) for row in series)

        assert alarms / 400 <= 0.06

    def test_would_call_chance_unsteady_with_narrow_limits(self) -> None:
        rng = np.random.default_rng(7)
        series = rng.normal(60, 3, size=(400, 12))
        alarms = sum(bool(usual_range(row / 3, [0.1] * 12).outside) for row in series)

        assert alarms / 400 > 0.06

    @pytest.mark.parametrize("values", [[], [60.0], STEADY[: FEWEST_WAVES - 1], [float("nan")] * 9])
    def test_says_nothing_of_too_few_waves(self, values: list[float]) -> None:
        found = usual_range(values)

        assert (found.middle, found.low, found.high) == (None, None, None)
        assert found.is_steady is None
        assert found.outside == found.runs == ()
        assert "waves" in found.reason

    def test_has_a_range_of_no_width_where_nothing_moves(self) -> None:
        found = usual_range([60.0] * 8, [None] * 8)

        assert (found.low, found.high) == (60.0, 60.0)
        assert found.is_steady
