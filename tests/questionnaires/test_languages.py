"""Languages by their tags."""

import pytest

from survey.questionnaires.languages import choose_language, describe_language, direction_of


class TestChooseLanguage:
    @pytest.mark.parametrize(
        ("tag", "chosen"),
        [("pt-BR", "pt"), ("pt", "pt"), ("EN", "en"), ("zh-Hant-TW", "en"), ("", "en")],
    )
    def test_falls_back_to_the_nearest(self, tag: str, chosen: str) -> None:
        assert choose_language(tag, ["en", "pt"]) == chosen


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
