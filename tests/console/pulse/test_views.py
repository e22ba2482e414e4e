"""The first four steps of asking."""

from datetime import datetime, timedelta
from typing import Any
from unittest import mock

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from survey.accounts.models import Role
from survey.campaigns.models import Campaign, Pairing, Schedule, Wave
from survey.campaigns.services.redrafting import CampaignHasRunError
from survey.organization.models import Attribute, Person
from survey.questionnaires.models import Audience, Questionnaire
from tests.cast import Organisation, make_user
from tests.console.waves import make_draft
from tests.factories.campaigns import make_draft as make_wave
from tests.factories.colleagues import make_colleagues, serve

LIMIT = "survey.console.pulse.views.limit_arrows"
MOST_QUERIES = 41
STEPS = ("questions", "people", "message", "timing")


def page(wave: Wave, step: str) -> str:
    return f"/console/waves/{wave.pk}/{step}/"


def filled(hr: Client, address: str, **changes: Any) -> dict[str, Any]:
    """Return what a browser would send back from an untouched form."""
    form = hr.get(address).context["form"]
    values = {}
    for field in form:
        value = field.value()
        values[field.name] = field.as_hidden() and ("" if value is None else value)
        if hasattr(value, "strftime"):
            kind = "%H:%M" if hasattr(value, "hour") else "%Y-%m-%d"
            values[field.name] = value.strftime(kind)
    return {name: value for name, value in values.items() if value is not False} | changes


class TestQuestions:
    def test_lists_what_is_asked_with_its_time(self, hr: Client, draft: Wave) -> None:
        shown = hr.get(page(draft, "questions")).text

        assert "8 questions, about 1 min 20 s" in shown
        assert shown.count("10 s") >= 8

    def test_asks_something_else_and_compares(
        self, hr: Client, draft: Wave, organisation: Organisation, present: Any
    ) -> None:
        customers = make_draft(organisation, present, "CUSTOMER").campaign
        longer = Questionnaire.objects.get(code="pulse_long")
        address = page(draft, "questions")
        data = {"questionnaire": longer.pk, "compare_with": customers.pk, "then": "stay"}
        answer = hr.post(address, data)

        assert answer["Location"] == address
        draft.refresh_from_db()
        assert draft.questionnaire == longer
        assert Pairing.objects.get().cx == customers

    def test_leaves_what_is_compared_to_the_people_team(
        self, client: Client, draft: Wave, organisation: Organisation, present: Any
    ) -> None:
        theirs = make_draft(organisation, present, "CUSTOMER")
        client.force_login(make_user("dora", Role.CX_MANAGER))
        address = page(theirs, "questions")
        data = {"questionnaire": theirs.questionnaire_id, "compare_with": draft.campaign_id}

        assert "compare_with" not in client.get(address).text
        assert client.post(address, data).status_code == 302
        assert not Pairing.objects.exists()

    def test_says_that_people_can_no_longer_be_chosen_so(self, hr: Client, draft: Wave) -> None:
        Campaign.objects.update(audience_filter={"attributes": {"dropped": ["x"]}})
        longer = Questionnaire.objects.get(code="pulse_long")
        answer = hr.post(page(draft, "questions"), {"questionnaire": longer.pk})

        assert answer.status_code == 422
        assert "Declare dropped" in answer.text

    def test_names_what_is_wrong(self, hr: Client, draft: Wave) -> None:
        answer = hr.post(page(draft, "questions"), {"questionnaire": "x"})

        assert answer.status_code == 422
        assert "<title>Error" in answer.text


class TestPeople:
    def test_declares_by_what_figures_are_told(self, hr: Client, draft: Wave) -> None:
        Attribute.objects.create(code="tenure", name="Tenure")
        for number, person in enumerate(Person.objects.order_by("pk")):
            person.attributes = {"tenure": ("new", "long")[number % 3 == 0]}
            person.save()
        data = {"scope": str(draft.campaign.scope_id), "cut_codes": ["tenure"]}

        counted = hr.post(page(draft, "people"), data | {"then": "count"}).text
        hr.post(page(draft, "people"), data)

        assert "never for a team" in counted
        assert "By Tenure: long (" in counted
        assert Campaign.objects.get(pk=draft.campaign_id).cut_codes == ["tenure"]

    def test_declares_by_which_channels_customers_are_told_apart(
        self, hr: Client, bank: None, organisation: Organisation, now: datetime
    ) -> None:
        draft = make_draft(organisation, now, Audience.CUSTOMER)
        data = {"scope": str(draft.campaign.scope_id), "channels": "till\nphone"}

        shown = hr.get(page(draft, "people")).text
        wrong = hr.post(page(draft, "people"), data | {"channels": "till"})
        hr.post(page(draft, "people"), data)

        assert "when the month is over" in shown
        assert wrong.status_code == 422
        assert "Name at least 2 channels" in wrong.text
        campaign = Campaign.objects.get(pk=draft.campaign_id)
        assert campaign.cut_levels == {campaign.cut_codes[0]: ["till", "phone"]}
        assert "phone</textarea>" in hr.get(page(draft, "people")).text

    def test_previews_how_people_would_be_counted(self, hr: Client, draft: Wave) -> None:
        shown = hr.get(page(draft, "people")).text

        assert "18 people" in shown
        assert "can be shown" in shown

    def test_counts_without_saving(
        self, hr: Client, draft: Wave, organisation: Organisation
    ) -> None:
        data = {"scope": organisation.company.pk, "team_ids": [organisation.bakery.pk]}
        counted = hr.post(page(draft, "people"), data | {"then": "count"})
        live = hr.get(page(draft, "people/count"), data)

        assert counted.status_code == 200
        assert "5 people" in counted.text
        assert "5 people" in live.text
        assert "<html" not in live.text
        assert Campaign.objects.get().audience_filter == {}

    def test_saves_whom_to_ask(self, hr: Client, draft: Wave, organisation: Organisation) -> None:
        data = {"scope": organisation.food.pk, "team_ids": [organisation.bakery.pk]}
        answer = hr.post(page(draft, "people"), data)

        assert answer["Location"] == page(draft, "message")
        campaign = Campaign.objects.get()
        assert campaign.scope == organisation.food
        assert campaign.audience_filter == {"team_ids": [organisation.bakery.pk]}

    def test_says_nothing_of_a_choice_that_is_none(self, hr: Client, draft: Wave) -> None:
        live = hr.get(page(draft, "people/count"), {"scope": "x"})

        assert "once the choice is complete" in live.text
        assert hr.post(page(draft, "people"), {"scope": "x"}).status_code == 422


class TestTiming:
    def test_saves_the_days(self, hr: Client, draft: Wave, present: Any) -> None:
        address = page(draft, "timing")
        day = (present + timedelta(days=3)).date()
        data = filled(hr, address, starts="on", letters_date=day, then="check")
        answer = hr.post(address, data)

        assert answer.status_code == 302, answer.context["form"].errors
        assert answer["Location"] == page(draft, "check")
        draft.refresh_from_db()
        assert draft.letters_date == day

    def test_shows_the_rounds_before_anything_is_saved(
        self, hr: Client, draft: Wave, present: Any
    ) -> None:
        address = page(draft, "timing")
        day = (present + timedelta(days=3)).date()
        data = filled(hr, address, starts="on", letters_date=day, rhythm="MONTH", then="rounds")
        shown = hr.post(address, data)

        assert "The next 5 rounds" in shown.text
        assert shown.text.count(": letters go at 09:00, answering ends on ") == 5
        assert "Each person sees all items in every round." in shown.text
        assert not Schedule.objects.exists()

    def test_keeps_what_was_typed_where_it_cannot_be_saved(
        self, hr: Client, draft: Wave, present: Any
    ) -> None:
        address = page(draft, "timing")
        day = (present + timedelta(days=3)).date()
        odd = {"rhythm": "MONTH", "holiday_country": "XX", "skip_dates": "2030-01-01"}
        answer = hr.post(address, filled(hr, address, starts="on", letters_date=day, **odd))

        assert answer.status_code == 422
        assert "We know no public holidays of “XX”" in answer.text
        assert "2030-01-01" in answer.text
        assert not Schedule.objects.exists()


class TestAmongColleagues:
    @pytest.fixture
    def among(self, organisation: Organisation, present: datetime) -> Wave:
        serve(vars(organisation), "bakery>garden", "kitchen>garden", "garden>bakery")
        return make_wave(make_colleagues(organisation.company), opens_at=present)

    @pytest.mark.parametrize(
        "step", ["questions", "people", "message", "message/letter", "timing", "check"]
    )
    def test_every_step_can_be_looked_at(self, hr: Client, among: Wave, step: str) -> None:
        assert hr.get(f"/console/waves/{among.pk}/{step}/").status_code == 200

    def test_saves_about_how_many_teams_one_person_is_asked(self, hr: Client, among: Wave) -> None:
        address = f"/console/waves/{among.pk}/people/"
        scope = among.campaign.scope_id
        counted = hr.get(f"{address}count/", {"scope": scope, "arrows_per_person": 1})

        hr.post(address, {"scope": scope, "arrows_per_person": 1})

        assert "10 ratings" in counted.text  # five of Garden about one of two, five of Bakery
        among.campaign.refresh_from_db()
        assert among.campaign.arrows_per_person == 1

    def test_says_that_the_number_stays_once_people_were_asked(
        self, hr: Client, among: Wave
    ) -> None:
        address = f"/console/waves/{among.pk}/people/"
        sent = {"scope": among.campaign.scope_id, "arrows_per_person": 1}

        with mock.patch(LIMIT, side_effect=CampaignHasRunError):  # a launch came first
            page = hr.post(address, sent)

        assert page.status_code == 422
        assert (
            page.text.count("It stays as it is once a wave has gone out.") == 3
        )  # with help and summary
        among.campaign.refresh_from_db()
        assert among.campaign.arrows_per_person == 3


@pytest.mark.parametrize(
    "step", ["questions", "people", "people/count", "message", "timing", "check"]
)
class TestBudget:
    def test_asks_the_database_little(
        self,
        hr: Client,
        draft: Wave,
        step: str,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:
        with django_assert_max_num_queries(MOST_QUERIES):
            assert hr.get(page(draft, step)).status_code == 200
