"""The chart of both sides by team."""

import json
from statistics import median
from typing import Any

import pytest

from survey.dashboards.linkage.scatter import (
    MOST_CROSSES,
    Trend,
    draw_scatter,
    draws_crosses,
    list_marks,
)
from survey.dashboards.linkage.units import OTHER_PARTS, Unit
from survey.dashboards.linkage.visits import list_visits
from survey.linkage.printed import Margin


def unit(place: int, part: str = "Food", name: str = "") -> Unit:
    inside = Margin(40.1 + place, 35.0 + place, 46.0 + place, 10 + place)
    outside = Margin(60.2 + place, 58.0 + place, 63.0 + place, 20 + place)
    return Unit(f"t{place}", name or f"Team {place}", part, inside, outside)


UNITS = [unit(0), unit(4), unit(9, "Goods"), unit(20, "Goods")]


def draw(units: list[Unit], trend: Trend | None = None) -> dict[str, Any]:
    return draw_scatter(units, ex_name="Fairness", cx_name="Treatment", trend=trend)


class TestDrawScatter:
    def test_draws_every_team_at_its_released_means(self) -> None:
        goods, food = draw(UNITS)["data"]

        assert food["x"] + goods["x"] == [u.inside.mean for u in UNITS]
        assert food["y"] + goods["y"] == [u.outside.mean for u in UNITS]

    def test_draws_both_95_percent_margins(self) -> None:
        food = draw(UNITS)["data"][0]

        assert food["error_x"]["array"] == [5.9, 5.9]
        assert food["error_x"]["arrayminus"] == [5.1, 5.1]
        assert food["error_y"]["array"] == [2.8, 2.8]
        assert food["error_y"]["arrayminus"] == [2.2, 2.2]

    def test_leaves_a_missing_margin_out(self) -> None:
        bare = Unit("t", "T", "Food", Margin(50, None, None, 9), Margin(50, None, None, 9))

        (trace,) = draw([bare])["data"]

        assert trace["error_x"]["array"] == [None]
        assert trace["customdata"] == [["T", "", 9, "", 9]]

    def test_tells_parts_apart_by_shape_and_never_by_colour_alone(self) -> None:
        units = [unit(place, f"Part {place}") for place in range(6)]

        marks = list_marks(units)

        assert len({mark.shape for mark in marks}) == 6

    def test_dashes_the_medians_of_the_drawn_teams(self) -> None:
        *_, vertical, level = draw(UNITS)["layout"]["shapes"]

        assert vertical["x0"] == vertical["x1"] == median(u.inside.mean for u in UNITS)
        assert level["y0"] == level["y1"] == median(u.outside.mean for u in UNITS)

    def test_names_the_four_quadrants_and_at_most_six_teams(self) -> None:
        units = [unit(place) for place in range(0, 60, 3)]

        annotations = draw(units)["layout"]["annotations"]

        corners = [note["text"] for note in annotations if note.get("xref") == "paper"]
        assert corners == [
            "<i>Customers happy, staff strained</i>",
            "<i>Good inside, good outside</i>",
            "<i>Start here: low on both</i>",
            "<i>Staff happy, customers not yet</i>",
        ]
        assert 0 < len(annotations) - len(corners) <= 6

    def test_names_the_teams_that_are_named_beside_it(self) -> None:
        """Far out are seven whose margins reach the middle: they leave labels for no other."""
        wide = Margin(90.0, 10.0, 100.0, 5)
        far = [Unit(f"f{at}", f"Far {at}", "Food", wide, unit(at * 5).outside) for at in range(7)]
        near = [unit(place / 10) for place in range(12)]
        low = Unit("low", "Low", "Food", Margin(30.0, 28.0, 32.0, 9), Margin(50.0, 48.0, 52.0, 9))
        units = [*far, *near, low]
        assert [visit.name for visit in list_visits(units)] == ["Low"]

        labels = [note["text"] for note in draw(units)["layout"]["annotations"]]

        assert "<b>Low</b>" in labels

    def test_keeps_every_mean_inside_the_frame(self) -> None:
        layout = draw([unit(-40), unit(50)])["layout"]

        assert layout["xaxis"]["range"] == [-2.0, 100.0]
        assert layout["yaxis"]["range"] == [10.0, 102.0]

    def test_draws_many_teams_smaller(self) -> None:
        sizes = [
            {trace["marker"]["size"] for trace in draw([unit(0)] * count)["data"]}
            for count in (120, 121, 300, 301)
        ]

        assert sizes == [{11}, {8}, {8}, {6}]

    @pytest.mark.parametrize(
        ("count", "order"),
        [(300, ["lines", "lines", "markers"]), (301, ["lines", "markers", "lines"])],
    )
    def test_draws_the_trend_over_a_crowd(self, count: int, order: list[str]) -> None:
        traces = draw([unit(at % 30) for at in range(count)], Trend(0.4, 0.1, 0.6))["data"]

        assert [trace["mode"] for trace in traces] == order

    def test_draws_a_trend_with_the_slope_of_the_stored_r(self) -> None:
        fan, line, *_ = draw(UNITS, Trend(r=1.0, low=0.5, high=1.0))["data"]

        assert line["y"] == pytest.approx([60.2, 80.2])
        assert fan["fill"] == "toself"
        assert min(fan["y"]) >= min(line["y"])

    def test_draws_no_trend_without_one(self) -> None:
        assert {trace["mode"] for trace in draw(UNITS)["data"]} == {"markers"}

    def test_names_colours_and_lets_the_style_sheet_choose_them(self) -> None:
        assert "#" not in json.dumps(draw(UNITS, Trend(0.4, 0.1, 0.6)))

    def test_shows_the_name_of_a_team_as_text_and_not_as_markup(self) -> None:
        (trace,) = draw([unit(0, name="<a href='x'>Bakery</a>")])["data"]

        assert trace["customdata"][0][0] == "&lt;a href=&#x27;x&#x27;&gt;Bakery&lt;/a&gt;"

    def test_is_plain_data(self) -> None:
        assert json.loads(json.dumps(draw(UNITS), allow_nan=False))


class TestListMarks:
    def test_keeps_quiet_about_parts_that_it_does_not_tell_apart(self) -> None:
        margin = Margin(50.0, 45.0, 55.0, 12)
        units = [Unit("a", "A", part, margin, margin) for part in (OTHER_PARTS, "Goods", "Food")]

        assert [(mark.part, mark.colour) for mark in list_marks(units)] == [
            ("Food", "inside"), ("Goods", "violet"), (OTHER_PARTS, "ink-3"),
        ]  # fmt: skip


class TestDrawsCrosses:
    def test_draws_no_grey_field_of_margins_but_the_readers_own(self) -> None:
        margin = Margin(50.0, 45.0, 55.0, 12)
        many = [
            Unit(str(at), f"Team {at}", "Part", margin, margin, is_own=at == 7)
            for at in range(MOST_CROSSES + 1)
        ]

        figure = draw_scatter(many, ex_name="Fairness", cx_name="Care", trend=None)

        others, own = figure["data"]
        assert (draws_crosses(many), draws_crosses(many[1:])) == (False, True)
        assert "error_x" not in others
        assert own["error_x"]["color"] == "var(--ink)"
        assert own["marker"]["size"] > others["marker"]["size"]
