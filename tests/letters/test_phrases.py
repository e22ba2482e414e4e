"""The sentences around a signer's words."""

import re
from datetime import date

import pytest

from survey.letters.phrases import (
    LANGUAGES,
    frame_language,
    read_phrases,
    say,
    say_date,
    say_number,
)
from survey.letters.voice.lexicons import LANGUAGES as LINTED


def fields(sentence: object) -> set[str]:
    return set(re.findall(r"{(\w+)}", str(sentence)))


class TestPhrases:
    def test_are_complete_with_the_same_facts_in_every_language(self) -> None:
        for key, by_language in read_phrases().items():
            assert tuple(by_language) == LANGUAGES, key
            assert len({frozenset(fields(said)) for said in by_language.values()}) == 1, key

    def test_are_no_copies_of_the_english(self) -> None:
        for key in set(read_phrases()) - {"day"}:
            said = read_phrases()[key]
            assert len({str(sentence) for sentence in said.values()}) > 6, key

    def test_are_in_the_languages_that_the_linter_reads(self) -> None:
        assert LANGUAGES == LINTED


class TestSay:
    def test_tells_its_facts(self) -> None:
        assert "mindestens 5 Personen" in say("who_sees", "de-CH", n=5)

    def test_falls_back_to_english(self) -> None:
        assert say("stop", "sv") == "Don’t ask me again"
        assert (frame_language("pt-BR"), frame_language("xx")) == ("pt", "en")


class TestSayNumber:
    @pytest.mark.parametrize(
        ("language", "n", "said"),
        [
            ("en", 1, "1 minute:"),
            ("en", 2, "2 minutes:"),
            ("fr", 1, "1 minute :"),
            ("pl", 1, "1 minuty:"),
            ("pl", 3, "3 minut:"),
            ("pl", 12, "12 minut:"),
            ("ar", 1, "دقيقة واحدة:"),
            ("ar", 2, "دقيقتين:"),
            ("ar", 3, "3 دقائق:"),
            ("ar", 12, "12 دقيقة:"),
            ("ar", 105, "105 دقائق:"),
        ],
    )
    def test_has_the_form_of_the_language(self, language: str, n: int, said: str) -> None:
        assert say_number("minutes", language, n).endswith(said)


class TestSayDate:
    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("en", "16 March 2026"),
            ("de", "16. März 2026"),
            ("fr", "16 mars 2026"),
            ("es", "16 de marzo de 2026"),
            ("nl", "16 maart 2026"),
            ("it", "16 marzo 2026"),
            ("pt", "16 de março de 2026"),
            ("pl", "16 marca 2026"),
            ("ar", "16 مارس 2026"),
        ],
    )
    def test_writes_a_day_as_the_language_does(self, language: str, said: str) -> None:
        assert say_date(date(2026, 3, 16), language).lower() == said.lower()
