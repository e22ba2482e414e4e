"""Languages by their tags."""

import pytest
from django.utils.translation import get_language

from survey.questionnaires.languages import (
    choose_language,
    describe_language,
    direction_of,
    has_interface,
    interface_language,
    speak,
)


class TestChooseLanguage:
    @pytest.mark.parametrize(
        ("tag", "chosen"),
        [("pt-BR", "pt"), ("pt", "pt"), ("EN", "en"), ("zh-Hant-TW", "en"), ("", "en")],
    )
    def test_falls_back_to_the_nearest(self, tag: str, chosen: str) -> None:
        assert choose_language(tag, ["en", "pt"]) == chosen

    def test_prefers_the_longer_of_two_that_fit(self) -> None:
        assert choose_language("zh-Hant-TW", ["en", "zh", "zh-Hant"]) == "zh-Hant"


class TestInterfaceLanguage:
    @pytest.mark.parametrize(
        ("tag", "spoken", "is_known"),
        [
            ("ar-EG", "ar", True),
            ("de", "de", True),
            ("en", "en-gb", True),
            ("en-US", "en-gb", True),
            ("fr", "en-gb", False),
        ],
    )
    def test_is_english_where_the_product_lacks_a_language(
        self, tag: str, spoken: str, is_known: bool
    ) -> None:
        assert (interface_language(tag), has_interface(tag)) == (spoken, is_known)
        with speak(tag):
            assert get_language() == spoken


class TestDescribeLanguage:
    @pytest.mark.parametrize(
        ("tag", "name", "direction"),
        [
            ("de", "Deutsch", "ltr"),
            ("ar", "العربيّة", "rtl"),
            ("pt-BR", "Português Brasileiro", "ltr"),
            ("tlh", "tlh", "ltr"),
            ("ps", "ps", "rtl"),
        ],
    )
    def test_names_a_language_in_itself(self, tag: str, name: str, direction: str) -> None:
        language = describe_language(tag)

        assert (language.code, language.name, language.direction) == (tag, name, direction)
        assert direction_of(tag) == direction
