"""The form of a campaign's letter, filled in."""

from datetime import datetime

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from survey.accounts.models import User
from survey.campaigns.models import Campaign
from survey.console.filling import campaign_words, read_words, show_form
from survey.console.forms import WithdrawForm
from survey.console.words import SUBJECTS
from survey.questionnaires.models import Audience
from tests.cast import Organisation
from tests.console.waves import WORDS, make_draft

pytestmark = pytest.mark.usefixtures("bank")


class Asker:
    """Asks for forms in the name of somebody."""

    def __init__(self, user: User, now: datetime) -> None:
        self.request = RequestFactory().get("/")
        self.request.user = user
        self.now = now


@pytest.fixture
def asker(alice: User, now: datetime) -> Asker:
    return Asker(alice, now)


class TestCampaignWords:
    def test_are_those_of_its_letter(
        self, asker: Asker, organisation: Organisation, now: datetime
    ) -> None:
        campaign = make_draft(organisation, now).campaign

        assert read_words(campaign_words(asker.request, campaign)) == WORDS

    def test_are_the_users_own_where_it_has_none(
        self, asker: Asker, organisation: Organisation, now: datetime
    ) -> None:
        campaign = make_draft(organisation, now).campaign
        Campaign.objects.update(letter=None)
        campaign.refresh_from_db()

        assert campaign_words(asker.request, campaign)["subject"] == SUBJECTS[Audience.EMPLOYEE]


class TestShowForm:
    @pytest.mark.parametrize(("sent", "status"), [(None, 200), ({"reason": ""}, 422)])
    def test_says_in_its_status_that_something_is_wrong(
        self,
        asker: Asker,
        organisation: Organisation,
        now: datetime,
        settings: Settings,
        sent: dict[str, str] | None,
        status: int,
    ) -> None:
        context = {"form": WithdrawForm(sent), "wave": make_draft(organisation, now)}
        page = show_form(asker.request, "console/withdraw.html", context)

        assert page.status_code == status
