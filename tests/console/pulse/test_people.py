"""Whom a draft would ask, counted while HR chooses."""

from datetime import datetime

import pytest
from django.forms import MultipleChoiceField
from django.utils.datastructures import MultiValueDict

from survey.campaigns.contact_cuts import CONTACT_CHANNEL
from survey.campaigns.cuts import MOST_LEVELS
from survey.campaigns.models import Campaign
from survey.console.pulse.people import list_attributes, people_form, preview_people, zones_asked
from survey.organization.models import Attribute, Person
from survey.questionnaires.models import Audience
from tests.cast import Organisation
from tests.console.waves import make_draft

pytestmark = pytest.mark.usefixtures("bank")


class TestPeopleForm:
    def test_offers_the_teams_below_the_chosen_one(
        self, organisation: Organisation, now: datetime
    ) -> None:
        draft = make_draft(organisation, now)
        of_company = people_form(wave=draft, now=now)
        of_food = people_form(wave=draft, now=now, data={"scope": str(organisation.food.pk)})

        assert len(of_company.fields["team_ids"].choices) == 5  # type: ignore[attr-defined]
        assert set(dict(of_food.fields["team_ids"].choices)) == {  # type: ignore[attr-defined]
            organisation.bakery.pk,
            organisation.kitchen.pk,
        }

    def test_chooses_customers_by_team_only(
        self, organisation: Organisation, now: datetime
    ) -> None:
        Attribute.objects.create(code="tenure", name="Tenure")
        Person.objects.update(attributes={"tenure": "new"})
        customers = make_draft(organisation, now, Audience.CUSTOMER)

        assert "attribute_tenure" in people_form(wave=make_draft(organisation, now), now=now).fields
        assert "attribute_tenure" not in people_form(wave=customers, now=now).fields

    def test_declares_three_cuts_at_most(self, organisation: Organisation, now: datetime) -> None:
        codes = ["age", "contract", "site", "tenure"]
        Attribute.objects.bulk_create(Attribute(code=code, name=code) for code in codes)
        Person.objects.update(attributes=dict.fromkeys(codes, "one"))
        draft = make_draft(organisation, now)
        scope = str(organisation.company.pk)

        for chosen, is_taken in ((codes[:3], True), (codes, False)):
            data = MultiValueDict({"scope": [scope], "cut_codes": chosen})
            assert people_form(wave=draft, now=now, data=data).is_valid() is is_taken

    def test_offers_no_cut_of_very_many_values(
        self, organisation: Organisation, now: datetime
    ) -> None:
        Attribute.objects.create(code="title", name="Title")
        draft = make_draft(organisation, now)
        people = list(Person.objects.order_by("pk"))
        for n_values, offered in ((MOST_LEVELS, [("title", "Title")]), (MOST_LEVELS + 1, [])):
            for number, person in enumerate(people):
                person.attributes = {"title": f"title {number % n_values}"}
            Person.objects.bulk_update(people, ["attributes"])
            cuts = people_form(wave=draft, now=now).fields["cut_codes"]
            assert isinstance(cuts, MultipleChoiceField)
            assert cuts.choices == offered

    @pytest.mark.parametrize(
        ("text", "is_taken"),
        [("", True), ("till\nphone", True), ("till\nTill", False), ("x" * 41 + "\ntill", False)],
    )
    def test_takes_two_channels_of_customers_or_more(
        self, organisation: Organisation, now: datetime, text: str, is_taken: bool
    ) -> None:
        draft = make_draft(organisation, now, Audience.CUSTOMER)
        data = MultiValueDict({"scope": [str(organisation.company.pk)], "channels": [text]})
        form = people_form(wave=draft, now=now, data=data)

        assert form.is_valid() is is_taken
        assert ("channels" in form.errors) is not is_taken
        if text and is_taken:
            assert form.cuts() == ([CONTACT_CHANNEL], {CONTACT_CHANNEL: ["till", "phone"]})

    def test_asks_staff_for_no_channels(self, organisation: Organisation, now: datetime) -> None:
        assert "channels" not in people_form(wave=make_draft(organisation, now), now=now).fields


class TestPreviewPeople:
    def test_counts_and_stores_nothing(self, organisation: Organisation, now: datetime) -> None:
        draft = make_draft(organisation, now)
        found = preview_people(
            wave_id=draft.pk,
            scope_id=organisation.food.pk,
            audience_filter={"team_ids": [organisation.bakery.pk]},
            now=now,
        )

        assert found.n_people < 18
        assert found.n_teams == 1
        assert Campaign.objects.get().scope == organisation.company
        assert Campaign.objects.get().audience_filter == {}


class TestListAttributes:
    def test_lists_declared_attributes_with_the_values_that_occur(
        self, organisation: Organisation
    ) -> None:
        Attribute.objects.create(code="tenure", name="Tenure")
        Attribute.objects.create(code="unused", name="Unused")
        for number, person in enumerate(Person.objects.all()):
            person.attributes = {"tenure": ("new", "long")[number % 2], "secret": "x"}
            person.save()

        assert list_attributes() == {"tenure": ("Tenure", ["long", "new"])}

    def test_orders_values_as_cuts_order_their_levels(self, organisation: Organisation) -> None:
        Attribute.objects.create(code="tenure", name="Tenure")
        said = ("10 years or more", "2 to 9 years", "under 2 years")
        for number, person in enumerate(Person.objects.all()):
            person.attributes = {"tenure": said[number % 3]}
            person.save()

        assert list_attributes()["tenure"][1] == list(reversed(said))


class TestZonesAsked:
    def test_are_those_of_the_people(self, organisation: Organisation, now: datetime) -> None:
        Person.objects.filter(external_id="bakery-2").update(time_zone="Asia/Tokyo")
        draft = make_draft(organisation, now)
        customers = make_draft(organisation, now, Audience.CUSTOMER)

        assert zones_asked(wave=draft, today=now.date()) == {"UTC", "Asia/Tokyo"}
        assert zones_asked(wave=customers, today=now.date()) == set()
