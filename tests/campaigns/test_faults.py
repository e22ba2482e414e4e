"""What must be put right in a draft before anybody is asked."""

from datetime import timedelta
from unittest import mock

import pytest

from survey.campaigns.faults import list_faults
from survey.campaigns.models import Campaign, Reminder, Wave
from survey.campaigns.services import LaunchRefusedError, launch_wave
from survey.letters.models import Letter, LetterTranslation
from survey.letters.voice import Finding, Place
from survey.organization.models import Attribute
from survey.questionnaires.services import create_questionnaire
from tests.factories.campaigns import NOW, make_campaign, make_draft, make_teams
from tests.factories.letters import LetterFactory
from tests.factories.questionnaires import ItemFactory
from tests.stages import stage

pytestmark = pytest.mark.django_db


@stage
def draft() -> Wave:
    return make_draft(make_campaign(make_teams({"top": None}, {"top": 6})["top"]))


def faults(draft: Wave) -> list[str]:
    found = list_faults(wave=Wave.objects.get(pk=draft.pk), now=NOW)
    return [str(fault) for fault in found]


def translate(draft: Wave, subject: str, body: str) -> None:
    LetterTranslation.objects.create(
        letter=Letter.objects.get(campaigns=draft.campaign),
        language="de",
        subject=subject,
        body=body,
    )


class TestListFaults:
    def test_finds_none_in_a_good_draft(self, draft: Wave) -> None:
        translate(draft, "Wie geht es?", "Kurz gefragt: wie läuft es?")

        assert faults(draft) == []

    @pytest.mark.parametrize(("subject", "body"), [("", "Kurz gefragt"), ("Wie?", " \n")])
    def test_finds_a_language_without_words(self, draft: Wave, subject: str, body: str) -> None:
        translate(draft, subject, body)

        (fault,) = faults(draft)
        assert "no words in de" in fault

    def test_finds_a_letter_that_nobody_signs(self, draft: Wave) -> None:
        Letter.objects.update(signer_name=" ")

        with mock.patch("survey.campaigns.faults.lint_letter", return_value=()):
            (fault,) = faults(draft)
        assert fault.startswith("Nobody signs")

    def test_finds_no_letter_at_all(self, draft: Wave) -> None:
        Campaign.objects.update(letter=None)

        (fault,) = faults(draft)
        assert "no letter" in fault

    def test_finds_what_no_person_would_write(self, draft: Wave) -> None:
        findings = tuple(
            Finding(Place.BODY, quote, "rule", "nobody writes so", is_blocking=is_blocking)
            for quote, is_blocking in (("act now", True), ("kindly", False))
        )

        with mock.patch("survey.campaigns.faults.lint_letter", return_value=findings):
            (fault,) = faults(draft)
            with pytest.raises(LaunchRefusedError, match="act now"):
                launch_wave(wave_id=draft.pk, now=NOW)
        assert fault.endswith("says “act now”: nobody writes so")

    def test_finds_nothing_to_ask(self, draft: Wave) -> None:
        Wave.objects.update(scale_codes=["gone"])

        (fault,) = faults(draft)
        assert fault.startswith("There is nothing to ask")

    def test_finds_an_unpublished_questionnaire(self, draft: Wave) -> None:
        unfinished = create_questionnaire(
            code="new", name="New", audience="EMPLOYEE", items=[ItemFactory()]
        )
        Wave.objects.update(questionnaire=unfinished)

        (fault,) = faults(draft)
        assert "not published" in fault

    def test_finds_an_attribute_that_was_dropped(self, draft: Wave) -> None:
        declared = Attribute.objects.create(code="site", name="Site")
        Campaign.objects.update(audience_filter={"attributes": {"site": ["North"]}})
        assert faults(draft) == []

        declared.delete()

        (fault,) = faults(draft)
        assert fault.startswith("Declare site")

    def test_finds_what_no_person_would_write_in_a_reminder(self, draft: Wave) -> None:
        for number, words in enumerate((("Again", "Still open."), ("Last", "ACT NOW!!!")), start=1):
            Reminder.objects.create(
                wave=draft,
                number=number,
                due_date=NOW.date() + number * timedelta(days=4),
                letter=LetterFactory(subject=words[0], body=words[1]),
            )

        found = faults(draft)
        assert found
        assert all(fault.startswith("Reminder 2 (en) says") for fault in found)

        Reminder.objects.filter(number=2).update(stopped_at=NOW)
        assert faults(draft) == []
