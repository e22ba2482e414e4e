"""Drawings in the rows of tables."""

import pytest
from django.template import Context, Template

from survey.dashboards.measures import Measure
from survey.dashboards.scores import build_lines, find_axis
from survey.dashboards.templatetags.strips import score_strip, strip_axis
from tests.dashboards.standings import said

FAIR = Measure("fair", "Fairness", "how fairly people are treated")


def strip(value: float, low: float, high: float, start: float, end: float) -> str:
    page = Template("{% load strips %}{% interval_strip value low high start end %}")
    values = {"value": value, "low": low, "high": high, "start": start, "end": end}
    return page.render(Context(values))


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


class TestIntervalStrip:
    def test_places_the_interval_in_per_cent_of_the_width(self) -> None:
        drawn = strip(50, 25, 75, 0, 100)

        assert 'x1="25.0%" x2="75.0%"' in drawn
        assert 'cx="50.0%"' in drawn

    def test_draws_zero_only_where_the_axis_crosses_it(self) -> None:
        assert 'class="zero" x1="50.0%"' in strip(0.1, 0, 0.2, -1, 1)
        assert "zero" not in strip(50, 25, 75, 0, 100)

    def test_stays_on_the_axis(self) -> None:
        assert 'x1="0.0%" x2="100.0%"' in strip(50, -20, 130, 0, 100)
