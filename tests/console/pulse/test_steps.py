"""The five steps of asking."""

from datetime import datetime, timedelta

import pytest
from django.http import Http404  # noqa: TID251 - what the view answers
from django.test import Client, RequestFactory

from survey.campaigns.models import Campaign, Wave
from survey.campaigns.services import request_launch
from survey.console.pulse.steps import Step, find_wave, go_on, list_steps
from survey.organization.models import Membership
from tests.cast import Organisation
from tests.console.waves import make_draft

pytestmark = pytest.mark.usefixtures("bank")


def done(wave: Wave, now: datetime) -> dict[str, bool]:
    found = find_wave(wave.pk)
    return {
        link.label: link.is_done for link in list_steps(wave=found, current=Step.CHECK, now=now)
    }


class TestListSteps:
    def test_says_what_is_done_and_what_is_to_do(
        self, organisation: Organisation, now: datetime
    ) -> None:
        draft = make_draft(organisation, now)
        assert done(draft, now) == {
            "Questions": True,
            "People": True,
            "Message": True,
            "Timing": True,
            "Check and send": False,
        }

        Membership.objects.all().delete()
        Wave.objects.update(letter=None)
        Campaign.objects.update(letter=None)
        later = now + timedelta(days=30)
        assert not any(done(draft, later)[name] for name in ("People", "Message", "Timing"))

    def test_marks_the_one_that_is_open(self, organisation: Organisation, now: datetime) -> None:
        draft = find_wave(make_draft(organisation, now).pk)
        links = list_steps(wave=draft, current=Step.PEOPLE, now=now)

        assert [link.label for link in links if link.is_current] == ["People"]
        assert links[1].address == f"/console/waves/{draft.pk}/people/"


class TestGoOn:
    @pytest.mark.parametrize(
        ("then", "step"),
        [("next", "message"), ("check", "check"), ("stay", "people"), ("x", "message")],
    )
    def test_leads_where_the_button_says(self, then: str, step: str) -> None:
        request = RequestFactory().post("/", {"then": then})

        assert (
            go_on(request, wave_id=7, step=Step.PEOPLE)["Location"] == f"/console/waves/7/{step}/"
        )

    def test_ends_with_the_check(self) -> None:
        assert Step.CHECK.next is Step.CHECK


class TestFindWave:
    def test_knows_no_other(self) -> None:
        with pytest.raises(Http404):
            find_wave(7)


class TestOnDraft:
    @pytest.mark.parametrize("step", ["questions", "people", "people/count", "message", "timing"])
    def test_leads_whoever_comes_too_late_to_the_wave(
        self, hr: Client, draft: Wave, present: datetime, step: str
    ) -> None:
        request_launch(wave_id=draft.pk, now=present)
        page = hr.get(f"/console/waves/{draft.pk}/{step}/", follow=True)

        assert "can no longer be changed" in page.text
        assert page.redirect_chain[-1][0] == f"/console/waves/{draft.pk}/check/"
