"""What is played back and what could be, as the page has it."""

from datetime import datetime

from survey.accounts.models import User
from survey.campaigns.models import Pairing
from survey.dashboards.access import find_reader
from survey.dashboards.stories.pages import PER_PAGE, build_stories_page
from survey.followup.telling import Choosing, choose_story, hide_story
from tests.dashboards.team.staging import everywhere, release, write

pytest_plugins = ["tests.dashboards.team.company"]


class TestBuildStoriesPage:
    def test_moves_words_from_waiting_to_told_to_hidden(
        self, alice: User, team_sides: Pairing, now: datetime
    ) -> None:
        comment = write(release(team_sides.cx, everywhere("treat", 70.0))["bakery"], "Warm")

        def see() -> tuple[int, int, int]:
            page = build_stories_page(reader=find_reader(user=alice), wanted={})
            return len(page.rows), len(page.told), len(page.hidden)

        assert see() == (1, 0, 0)
        story = choose_story(
            comment_id=comment.pk, choosing=Choosing(None, "To you"), by=alice, now=now
        )
        assert see() == (0, 1, 0)
        hide_story(story_id=story.pk, reason="A name", by=alice, now=now)
        assert see() == (0, 0, 1)

    def test_offers_words_page_by_page(self, alice: User, team_sides: Pairing) -> None:
        group = release(team_sides.cx, everywhere("treat", 70.0))["bakery"]
        for number in range(PER_PAGE + 1):
            write(group, f"{number}")
        reader = find_reader(user=alice)

        first, last = (build_stories_page(reader=reader, wanted={"page": n}) for n in "19")

        assert (len(first.rows), len(last.rows)) == (PER_PAGE, 1)
        assert first.rows[0].source == "Bakery, Outside"
        assert not first.rows[0].is_staff
