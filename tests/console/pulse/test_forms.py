"""What is asked, and of whom."""

from datetime import datetime
from typing import Any

import pytest

from survey.campaigns.models import Campaign
from survey.console.pulse.forms import PeopleForm, QuestionsForm, filter_initial
from survey.organization.selectors import list_team_tree
from survey.questionnaires.models import Audience
from survey.questionnaires.selectors import list_published
from tests.cast import Organisation
from tests.console.waves import make_draft

TENURE = {"tenure": ("Tenure", ["long", "new"])}


class TestQuestionsForm:
    @pytest.mark.usefixtures("bank")
    def test_compares_with_a_campaign_of_the_other_side_or_none(
        self, organisation: Organisation, now: datetime
    ) -> None:
        customers = make_draft(organisation, now, Audience.CUSTOMER).campaign
        staff = make_draft(organisation, now).campaign
        published = list_published(audience=Audience.EMPLOYEE)

        def errors(other: object) -> set[str]:
            given = {"questionnaire": published[0].pk, "compare_with": other}
            others = list(Campaign.objects.filter(audience=Audience.CUSTOMER))
            return set(QuestionsForm(given, questionnaires=published, others=others).errors)

        assert errors("") == errors(customers.pk) == set()
        assert errors(staff.pk) == {"compare_with"}


class TestPeopleForm:
    def form(self, organisation: Organisation, now: datetime, **changes: Any) -> PeopleForm:
        teams = list_team_tree(today=now.date())
        given = {"scope": organisation.company.pk} | changes
        return PeopleForm(given, teams=teams, below=teams[1:], attributes=TENURE)

    def test_keeps_everybody_where_nothing_is_ticked(
        self, organisation: Organisation, now: datetime
    ) -> None:
        form = self.form(organisation, now)

        assert form.is_valid(), form.errors
        assert form.audience_filter() == {}

    def test_keeps_whole_teams_and_declared_values(
        self, organisation: Organisation, now: datetime
    ) -> None:
        teams = [organisation.kitchen.pk, organisation.bakery.pk]
        form = self.form(organisation, now, team_ids=teams, attribute_tenure=["new"])

        assert form.is_valid(), form.errors
        kept = form.audience_filter()
        assert kept == {"team_ids": sorted(teams), "attributes": {"tenure": ["new"]}}
        initial = filter_initial(kept)
        assert initial == {"team_ids": sorted(teams), "attribute_tenure": ["new"]}

    @pytest.mark.parametrize(
        ("field", "value"),
        [("scope", "x"), ("team_ids", ["0"]), ("attribute_tenure", ["none such"])],
    )
    def test_takes_nothing_else(
        self, organisation: Organisation, now: datetime, field: str, value: object
    ) -> None:
        assert set(self.form(organisation, now, **{field: value}).errors) == {field}

    def test_says_how_many_people_a_team_has(
        self, organisation: Organisation, now: datetime
    ) -> None:
        form = self.form(organisation, now)
        labels = dict(form.fields["team_ids"].choices)  # type: ignore[attr-defined]

        assert labels[organisation.bakery.pk] == "Bakery, 6 people"

    def test_sets_teams_in_below_those_they_belong_to(
        self, organisation: Organisation, now: datetime
    ) -> None:
        ticks = self.form(organisation, now).team_ticks()
        found = {
            str(one.tick.choice_label).partition(",")[0]: (one.depth, one.above) for one in ticks
        }

        assert (found["Food"], found["Bakery"]) == ((0, ""), (1, "Food"))
        assert next(iter(found)) == "Food"
