"""Small drawings of the look."""

import pytest
from django.template import Context, Template

from survey.core.templatetags.look import decimals, notice_class


def strip(value: float, low: float, high: float, start: float, end: float) -> str:
    page = Template("{% load look %}{% interval_strip value low high start end %}")
    values = {"value": value, "low": low, "high": high, "start": start, "end": end}
    return page.render(Context(values))


class TestDecimals:
    @pytest.mark.parametrize(
        ("value", "text"),
        [(0.425, "0.42"), (-0.06, "\u22120.06"), (None, ""), (0, "0.00"), (-0.004, "0.00")],
    )
    def test_prints_two_places_and_a_true_minus(self, value: float | None, text: str) -> None:
        assert decimals(value) == text

    def test_prints_one_place_if_told(self) -> None:
        assert decimals(53.04, 1) == "53.0"


class TestNoticeClass:
    @pytest.mark.parametrize(
        ("tags", "kind"),
        [("success", "ok"), ("extra error", "bad"), ("warning", "warn"), ("info", ""), ("", "")],
    )
    def test_follows_the_level_of_the_message(self, tags: str, kind: str) -> None:
        assert notice_class(tags) == kind


class TestNoticeIcon:
    def test_says_its_meaning_as_a_word(self) -> None:
        drawn = Template("{% load look %}{% notice_icon 'error' %}").render(Context())

        assert 'aria-label="Problem"' in drawn


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
