"""Names of another script inside sentences."""

import pytest
from django.utils.translation import override

from survey.core.bidi import arrow_ahead, isolate


class TestIsolate:
    @pytest.mark.parametrize(
        ("language", "words", "expected"),
        [
            ("ar", "Bakery", "\u2068Bakery\u2069"),
            ("ar", "", ""),
            ("en", "Bakery", "Bakery"),
        ],
    )
    def test_goes_by_the_language_that_is_spoken(
        self, language: str, words: str, expected: str
    ) -> None:
        with override(language):
            assert isolate(words) == expected

    def test_goes_by_what_is_said(self) -> None:
        assert isolate("Bakery", is_from_right=True) == "\u2068Bakery\u2069"
        with override("ar"):
            assert isolate("Bakery", is_from_right=False) == "Bakery"


class TestArrowAhead:
    @pytest.mark.parametrize(("language", "expected"), [("en", "→"), ("fr", "→"), ("ar", "←")])
    def test_points_to_what_is_read_next(self, language: str, expected: str) -> None:
        with override(language):
            assert arrow_ahead() == expected
