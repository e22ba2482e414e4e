"""The graph as Plotly draws it."""

import json
from typing import Any

import pytest

from survey.dashboards.cascade.arrows import NOTHING, Arrow, Score
from survey.dashboards.cascade.graph import (
    MOST_LABELS,
    THICKEST,
    THINNEST,
    draw_graph,
    find_thickness,
    tell_line,
)
from survey.dashboards.cascade.pictures import Line, Picture, Spot
from tests.dashboards.cascade.test_pictures import arrow, draw, end, node

HERE, THERE = Spot("a", "Stores"), Spot("b", "Desk")


def line(mean: float | None, **more: Any) -> Line:
    return Line(HERE, THERE, NOTHING if mean is None else Score(mean, mean - 5, mean + 5), **more)


def layout(picture: Picture) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(json.dumps(draw_graph(picture), default=list))["layout"]
    return told


class TestFindThickness:
    @pytest.mark.parametrize(
        ("mean", "width"), [(20.0, THINNEST), (40.0, THINNEST), (80.0, THICKEST), (99.0, THICKEST)]
    )
    def test_is_thicker_the_better(self, mean: float, width: float) -> None:
        assert find_thickness(line(mean)) == width

    def test_says_nothing_of_what_is_not_shown(self) -> None:
        assert find_thickness(line(None)) == 2.0


class TestDrawGraph:
    def test_draws_a_way_and_a_head_for_each_arrow_and_a_box_for_each_team(self) -> None:
        told = layout(draw([arrow(1, 2), arrow(2, 3, None)], node(3, outside=70.0)))

        ways = [one for one in told["shapes"] if "xsizemode" not in one]
        assert len(ways) == 3
        assert len(told["shapes"]) == 3 * 2 + 4
        assert [one["line"].get("dash") for one in ways] == ["4px,4px", None, None]
        assert [one["line"]["color"] for one in ways] == [
            "var(--ink-3)", "var(--inside)", "var(--outside)",
        ]  # fmt: skip

    def test_lets_a_circle_come_back_dashed(self) -> None:
        told = layout(draw([arrow(1, 2), arrow(2, 1)]))

        assert [one["line"].get("dash") for one in told["shapes"] if "xsizemode" not in one] == [
            None, "10px,4px",
        ]  # fmt: skip

    def test_prints_ratings_on_few_arrows_and_leaves_them_to_the_pointer_on_many(self) -> None:
        few = [arrow(1, pk) for pk in range(2, MOST_LABELS + 2)]

        def printed(arrows: list[Arrow]) -> int:
            return sum("±" in one["text"] for one in layout(draw(arrows))["annotations"])

        assert printed(few[:10]) == 10
        assert printed([*few, arrow(2, 3)]) == 0

    def test_keeps_names_of_teams_apart_from_its_own_marks(self) -> None:
        rude = end(1)._replace(name="<b>Bold</b> & Co of a very long name indeed it is")
        picture = draw([Arrow(rude, end(2), "", Score(60.0))])

        told = json.dumps(draw_graph(picture))

        assert "<b>Bold" not in told
        assert "&lt;b&gt;Bold" in told
        assert "…" in json.loads(told)["layout"]["annotations"][1]["text"]


class TestTellLine:
    def test_says_who_serves_whom_and_how_sure_that_is(self) -> None:
        assert tell_line(line(64.0)) == "Stores to Desk: 64 ±5"
        assert tell_line(line(None)) == "Stores to Desk: not shown"
        assert tell_line(line(64.0, n_arrows=12)) == "Stores to Desk: 64, the median of 12"
        assert tell_line(line(64.0, is_pooled=True)).endswith(
            "64 ±5, together with others it serves"
        )
