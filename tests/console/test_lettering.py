"""In which languages a campaign's letter may be written."""

from datetime import datetime

import pytest

from survey.console.lettering import CampaignLetterForm, letter_languages, translated_into
from survey.letters.services import translate_letter
from survey.questionnaires.selectors import get_content
from tests.cast import Organisation
from tests.console.waves import make_draft

pytestmark = pytest.mark.usefixtures("bank")


class TestLetterLanguages:
    def test_are_those_of_the_questions_after_its_own(
        self, organisation: Organisation, now: datetime
    ) -> None:
        campaign = make_draft(organisation, now).campaign
        asked = get_content(questionnaire_id=campaign.questionnaire_id).languages
        assert campaign.letter is not None
        campaign.letter.language = "sv"

        assert letter_languages(campaign) == ("sv", *asked)

    def test_begin_with_the_language_of_the_usual_words(
        self, organisation: Organisation, now: datetime
    ) -> None:
        campaign = make_draft(organisation, now).campaign
        campaign.letter = None

        assert letter_languages(campaign)[0] == "en"


class TestTranslatedInto:
    def test_names_the_languages(self, organisation: Organisation, now: datetime) -> None:
        campaign = make_draft(organisation, now).campaign
        assert translated_into(campaign) == ""
        assert campaign.letter is not None
        translate_letter(letter=campaign.letter, language="ar", subject="سؤال", body="مرحبا")

        assert translated_into(campaign) == "العربيّة"


class TestCampaignLetterForm:
    def test_reads_the_words_in_the_language_chosen(self) -> None:
        given = {
            "subject": "عاجل",
            "body": "كيف العمل؟",
            "signer_name": "ليلى",
            "reply_to": "layla@example.org",
        }
        languages = ("en", "ar")
        form = CampaignLetterForm(given | {"language": "ar"}, languages=languages)

        assert [name for _, name in form.fields["language"].choices] == ["English", "العربيّة"]  # type: ignore[attr-defined]
        assert not form.is_valid()
        assert list(form.errors) == ["subject"]
        assert CampaignLetterForm(given | {"language": "en"}, languages=languages).is_valid()
