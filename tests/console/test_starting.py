"""Setting up campaigns, waves of them, and pairings."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from survey.accounts.models import Role
from survey.campaigns.models import Campaign, Pairing, Wave
from survey.questionnaires.models import Audience, Questionnaire
from tests.cast import Organisation, make_user
from tests.console.waves import make_draft
from tests.factories.colleagues import make_colleagues


def prefilled(form: Any, **changes: object) -> dict[str, object]:
    """Return what a browser would send back from an untouched form."""
    values = {}
    for field in form:
        value = field.value()
        if value is None and hasattr(field.field, "choices"):
            value = next((key for key, _ in field.field.choices), "")
        values[field.name] = value if value is not None else ""
    for name in ("opens_at", "closes_at"):
        if name in values:
            values[name] = values[name].strftime("%Y-%m-%dT%H:%M")
    return values | changes


def open_form(hr: Client, address: str) -> Any:
    return hr.get(address).context["form"]


@pytest.mark.usefixtures("bank")
class TestNewCampaign:
    ADDRESS = "/console/campaigns/new/"

    def test_sets_a_campaign_up(self, hr: Client, organisation: Organisation) -> None:
        data = prefilled(open_form(hr, self.ADDRESS), name="New", scope=organisation.food.pk)
        page = hr.post(self.ADDRESS, data, follow=True)

        campaign = Campaign.objects.get()
        assert campaign.code == "new-2"  # "new" is an address
        assert campaign.scope == organisation.food
        assert page.redirect_chain[-1][0] == reverse("console:campaign", args=[campaign.code])

    def test_sets_one_up_among_colleagues(self, hr: Client, organisation: Organisation) -> None:
        among = Questionnaire.objects.get(code="colleagues").pk
        data = prefilled(
            open_form(hr, self.ADDRESS),
            name="Among us",
            audience="COLLEAGUE",
            questionnaire=among,
            arrows_per_person=2,
        )
        hr.post(self.ADDRESS, data)

        made = Campaign.objects.get()
        assert (made.audience, made.arrows_per_person) == ("COLLEAGUE", 2)

    def test_asks_customers_only_what_is_written_for_them(
        self, hr: Client, organisation: Organisation
    ) -> None:
        data = prefilled(open_form(hr, self.ADDRESS), name="Wrong", audience="CUSTOMER")
        response = hr.post(self.ADDRESS, data)

        assert response.status_code == 422
        assert "written for people who work here" in response.text

    def test_refuses_the_words_of_marketers(self, hr: Client, organisation: Organisation) -> None:
        words = "Dear valued colleague, your feedback is important to us."
        response = hr.post(self.ADDRESS, prefilled(open_form(hr, self.ADDRESS), body=words))

        assert response.status_code == 422
        assert "body" in response.context["form"].errors
        assert not Campaign.objects.exists()

    def test_plans_its_next_wave(self, hr: Client, organisation: Organisation) -> None:
        hr.post(self.ADDRESS, prefilled(open_form(hr, self.ADDRESS), name="Winter"))
        address = "/console/campaigns/winter/waves/new/"
        checked = hr.post(address, prefilled(open_form(hr, address)), follow=True)

        assert "Before it goes out" in checked.text
        assert Wave.objects.get().campaign.code == "winter"


@pytest.mark.usefixtures("bank", "organisation")
class TestNewPairing:
    ADDRESS = "/console/pairings/new/"

    def test_compares_two_campaigns_once(self, hr: Client, organisation: Organisation) -> None:
        for audience in Audience.EMPLOYEE, Audience.CUSTOMER:
            make_draft(organisation, timezone.now(), audience)
        for name in ("Inside out", "Again"):
            page = hr.post(
                self.ADDRESS, prefilled(open_form(hr, self.ADDRESS), name=name), follow=True
            )

        assert "Inside out: compared by quarter; closed waves are compared within" in page.text
        assert Pairing.objects.get().name == "Inside out"

    def test_takes_colleagues_in_also_later(self, hr: Client, organisation: Organisation) -> None:
        for audience in Audience.EMPLOYEE, Audience.CUSTOMER:
            make_draft(organisation, timezone.now(), audience)
        colleagues = make_colleagues(organisation.company)
        form = open_form(hr, self.ADDRESS)
        for chosen, kept in (("", None), (colleagues.pk, colleagues), ("", colleagues)):
            hr.post(self.ADDRESS, prefilled(form, name="Both", colleague=chosen))

            assert Pairing.objects.get().colleague == kept

    def test_is_for_the_people_team(self, client: Client, organisation: Organisation) -> None:
        for audience in Audience.EMPLOYEE, Audience.CUSTOMER:
            make_draft(organisation, timezone.now(), audience)
        client.force_login(make_user("dora", Role.CX_MANAGER))

        assert self.ADDRESS not in client.get("/console/campaigns/").text
        assert client.get(self.ADDRESS).status_code == 403
        assert client.post(self.ADDRESS, {"name": "Mine"}).status_code == 403
        assert not Pairing.objects.exists()

    def test_says_what_is_missing(self, hr: Client) -> None:
        response = hr.post(self.ADDRESS, {"name": "Nothing"})

        assert response.status_code == 422
        assert set(response.context["form"].errors) == {"ex", "cx", "period"}
