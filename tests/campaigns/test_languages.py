"""Tests of languages that a letter and its questions do not share."""

from dataclasses import replace

import pytest

from survey.campaigns.languages import (
    warn_of_untranslated_letter,
    warn_of_untranslated_questions,
)
from survey.campaigns.models import Wave
from survey.campaigns.preflight import check_wave
from survey.campaigns.selectors import content_of
from survey.letters.models import LetterTranslation
from survey.organization.models import Team
from tests.factories.campaigns import NOW, make_campaign, make_draft
from tests.factories.letters import LetterFactory


@pytest.fixture
def wave(db: None) -> Wave:
    top = Team.objects.create(code="top", name="Top")
    draft = make_draft(make_campaign(top))
    draft.letter = LetterFactory(language="en")
    draft.save()
    return draft


def translate(wave: Wave, language: str) -> None:
    LetterTranslation.objects.create(
        letter=wave.letter, language=language, subject="Eine Frage", body="Wie ist es hier?"
    )


class TestWarnOfUntranslatedQuestions:
    def test_names_the_language_that_the_questions_lack(self, wave: Wave) -> None:
        translate(wave, "de")

        assert warn_of_untranslated_questions(wave=wave) == [
            "The letter speaks German, but its questions are asked in English."
        ]

    @pytest.mark.parametrize("language", ["en", "en-gb"])
    def test_says_nothing_where_the_questions_are_worded_too(
        self, wave: Wave, language: str
    ) -> None:
        translate(wave, language)

        assert warn_of_untranslated_questions(wave=wave) == []

    def test_says_nothing_without_a_letter(self, wave: Wave) -> None:
        wave.letter = wave.campaign.letter = None

        assert warn_of_untranslated_questions(wave=wave) == []

    def test_names_an_unknown_language_by_its_tag(self, wave: Wave) -> None:
        translate(wave, "xx")

        assert "speaks xx, but" in warn_of_untranslated_questions(wave=wave)[0]


@pytest.fixture
def three_languages(wave: Wave, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = replace(content_of(wave=wave), languages=("en", "fr", "de"))
    monkeypatch.setattr("survey.campaigns.languages.content_of", lambda wave: asked)


@pytest.mark.usefixtures("three_languages")
class TestWarnOfUntranslatedLetter:
    def test_names_the_languages_that_the_letter_lacks(self, wave: Wave) -> None:
        assert warn_of_untranslated_letter(wave=wave) == [
            "The questions are worded in French, German too, but the letter is not: "
            "whoever reads that gets it in English."
        ]

    def test_says_nothing_once_it_is_translated(self, wave: Wave) -> None:
        translate(wave, "de")
        translate(wave, "fr")

        assert warn_of_untranslated_letter(wave=wave) == []

    def test_says_nothing_without_a_letter(self, wave: Wave) -> None:
        wave.letter = wave.campaign.letter = None

        assert warn_of_untranslated_letter(wave=wave) == []

    def test_says_nothing_where_they_share_no_language(self, wave: Wave) -> None:
        assert wave.letter is not None
        wave.letter.language = "es"

        assert warn_of_untranslated_letter(wave=wave) == []

    def test_is_read_at_the_check(self, wave: Wave) -> None:
        found = check_wave(wave=wave, now=NOW)

        assert any("French, German" in finding.sentence for finding in found.warnings)
