"""The field a chart of teams is drawn on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.dashboards.linkage.frame import (
    EDGE,
    QUADRANTS,
    Frame,
    draw_axis,
    draw_quadrants,
    find_frame,
    name_quadrants,
)
from survey.dashboards.linkage.units import Unit
from survey.linkage.printed import Margin

means = st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), min_size=1, max_size=30)


def units(*pairs: tuple[float, float]) -> list[Unit]:
    return [
        Unit("t", "T", "Teams", Margin(x, None, None, 9), Margin(y, None, None, 30))
        for x, y in pairs
    ]


class TestFindFrame:
    @given(pairs=means)
    def test_holds_every_team_whole_and_nothing_beyond_the_field(
        self, pairs: list[tuple[float, float]]
    ) -> None:
        frame = find_frame(units(*pairs))

        for ends, middle, values in (
            (frame.x, frame.x_median, [x for x, _ in pairs]),
            (frame.y, frame.y_median, [y for _, y in pairs]),
        ):
            assert -EDGE <= ends[0] <= min(values) - EDGE
            assert max(values) + EDGE <= ends[1] <= 100 + EDGE
            assert ends[0] < middle < ends[1]

    def test_ends_at_a_round_number(self) -> None:
        frame = find_frame(units((43, 61), (58, 72)))

        assert (frame.x, frame.y) == ((35, 65), (55, 80))
        assert (frame.x_median, frame.y_median) == (50.5, 66.5)


class TestDrawAxis:
    def test_stays_where_it_is(self) -> None:
        axis = draw_axis("Fairness", (35, 65))

        assert (axis["range"], axis["fixedrange"]) == ([35, 65], True)
        assert axis["title"]["text"] == "Fairness"


class TestQuadrants:
    FRAME = Frame(x=(20, 90), y=(30, 95), x_median=55, y_median=60)

    def test_meet_at_the_medians(self) -> None:
        good, poor, upright, level = draw_quadrants(self.FRAME)

        assert (good["x0"], good["x1"], good["y0"], good["y1"]) == (55, 90, 60, 95)
        assert (poor["x0"], poor["x1"], poor["y0"], poor["y1"]) == (20, 55, 30, 60)
        assert upright["x0"] == upright["x1"] == 55
        assert level["y0"] == level["y1"] == 60

    @pytest.mark.parametrize(
        ("across", "up", "words"),
        [
            ("right", "top", "Good inside, good outside"),
            ("left", "bottom", "Start here: low on both"),
        ],
    )
    def test_say_in_their_own_corner_what_they_mean(self, across: str, up: str, words: str) -> None:
        (found,) = (
            one for one in name_quadrants() if (one["xanchor"], one["yanchor"]) == (across, up)
        )

        assert words in found["text"]
        assert (found["x"] > 0.5, found["y"] > 0.5) == (across == "right", up == "top")

    def test_are_four(self) -> None:
        assert len({(across, up) for across, up, _ in QUADRANTS}) == 4
