"""Discarding drafts, and writing a campaign's letter."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from survey.campaigns.models import Campaign, Wave
from survey.campaigns.services import launch_wave, request_launch
from survey.letters.models import Letter
from survey.letters.services import translate_letter
from tests.cast import Organisation
from tests.console.test_starting import open_form, prefilled


class TestDiscard:
    def test_asks_first_and_then_deletes(self, hr: Client, draft: Wave) -> None:
        address = f"/console/waves/{draft.pk}/discard/"
        assert address in hr.get(f"/console/waves/{draft.pk}/check/").text
        assert "Discard this draft?" in hr.get(address).text
        assert Wave.objects.filter(pk=draft.pk).exists()

        assert "Nobody was asked." in hr.post(address, follow=True).text
        assert not Wave.objects.filter(pk=draft.pk).exists()


@pytest.mark.parametrize("button", ["questions", "people", "message", "timing", "discard"])
class TestNoDraftAnyMore:
    def test_is_left_alone_once_its_launch_was_asked_for(
        self, hr: Client, draft: Wave, present: datetime, button: str
    ) -> None:
        request_launch(wave_id=draft.pk, now=present)
        page = hr.post(f"/console/waves/{draft.pk}/{button}/", follow=True).text

        assert "can no longer be changed or discarded" in page
        assert Wave.objects.filter(pk=draft.pk).exists()

    def test_is_left_alone_when_launched(
        self, hr: Client, draft: Wave, present: datetime, button: str
    ) -> None:
        launch_wave(wave_id=draft.pk, now=present)
        page = hr.get(f"/console/waves/{draft.pk}/{button}/", follow=True).text

        assert "can no longer be changed or discarded" in page
        assert f"/console/waves/{draft.pk}/{button}/" not in page


class TestCampaignLetter:
    def test_comes_first_where_there_is_none(self, hr: Client, draft: Wave) -> None:
        Campaign.objects.update(letter=None)
        plan = f"/console/campaigns/{draft.campaign.code}/waves/new/"
        asked = hr.get(plan, follow=True)
        address, _ = asked.redirect_chain[-1]
        data = prefilled(asked.context["form"], subject="A new letter")
        planned = hr.post(address, data, follow=True)

        assert "Write the letter of this campaign first" in asked.text
        assert planned.redirect_chain[-1][0] == plan
        assert Campaign.objects.get().letter.subject == "A new letter"  # type: ignore[union-attr]

    def test_is_replaced_from_the_campaigns_page(self, hr: Client, draft: Wave) -> None:
        home = f"/console/campaigns/{draft.campaign.code}/"
        assert f"{home}letter/" in hr.get(home).text
        form = open_form(hr, f"{home}letter/")
        page = hr.post(f"{home}letter/", prefilled(form, subject="Better"), follow=True).text

        assert form["subject"].value() == "A minute, please"
        assert "Better" in page

    def test_is_refused_in_the_words_of_marketers(self, hr: Client, draft: Wave) -> None:
        address = f"/console/campaigns/{draft.campaign.code}/letter/"
        data = prefilled(open_form(hr, address), subject="We value your feedback")
        response = hr.post(address, data)

        assert response.status_code == 422
        assert "subject" in response.context["form"].errors
        assert draft.campaign.letter.subject == "A minute, please"  # type: ignore[union-attr]

    def test_is_kept_in_the_language_it_is_written_in(self, hr: Client, draft: Wave) -> None:
        address = f"/console/campaigns/{draft.campaign.code}/letter/"
        Letter.objects.update(language="de")
        form = open_form(hr, address)
        letter = {"subject": "Eine Frage", "body": "Wie geht es?", "has_first_item": ""}
        hr.post(address, prefilled(form, **letter))

        written = Campaign.objects.get().letter
        assert written is not None
        assert (written.subject, written.language) == ("Eine Frage", "de")
        assert not written.has_first_item
        hr.post(address, prefilled(open_form(hr, address), language="en"))
        written = Campaign.objects.get().letter
        assert written is not None
        assert written.language == "en"

    def test_is_refused_in_a_language_that_nobody_is_asked_in(
        self, hr: Client, draft: Wave
    ) -> None:
        address = f"/console/campaigns/{draft.campaign.code}/letter/"
        response = hr.post(address, prefilled(open_form(hr, address), language="xx"))

        assert response.status_code == 422
        assert "language" in response.context["form"].errors

    def test_says_which_translations_it_leaves_behind(self, hr: Client, draft: Wave) -> None:
        address = f"/console/campaigns/{draft.campaign.code}/letter/"
        assert "also written in" not in hr.get(address).text
        letter = draft.campaign.letter
        assert letter is not None
        translate_letter(letter=letter, language="de", subject="Eine Frage", body="Wie geht es?")

        assert "also written in: Deutsch." in hr.get(address).text

    def test_of_a_running_wave_stays(
        self, hr: Client, draft: Wave, present: datetime, organisation: Organisation
    ) -> None:
        Wave.objects.filter(pk=draft.pk).update(letter=None, opens_at=present - timedelta(hours=1))
        launch_wave(wave_id=draft.pk, now=present)
        address = f"/console/campaigns/{draft.campaign.code}/letter/"
        hr.post(address, prefilled(open_form(hr, address), subject="Better"))

        draft.refresh_from_db()
        assert draft.letter is not None
        assert draft.letter.subject == "A minute, please"
