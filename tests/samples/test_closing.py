"""What came of the demo's answers."""

from datetime import UTC, datetime

import pytest

from survey.aggregation.models import Release, ReleasedComment
from survey.campaigns.models import GroupTeam
from survey.followup.commitments import PromiseCounts, count_commitments, list_commitments
from survey.followup.stories import list_stories
from survey.organization.models import Team
from survey.questionnaires.models import Audience
from survey.responses.models import Comment
from survey.samples.closing import TEAM, close_the_loop
from survey.samples.logins import create_logins, demo_logins
from tests.factories.aggregation import make_campaign, make_instrument, make_wave, plant
from tests.factories.organization import TeamFactory

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def words(db: None) -> None:
    """The teams and accounts of the demo, and words at Bob's team with and without leave."""
    for code in sorted({login.team_code for login in demo_logins() if login.team_code}):
        TeamFactory(code=code)
    create_logins(looked_at=NOW)
    team = Team.objects.get(code=TEAM)
    wave = make_wave(make_campaign(make_instrument(), team, "staff"))
    group = plant(wave, {TEAM: None})[TEAM]
    GroupTeam.objects.get_or_create(group=group, team=team)
    release = Release.objects.create(wave=wave, made_at=NOW, checksum="x" * 64)
    for text, leave in (("B", "AS_TOLD"), ("A", "AS_TOLD"), ("C", "AS_TOLD"), ("No", "NONE")):
        comment = Comment.objects.create(group=group, item_code="w", text=text, leave=leave)
        ReleasedComment.objects.create(release=release, group=group, comment=comment)


@pytest.mark.usefixtures("words")
class TestCloseTheLoop:
    def test_shows_every_way_in_which_a_promise_stands(self) -> None:
        close_the_loop(now=NOW)

        assert count_commitments(today=NOW.date()) == PromiseCounts(
            kept=2, open=1, late=1, refused=1
        )
        late = list_commitments(team_ids=None, today=NOW.date())[0]
        assert (late.who_name, late.days_late) == ("Bob Berg", 4)

    def test_tells_stories_with_leave_alone(self) -> None:
        close_the_loop(now=NOW)

        told = list_stories(audience=Audience.EMPLOYEE)
        assert sorted(one.text for one in told) == ["A", "B"]
        assert len(list_stories(audience=Audience.EMPLOYEE, heard_page=True)) == 1
