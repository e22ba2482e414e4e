"""Setting up pulses, customer surveys, campaigns and pairings."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from survey.campaigns.models import Campaign, Pairing, Wave
from survey.campaigns.services import launch_requested_waves
from survey.console.forms import StartForm
from survey.letters.models import Letter
from tests.cast import Organisation

PULSE = "/console/pulse/new/"
CUSTOMERS = "/console/customers/new/"


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


@pytest.mark.usefixtures("bank", "organisation")
class TestNewPulse:
    def test_takes_three_actions_from_the_list_to_the_launch(self, hr: Client) -> None:
        assert PULSE in hr.get("/console/waves/").text
        checked = hr.post(PULSE, prefilled(open_form(hr, PULSE)), follow=True)
        launched = hr.post(checked.redirect_chain[-1][0] + "launch/", follow=True)

        assert "It is being launched." in launched.text
        assert launch_requested_waves(now=timezone.now()) == 1
        assert Wave.objects.get().n_invited == 18

    def test_is_prefilled_with_a_letter_signed_by_the_user(self, hr: Client) -> None:
        form = open_form(hr, PULSE)

        assert form["signer_name"].value() == "Alice"
        assert form["reply_to"].value() == "alice@example.org"
        assert form["signer_role"].value() == "People team"

    def test_makes_the_second_wave_in_the_same_campaign(self, hr: Client) -> None:
        for subject in ("First", "Second"):
            hr.post(PULSE, prefilled(open_form(hr, PULSE), subject=subject))

        assert list(Wave.objects.order_by("pk").values_list("number", "letter__subject")) == [
            (1, "First"),
            (2, "Second"),
        ]
        assert Campaign.objects.count() == 1

    @pytest.mark.parametrize(
        ("field", "value", "message"),
        [
            ("closes_at", "2020-01-01T10:00", "Choose a moment after the opening."),
            ("opens_at", "tomorrow", "Enter a valid date/time."),
            ("subject", "", "This field is required."),
            ("reply_to", "nobody", "Enter a valid email address."),
            ("scope", "999999", "Select a valid choice."),
            ("questionnaire", "x", "Select a valid choice."),
            ("compare_with", "1", "Select a valid choice."),
            ("body", "x" * 4001, "Ensure this value has at most 4000 characters"),
            ("signer_name", "a\x00b", "Null characters are not allowed."),
        ],
    )
    def test_names_what_is_wrong_and_keeps_the_rest(
        self, hr: Client, field: str, value: str, message: str
    ) -> None:
        data = prefilled(open_form(hr, PULSE), signer_role="Kept") | {field: value}
        response = hr.post(PULSE, data)

        assert response.status_code == 422
        assert message in response.context["form"].errors[field][0]
        assert f'href="#id_{field}"' in response.text
        assert 'value="Kept"' in response.text
        assert not Wave.objects.exists()
        assert not Letter.objects.exists()

    def test_refuses_a_wave_that_is_over_before_it_starts(self, hr: Client) -> None:
        form = open_form(hr, PULSE)
        past = {"opens_at": "2020-01-01T09:00", "closes_at": "2020-01-02T09:00"}
        response = hr.post(PULSE, prefilled(form, **past))

        assert "has not passed yet" in response.context["form"].errors["closes_at"][0]

    def test_shows_a_customers_words_as_words(self, hr: Client) -> None:
        data = prefilled(open_form(hr, PULSE), body="<script>alert(1)</script>")
        page = hr.post(PULSE, data, follow=True).text

        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


@pytest.mark.usefixtures("bank", "organisation")
class TestNewCustomerSurvey:
    def test_pairs_it_with_the_pulse_it_is_compared_with(self, hr: Client) -> None:
        hr.post(PULSE, prefilled(open_form(hr, PULSE)))
        pulse = Campaign.objects.get()
        hr.post(CUSTOMERS, prefilled(open_form(hr, CUSTOMERS), compare_with=pulse.pk))

        pairing = Pairing.objects.get()
        assert (pairing.ex, pairing.cx.audience) == (pulse, "CUSTOMER")

    def test_proposes_the_only_campaign_that_covers_the_same_teams(
        self, hr: Client, organisation: Organisation
    ) -> None:
        hr.post(PULSE, prefilled(open_form(hr, PULSE), scope=organisation.food.pk))
        assert open_form(hr, CUSTOMERS)["compare_with"].value() is None  # it covers less

        hr.post(PULSE, prefilled(open_form(hr, PULSE)))
        company = Campaign.objects.get(scope=organisation.company)
        assert open_form(hr, CUSTOMERS)["compare_with"].value() == company.pk

    def test_proposes_none_of_two(self, hr: Client) -> None:
        for questions in open_form(hr, PULSE).fields["questionnaire"].choices[:2]:
            hr.post(PULSE, prefilled(open_form(hr, PULSE), questionnaire=questions[0]))

        assert Campaign.objects.count() == 2
        assert open_form(hr, CUSTOMERS)["compare_with"].value() is None

    def test_stays_open_for_a_quarter(self, hr: Client) -> None:
        form = open_form(hr, CUSTOMERS)

        assert isinstance(form, StartForm)
        length = form["closes_at"].value() - form["opens_at"].value()
        assert timedelta(days=89) < length < timedelta(days=91)


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

    def test_asks_customers_only_what_is_written_for_them(
        self, hr: Client, organisation: Organisation
    ) -> None:
        data = prefilled(open_form(hr, self.ADDRESS), name="Wrong", audience="CUSTOMER")
        response = hr.post(self.ADDRESS, data)

        assert response.status_code == 422
        assert "written for people who work here" in response.text

    def test_plans_its_next_wave(self, hr: Client, organisation: Organisation) -> None:
        hr.post(self.ADDRESS, prefilled(open_form(hr, self.ADDRESS), name="Winter"))
        address = "/console/campaigns/winter/waves/new/"
        checked = hr.post(address, prefilled(open_form(hr, address)), follow=True)

        assert "Before it goes out" in checked.text
        assert Wave.objects.get().campaign.code == "winter"


@pytest.mark.usefixtures("bank", "organisation")
class TestNewPairing:
    ADDRESS = "/console/pairings/new/"

    def test_compares_two_campaigns_once(self, hr: Client) -> None:
        for address in (PULSE, CUSTOMERS):
            hr.post(address, prefilled(open_form(hr, address), compare_with=""))
        for name in ("Inside out", "Again"):
            page = hr.post(
                self.ADDRESS, prefilled(open_form(hr, self.ADDRESS), name=name), follow=True
            )

        assert "Inside out: compared by quarter; closed waves are compared within" in page.text
        assert Pairing.objects.get().name == "Inside out"

    def test_says_what_is_missing(self, hr: Client) -> None:
        response = hr.post(self.ADDRESS, {"name": "Nothing"})

        assert response.status_code == 422
        assert set(response.context["form"].errors) == {"ex", "cx", "period"}
