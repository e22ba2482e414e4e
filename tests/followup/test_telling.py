"""Words are told with leave, word for word, or not at all."""

from datetime import datetime
from uuid import uuid4

import pytest

from survey.accounts.models import AccessEntry, Action, User
from survey.campaigns.models import Group, Pairing
from survey.followup.hiding import NoReasonError, hide_comment
from survey.followup.models import Story
from survey.followup.stories import list_stories, list_team_stories
from survey.followup.telling import (
    HIDE,
    TELL_AGAIN,
    Choosing,
    HiddenStoryError,
    NamesInItError,
    NoLeaveError,
    choose_story,
    hide_story,
)
from survey.organization.models import Team
from survey.questionnaires.models import Audience
from survey.responses.models import Comment
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


class TestChooseStory:
    def test_tells_the_words_with_a_dedication(
        self, bakery: Group, alice: User, now: datetime
    ) -> None:
        team = Team.objects.get(code="bakery")
        choosing = Choosing(team, dedication=" To the early shift ")
        choose_story(comment_id=write(bakery, "Warm").pk, choosing=choosing, by=alice, now=now)

        (told,) = list_stories(audience=Audience.EMPLOYEE, team_ids=[team.pk])

        assert (told.text, told.dedication, told.team_name) == (
            "Warm", "To the early shift", "Bakery",
        )  # fmt: skip
        assert texts(heard_page=True) == []
        assert texts(team_ids=[]) == []

    def test_never_tells_words_without_leave(
        self, bakery: Group, alice: User, now: datetime
    ) -> None:
        kept = write(bakery, "Between us", "NONE")

        with pytest.raises(NoLeaveError):
            choose_story(comment_id=kept.pk, choosing=PUBLIC, by=alice, now=now)

    def test_takes_words_without_names_only_from_somebody_who_looked(
        self, bakery: Group, alice: User, now: datetime
    ) -> None:
        comment = write(bakery, "He walked me home", "NO_NAMES")
        with pytest.raises(NamesInItError):
            choose_story(comment_id=comment.pk, choosing=PUBLIC, by=alice, now=now)

        looked = Choosing(None, is_on_heard_page=True, has_no_names=True)
        choose_story(comment_id=comment.pk, choosing=looked, by=alice, now=now)

        assert texts(heard_page=True) == ["He walked me home"]

    @pytest.mark.parametrize("leave", ["NONE", "NO_NAMES"])
    def test_tells_nothing_that_got_into_the_table_another_way(
        self, bakery: Group, now: datetime, leave: str
    ) -> None:
        comment = write(bakery, "Between us", leave)
        Story.objects.create(comment=comment, chosen_date=now.date(), chosen_by="Mallory")

        assert texts() == []
        assert list_team_stories(team_ids=[], at_most=5) == ()

    def test_finds_neither_unreleased_nor_unknown_words(
        self, bakery: Group, alice: User, now: datetime
    ) -> None:
        waiting = Comment.objects.create(group=bakery, item_code="words", text="Not yet")

        for comment_id in (waiting.pk, uuid4()):
            with pytest.raises(Comment.DoesNotExist):
                choose_story(comment_id=comment_id, choosing=PUBLIC, by=alice, now=now)


class TestHideStory:
    def test_needs_a_reason_and_leaves_the_comment(
        self, bakery: Group, alice: User, now: datetime
    ) -> None:
        comment = write(bakery, "Warm")
        story = choose_story(comment_id=comment.pk, choosing=PUBLIC, by=alice, now=now)
        with pytest.raises(NoReasonError):
            hide_story(story_id=story.pk, reason=" ", by=alice, now=now)

        hide_story(story_id=story.pk, reason="A name", by=alice, now=now)

        assert texts() == []
        assert Comment.objects.get(pk=comment.pk).text == "Warm"
        story.refresh_from_db()
        assert (story.hidden_by, story.hidden_reason) == ("Alice", "A name")

    def test_is_told_again_by_an_office_alone(
        self, bakery: Group, alice: User, bob: User, now: datetime
    ) -> None:
        comment = write(bakery, "Warm")
        story = choose_story(comment_id=comment.pk, choosing=PUBLIC, by=bob, now=now)
        hide_story(story_id=story.pk, reason="A name", by=alice, now=now)
        with pytest.raises(HiddenStoryError):
            choose_story(comment_id=comment.pk, choosing=PUBLIC, by=bob, now=now)
        story.refresh_from_db()
        assert (texts(), story.hidden_reason) == ([], "A name")

        choose_story(comment_id=comment.pk, choosing=PUBLIC, by=alice, now=now)

        assert texts() == ["Warm"]

    def test_is_in_the_access_log_with_its_reason_and_so_is_telling_it_again(
        self, bakery: Group, alice: User, now: datetime
    ) -> None:
        comment = write(bakery, "Warm")
        story = choose_story(comment_id=comment.pk, choosing=PUBLIC, by=alice, now=now)
        for reason in ("A name", "Another"):  # who hides what is hidden changes nothing
            hide_story(story_id=story.pk, reason=reason, by=alice, now=now)
        choose_story(comment_id=comment.pk, choosing=PUBLIC, by=alice, now=now)

        entries = AccessEntry.objects.order_by("pk")
        what = f"{comment.pk}: A name"
        assert list(entries.values_list("user_name", "action", "route", "what")) == [
            ("Alice", Action.CHANGED, HIDE, what),
            ("Alice", Action.CHANGED, TELL_AGAIN, what),
        ]

    def test_follows_a_comment_that_is_hidden_itself(
        self, bakery: Group, alice: User, now: datetime
    ) -> None:
        comment = write(bakery, "Warm")
        choose_story(comment_id=comment.pk, choosing=PUBLIC, by=alice, now=now)
        hide_comment(comment=comment, user=alice, reason="A name", now=now)

        assert texts() == []
        with pytest.raises(Comment.DoesNotExist):
            choose_story(comment_id=comment.pk, choosing=PUBLIC, by=alice, now=now)
