"""Campaigns in somebody's parts."""

from survey.accounts.models import Role, User
from survey.dashboards.access import find_reader
from survey.dashboards.reach import reached_campaigns
from survey.dashboards.trees import read_tree
from tests.cast import Organisation, make_user
from tests.factories.aggregation import make_campaign, make_instrument


def reached(user: User) -> list[str]:
    found = reached_campaigns(reader=find_reader(user=user), tree=read_tree())
    return [campaign.code for campaign in found]


class TestReachedCampaigns:
    def test_are_those_that_ask_in_or_above_ones_teams(
        self, organisation: Organisation, alice: User, bob: User, charlie: User
    ) -> None:
        questionnaire = make_instrument()
        for team in (organisation.company, organisation.food, organisation.garden):
            make_campaign(questionnaire, team, code=team.code)
        lead = make_user("tom", Role.TEAM_LEAD, organisation.kitchen)

        assert reached(alice) == ["company", "food", "garden"]
        assert reached(bob) == reached(lead) == ["company", "food"]
        assert reached(charlie) == ["company", "garden"]
