"""What the database refuses of stories."""

from datetime import datetime

from survey.campaigns.models import Pairing
from survey.followup.models import Story
from tests.constraints import assert_refused
from tests.dashboards.team.staging import everywhere, release, write

pytest_plugins = ["tests.dashboards.team.company"]


class TestStory:
    def test_is_not_hidden_without_a_reason(self, team_sides: Pairing, now: datetime) -> None:
        comment = write(release(team_sides.ex, everywhere("fair", 70.0))["bakery"], "Told")
        story = Story.objects.create(comment=comment, chosen_date=now.date(), chosen_by="Ann")

        assert str(story) == str(story.pk)
        assert_refused(
            "story_hidden_has_a_reason",
            lambda: Story.objects.filter(pk=story.pk).update(hidden_date=now.date()),
        )
