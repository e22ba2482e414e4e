"""The form of a wave, filled in."""

from datetime import datetime, timedelta

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from survey.accounts.models import User
from survey.campaigns.models import Campaign, Wave
from survey.console.filling import campaign_words, read_words, show_form, start_form
from survey.console.forms import StartForm, WithdrawForm
from survey.console.words import SUBJECTS, TEMPLATES
from survey.questionnaires.models import Audience, Questionnaire
from tests.cast import Organisation
from tests.console.waves import WORDS, make_draft

pytestmark = pytest.mark.usefixtures("bank")


class Asker:
    """Asks for forms in the name of somebody."""

    def __init__(self, user: User, now: datetime) -> None:
        self.request = RequestFactory().get("/")
        self.request.user = user
        self.now = now

    def form(self, audience: Audience = Audience.EMPLOYEE, draft: Wave | None = None) -> StartForm:
        return start_form(self.request, audience=audience, now=self.now, draft=draft)


@pytest.fixture
def asker(alice: User, now: datetime) -> Asker:
    return Asker(alice, now)


class TestStartForm:
    @pytest.mark.parametrize("audience", [Audience.EMPLOYEE, Audience.CUSTOMER])
    def test_starts_a_new_wave_from_the_template_of_its_audience(
        self, asker: Asker, organisation: Organisation, audience: Audience
    ) -> None:
        initial = asker.form(audience).initial
        template = Questionnaire.objects.get(pk=initial["questionnaire"])

        assert (template.code, template.audience) == (TEMPLATES[audience], audience)
        assert (initial["scope"], initial["signer_name"]) == (organisation.company.pk, "Alice")
        assert initial["subject"] == SUBJECTS[audience]
        assert initial["compare_with"] is None

    def test_compares_with_the_only_campaign_that_covers_the_same_teams(
        self, asker: Asker, organisation: Organisation, now: datetime
    ) -> None:
        make_draft(organisation, now, scope_id=organisation.food.pk)
        assert asker.form(Audience.CUSTOMER).initial["compare_with"] is None

        staff = make_draft(organisation, now).campaign
        assert asker.form(Audience.CUSTOMER).initial["compare_with"] == staff.pk

    def test_starts_from_what_a_draft_says_now(
        self, asker: Asker, organisation: Organisation, now: datetime
    ) -> None:
        staff = make_draft(organisation, now).campaign
        draft = make_draft(
            organisation,
            now,
            Audience.CUSTOMER,
            compare_with_id=staff.pk,
            closes_at=now + timedelta(days=30),
        )
        initial = asker.form(Audience.CUSTOMER, draft).initial

        assert initial["closes_at"] == now + timedelta(days=30)
        assert (initial["scope"], initial["compare_with"]) == (organisation.company.pk, staff.pk)
        assert read_words(initial) == WORDS

    def test_needs_no_teams(self, asker: Asker) -> None:
        initial = asker.form().initial

        assert (initial["scope"], initial["compare_with"]) == (None, None)
        assert initial["signer_name"] == "Alice"


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
