"""Drawings in the rows of tables."""

import pytest

from survey.dashboards.measures import Measure
from survey.dashboards.scores import build_lines, find_axis
from survey.dashboards.templatetags.strips import score_strip, strip_axis
from tests.dashboards.standings import said

FAIR = Measure("fair", "Fairness", "how fairly people are treated")


class TestScoreStrip:
    def test_places_everything_on_the_axis(self) -> None:
        now, before = {"fair": said(60.0, low=50.0, high=70.0)}, {"fair": said(45.0)}
        (line,) = build_lines([FAIR], now=now, before=before, medians={"fair": said(54.0)})

        strip = score_strip(line, find_axis([line]))

        assert strip["ticks"] == ["0.0%", "50.0%", "100.0%"]
        assert (strip["value"], strip["low"], strip["high"]) == ("50.0%", "25.0%", "75.0%")
        assert (strip["before"], strip["median"]) == ("12.5%", "37.5%")

    def test_leaves_out_what_is_not_known(self) -> None:
        (line,) = build_lines([FAIR], now={"fair": said(60.0, se=None)}, before={}, medians={})

        strip = score_strip(line, find_axis([line]))

        assert (strip["low"], strip["before"], strip["median"]) == ("", "", "")

    def test_draws_nothing_for_what_is_not_shown(self) -> None:
        (line,) = build_lines([FAIR], now={}, before={"fair": said(60.0)}, medians={})

        with pytest.raises(ValueError, match="nothing to draw"):
            score_strip(line, find_axis([line]))


class TestStripAxis:
    def test_keeps_the_outer_ticks_inside(self) -> None:
        (line,) = build_lines([FAIR], now={"fair": said(60.0)}, before={}, medians={})

        assert strip_axis(find_axis([line]))["ticks"] == [
            ("0.0%", "40", "start"), ("50.0%", "60", "middle"), ("100.0%", "80", "end"),
        ]  # fmt: skip
