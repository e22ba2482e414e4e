"""The page on which asking begins."""

from dataclasses import replace
from unittest import mock

import pytest
from django.test import Client

from survey.campaigns.models import Wave
from survey.organization.models import Membership, Team
from survey.questionnaires.models import Questionnaire
from survey.questionnaires.selectors import get_content
from tests.cast import Organisation

PULSE = "/console/pulse/new/"
CUSTOMERS = "/console/customers/new/"


@pytest.mark.usefixtures("bank")
class TestNew:
    @pytest.mark.parametrize(
        ("address", "first"), [(PULSE, "Passion and fairness"), (CUSTOMERS, "How we treated you")]
    )
    def test_offers_the_side_that_was_asked_for_first(
        self, hr: Client, organisation: Organisation, address: str, first: str
    ) -> None:
        rows = hr.get(address).context["rows"]

        assert next(row["title"] for row in rows) == first
        assert len(rows) == 4

    def test_drafts_what_was_chosen_in_the_users_name(
        self, hr: Client, organisation: Organisation
    ) -> None:
        chosen = Questionnaire.objects.get(code="treatment")
        page = hr.post(PULSE, {"questionnaire": chosen.pk}, follow=True)

        wave = Wave.objects.select_related("letter", "campaign").get()
        assert wave.letter is not None
        assert (wave.letter.signer_name, wave.letter.reply_to) == ("Alice", "alice@example.org")
        assert wave.campaign.scope == organisation.company
        assert page.redirect_chain[-1][0] == f"/console/waves/{wave.pk}/check/"
        assert "Before it goes out" in page.text

    @pytest.mark.parametrize("chosen", ["", "x", "0", "99999999999999999999"])
    def test_drafts_nothing_else(self, hr: Client, organisation: Organisation, chosen: str) -> None:
        page = hr.post(PULSE, {"questionnaire": chosen}, follow=True)

        assert "Choose what to ask." in page.text
        assert not Wave.objects.exists()

    def test_wants_the_people_first(self, hr: Client, organisation: Organisation) -> None:
        Membership.objects.all().delete()
        Team.objects.filter(parent__parent__isnull=False).delete()
        Team.objects.filter(parent__isnull=False).delete()
        Team.objects.all().delete()
        chosen = Questionnaire.objects.get(code="pulse")

        assert "First the people" in hr.get(PULSE).text
        sent = hr.post(PULSE, {"questionnaire": chosen.pk}, follow=True)
        assert "Bring in the staff list first." in sent.text


class TestWithoutQuestions:
    def test_says_where_they_come_from(self, hr: Client, organisation: Organisation) -> None:
        assert "load_item_bank" in hr.get(PULSE).text


@pytest.mark.usefixtures("bank")
class TestLanguageOfTheFirstLetter:
    @pytest.mark.parametrize(
        ("reads", "worded", "written"),
        [("es", ["en", "es"], "es"), ("es", ["en"], "en"), ("en-gb", ["en", "es"], "en")],
    )
    def test_is_the_reader_s_where_the_questions_speak_it(
        self, hr: Client, organisation: Organisation, reads: str, worded: list[str], written: str
    ) -> None:
        hr.post("/language/", {"language": reads})
        pulse = Questionnaire.objects.get(code="pulse")

        spoken = replace(get_content(questionnaire_id=pulse.pk), languages=tuple(worded))

        with mock.patch("survey.console.pulse.starting.get_content", return_value=spoken):
            hr.post(PULSE, {"questionnaire": pulse.pk})

        letter = Wave.objects.select_related("letter").get().letter
        assert letter is not None
        assert letter.language == written
