"""Small drawings of the look."""

import pytest
from django.template import Context, Template
from django.utils import translation

from survey.core.templatetags.look import decimals, notice_class


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

    def test_says_it_in_the_language_of_the_page(self) -> None:
        with translation.override("de"):
            drawn = Template("{% load look %}{% notice_icon 'success' %}").render(Context())

        assert 'aria-label="Done"' not in drawn
