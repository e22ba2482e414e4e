"""Numbers with their intervals on a common axis."""

import pytest

from survey.dashboards.linkage.strips import Strip, line_up, read_strip, side_of_zero


class TestStrip:
    def test_has_a_bar_as_long_as_its_interval(self) -> None:
        strip = Strip("a", 0.1, -0.2, 0.3)

        assert (strip.start, strip.end) == (-0.2, 0.3)

    def test_has_no_bar_without_an_interval(self) -> None:
        assert (Strip("a", 0.1).start, Strip("a", 0.1).end) == (0.1, 0.1)


class TestReadStrip:
    def test_keeps_a_missing_number_missing_and_says_why(self) -> None:
        strip = read_strip("a", {"r": None, "low": None, "high": None, "reason": "too few"})

        assert (strip.value, strip.reason) == (None, "too few")

    def test_reads_a_number_under_another_name(self) -> None:
        assert read_strip("a", {"estimate": 0.1, "low": 0.0, "high": 0.2}, "estimate").value == 0.1


class TestLineUp:
    @pytest.mark.parametrize(
        ("strip", "reach"),
        [(Strip("a", 0.1, -0.3, 0.39), 0.4), (Strip("a", 0.4), 0.4), (Strip("a", None), 0.2),
         (Strip("a", -0.5, -0.81, -0.1), 1.0)],
    )  # fmt: skip
    def test_takes_the_shortest_axis_that_holds_everything(
        self, strip: Strip, reach: float
    ) -> None:
        strips = line_up([strip])

        assert strips.reach == pytest.approx(reach)
        assert strips.low == -strips.reach


class TestSideOfZero:
    @pytest.mark.parametrize(
        ("low", "high", "side"),
        [(0.1, 0.2, 1), (-0.2, -0.1, -1), (-0.1, 0.2, 0), (0.0, 0.2, 0), (None, None, 0)],
    )
    def test_says_on_which_side_an_interval_lies(
        self, low: float | None, high: float | None, side: int
    ) -> None:
        assert side_of_zero({"low": low, "high": high}) == side
