"""Who leads a team."""

from datetime import date, timedelta

import pytest

from survey.accounts.models import Role
from survey.dashboards.team.leads import name_leads
from survey.organization.models import Membership, Person, Team
from tests.cast import Organisation, make_user

TODAY = date(2026, 3, 2)


@pytest.fixture
def team(organisation: Organisation) -> Team:
    return Team.objects.create(code="dairy", name="Dairy", parent=organisation.food)


def join(team: Team, name: str, *, is_leader: bool, days: int = 100) -> None:
    person = Person.objects.create(external_id=name, name=name)
    Membership.objects.create(
        person=person, team=team, is_leader=is_leader,
        active_from=TODAY - timedelta(days=200), active_to=TODAY + timedelta(days=days),
    )  # fmt: skip


class TestNameLeads:
    def test_names_those_whom_the_roster_calls_leaders_today(self, team: Team) -> None:
        make_user("tom", Role.TEAM_LEAD, team)
        join(team, "Jo Reyes", is_leader=True)
        join(team, "Ida Berg", is_leader=False)
        join(team, "Max Old", is_leader=True, days=-10)

        assert name_leads(team_ids=[team.pk], today=TODAY) == ("Jo Reyes",)

    def test_names_team_leads_with_an_account_else(self, team: Team) -> None:
        make_user("tom", Role.TEAM_LEAD, team)
        make_user("dora", Role.LEADER, team)

        assert name_leads(team_ids=[team.pk], today=TODAY) == ("Tom",)
        assert name_leads(team_ids=[], today=TODAY) == ()
