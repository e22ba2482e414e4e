"""The control chart of a team, as Plotly gets it."""

from dataclasses import replace

from survey.dashboards.team.chart import draw_steadiness
from tests.dashboards.team.test_steadiness import STEADY, make_steadiness


class TestDrawSteadiness:
    def test_draws_the_range_and_rings_what_lies_outside(self) -> None:
        steadiness = make_steadiness([*STEADY, None, 40.0])

        figure = draw_steadiness(steadiness)

        line, rings = figure["data"]
        assert line["y"] == [*STEADY, None, 40.0]
        assert line["error_y"]["array"][0] == 4.0
        assert line["error_y"]["array"][8] is None
        assert rings["y"] == [40.0]
        band, middle = figure["layout"]["shapes"]
        assert steadiness.usual.low is not None
        assert band["y0"] == round(steadiness.usual.low, 1)
        assert middle["y0"] == steadiness.usual.middle
        assert [one["text"] for one in figure["layout"]["annotations"]] == ["<b>40.0</b>"]

    def test_draws_no_range_that_is_not_known(self) -> None:
        assert draw_steadiness(make_steadiness(STEADY[:3]))["layout"]["shapes"] == []

    def test_names_colours_and_never_sets_one(self) -> None:
        assert "#" not in str(draw_steadiness(make_steadiness(STEADY)))

    def test_does_not_join_points_over_a_change_of_words(self) -> None:
        whole = make_steadiness(STEADY)
        points = list(whole.points)
        points[3] = replace(points[3], is_worded_anew=True)

        figure = draw_steadiness(replace(whole, points=tuple(points)))

        line = figure["data"][0]
        assert line["y"] == [*STEADY[:3], None, *STEADY[3:]]
        assert line["x"][3] == line["x"][4] == points[3].label
        lengths = {len(line["error_y"][name]) for name in ("array", "arrayminus")}
        assert {*lengths, len(line["customdata"])} == {len(STEADY) + 1}
        assert [one["x0"] for one in figure["layout"]["shapes"] if "x0" in one][-1] == 2.5
        assert None not in draw_steadiness(whole)["data"][0]["y"]
