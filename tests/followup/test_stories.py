"""Stories as they are read: by audience, by team, for everybody."""

from datetime import datetime

import pytest

from survey.accounts.models import User
from survey.campaigns.models import Group, Pairing
from survey.followup.stories import list_stories, list_team_stories
from survey.followup.telling import Choosing, choose_story
from survey.organization.models import Team
from survey.questionnaires.models import Audience
from tests.dashboards.team.staging import everywhere, release, write

pytest_plugins = ["tests.dashboards.team.company"]
PUBLIC = Choosing(None, is_on_heard_page=True)


@pytest.fixture
def bakery(team_sides: Pairing) -> Group:
    """A group whose words may be read."""
    return release(team_sides.ex, everywhere("fair", 70.0))["bakery"]


def texts(**wanted: object) -> list[str]:
    found = list_stories(audience=Audience.EMPLOYEE, **wanted)  # type: ignore[arg-type]
    return [one.text for one in found]


class TestListStories:
    def test_keeps_staff_and_customers_apart(
        self, bakery: Group, team_sides: Pairing, alice: User, now: datetime
    ) -> None:
        outside = release(team_sides.cx, everywhere("treat", 70.0))["bakery"]
        for comment in (write(bakery, "Staff"), write(outside, "Customer")):
            choose_story(comment_id=comment.pk, choosing=PUBLIC, by=alice, now=now)

        assert texts() == ["Staff"]
        (customer,) = list_stories(audience=Audience.CUSTOMER)
        assert "customer" in customer.note


class TestListTeamStories:
    def test_tells_those_for_the_team_and_for_everybody_newest_first(
        self, bakery: Group, alice: User, now: datetime
    ) -> None:
        team = Team.objects.get(code="bakery")
        other = Team.objects.get(code="garden")
        for text, to in (("All", None), ("Ours", team), ("Theirs", other)):
            comment = write(bakery, text)
            choose_story(comment_id=comment.pk, choosing=Choosing(to), by=alice, now=now)

        told = list_team_stories(team_ids=[team.pk], at_most=5)

        assert sorted(one.text for one in told) == ["All", "Ours"]
        assert {one.is_staff for one in told} == {True}
        assert len(list_team_stories(team_ids=[team.pk], at_most=1)) == 1
