"""Numbers in the reader's language."""

import pytest
from django.utils.translation import override

from survey.dashboards.numerals import (
    FIRST_STRONG_ISOLATE,
    MINUS,
    POP_ISOLATE,
    count,
    localise,
    print_number,
    quote,
    separators,
)


class TestPrintNumber:
    @pytest.mark.parametrize(
        ("language", "expected"),
        [("en-gb", f"{MINUS}0.54"), ("de", f"{MINUS}0,54"), ("es", f"{MINUS}0,54")],
    )
    def test_prints_the_languages_own_point_and_a_true_minus(
        self, language: str, expected: str
    ) -> None:
        with override(language):
            assert print_number(-0.544, 2) == expected

    def test_prints_no_minus_before_nothing(self) -> None:
        assert print_number(-0.001, 2) == "0.00"


class TestLocalise:
    def test_changes_what_python_has_printed(self) -> None:
        with override("de"):
            assert localise("-1.5") == f"{MINUS}1,5"


class TestCount:
    @pytest.mark.parametrize(("language", "expected"), [("en-gb", "12,345"), ("de", "12.345")])
    def test_marks_the_thousands(self, language: str, expected: str) -> None:
        with override(language):
            assert count(12345) == expected


class TestQuote:
    def test_leaves_words_alone_in_their_own_language(self) -> None:
        assert quote("how fairly they are treated") == "how fairly they are treated"

    def test_keeps_them_apart_in_another(self) -> None:
        with override("ar"):
            assert quote("Trust") == f"{FIRST_STRONG_ISOLATE}Trust{POP_ISOLATE}"
            assert quote("") == ""


class TestSeparators:
    def test_are_those_of_the_language(self) -> None:
        assert separators() == ".,"
        with override("de"):
            assert separators() == ",."
