"""What a text message says in 160 characters."""

import pytest
from pytest_django import Settings

from survey.letters.composing import LetterFacts
from survey.letters.sms_words import LONGEST, QUESTIONS, as_gsm, count_gsm, render_sms
from tests.factories.letters import LetterFactory

TOKEN = "x" * 32
NAMES = ("Hearth & Co", "Ø" * 90, "łódź " * 30, "€[]" * 60, "東京")


@pytest.fixture(autouse=True)
def organisation(settings: Settings) -> None:
    settings.ORGANISATION_NAME = "Hearth & Co"
    settings.SMS_STOP_WORD = ""


def facts(base: str = "https://ask.hearth.example") -> LetterFacts:
    return LetterFacts("Ana", f"{base}/r/{TOKEN}/", f"{base}/stop/{TOKEN}/", 1, "who", "when")


def words(base: str = "https://ask.hearth.example", language: str = "", name: str = "") -> str:
    letter = LetterFactory.build(signer_name=name or "Ana")
    return render_sms(letter=letter, facts=facts(base), language=language).text


class TestRenderSms:
    def test_holds_who_asks_the_link_and_the_way_to_stop(self) -> None:
        text = words("https://h.example", name="Anastasia Longname")

        assert text == (
            f"Hearth & Co: How was it with us? https://h.example/r/{TOKEN}/ "
            f"Stop: https://h.example/stop/{TOKEN}/"
        )

    def test_names_the_signer_where_the_provider_honours_a_stop_word(
        self, settings: Settings
    ) -> None:
        settings.SMS_STOP_WORD = "STOP"

        assert words().startswith("Ana, Hearth & Co: How was it with us? https://")
        assert words().endswith(" Stop: STOP")

    def test_points_to_the_page_itself_where_a_second_link_does_not_fit(self) -> None:
        text = words("https://feedback.a-long-name.example")

        assert f"/r/{TOKEN}/ Stop: same link" in text
        assert "/stop/" not in text

    @pytest.mark.parametrize("language", [*QUESTIONS, "pt-BR", "xx", ""])
    @pytest.mark.parametrize("organisation", NAMES, ids=range(len(NAMES)))
    @pytest.mark.parametrize("base", ["https://h.example", f"https://{'long.' * 10}example"])
    def test_fits_into_one_message(
        self, settings: Settings, language: str, organisation: str, base: str
    ) -> None:
        settings.ORGANISATION_NAME = organisation
        text = words(base, language, name="Zażółć Gęślą")

        assert count_gsm(text) <= LONGEST
        assert f"{base}/r/{TOKEN}/ " in text

    def test_asks_in_the_language_of_the_customer(self) -> None:
        assert "Wie war es bei uns?" in words("https://h.example", "de-AT")


class TestAsGsm:
    def test_leaves_out_the_accents_that_would_halve_the_room(self) -> None:
        assert as_gsm("Łukasz Gęś, Ana “Así” – Müller…") == 'Lukasz Ges, Ana "Asi" - Müller...'

    def test_counts_two_for_the_signs_of_the_second_table(self) -> None:
        assert count_gsm("a€[") == 5
