"""Tests of languages in which a letter speaks and its questions do not."""

import pytest

from survey.campaigns.languages import warn_of_untranslated_questions
from survey.campaigns.models import Wave
from survey.letters.models import LetterTranslation
from survey.organization.models import Team
from tests.factories.campaigns import make_campaign, make_draft
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
