"""The page of stories: whose words it offers, and that it shows every letter of them."""

import html
import re
from datetime import datetime

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from survey.accounts.models import Role, User
from survey.campaigns.models import Group, Pairing
from survey.dashboards.see_as.views import SEEN_AS
from survey.followup.models import Story
from survey.followup.telling import Choosing, choose_story
from survey.organization.models import Team
from survey.responses.models import Comment
from tests.cast import Organisation, make_user
from tests.dashboards.team.staging import everywhere, release, write

pytest_plugins = ["tests.dashboards.team.company"]
STORIES = "/dashboards/stories/"
TEAM_PAGE = "/dashboards/teams/bakery/"
TOLD = re.compile(rb'<div class="told" dir="auto">(.*?)</div>', re.S)
ANY_WORDS = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), min_size=1, max_size=1500
)


@pytest.fixture
def bakery(team_sides: Pairing) -> Group:
    """A group whose words may be read."""
    return release(team_sides.ex, everywhere("fair", 70.0))["bakery"]


def told_on(client: Client, address: str) -> list[str]:
    page = client.get(address).content
    return [html.unescape(one.decode()) for one in TOLD.findall(page)]


class TestEveryLetter:
    @settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
    @given(words=ANY_WORDS)
    @example(words="<script>alert(1)</script></div> &amp; “quotes” & 'more'")
    @example(words="  two  spaces\r\n\r\nand lines\n\ttabs ")
    @example(words="شكرًا لكم على كل شيء \u202e\u2067 mixed 🥐👩‍🍳")
    @example(words="ā" * 1500)
    def test_is_told_as_it_was_written(
        self, bakery: Group, alice: User, now: datetime, client: Client, words: str
    ) -> None:
        Comment.objects.filter(group=bakery).delete()
        comment = write(bakery, words)
        stored = Comment.objects.get(pk=comment.pk).text
        assert stored == words
        client.force_login(alice)
        assert told_on(client, STORIES) == [stored]  # as it is offered
        choosing = Choosing(Team.objects.get(code="bakery"))
        choose_story(comment_id=comment.pk, choosing=choosing, by=alice, now=now)

        assert told_on(client, STORIES) == [stored]
        assert told_on(client, TEAM_PAGE).count(stored) == 2  # among its words, and told to it

    def test_would_be_missed_if_spaces_were_tidied(
        self, bakery: Group, alice: User, client: Client
    ) -> None:
        write(bakery, "two  spaces")
        client.force_login(alice)

        assert told_on(client, STORIES) != ["two spaces"]


class TestStories:
    def test_offers_what_its_writer_lets_be_told(
        self, bakery: Group, alice: User, client: Client
    ) -> None:
        for leave in ("AS_TOLD", "NO_NAMES", "NONE"):
            write(bakery, f"Words {leave}", leave)
        client.force_login(alice)

        assert sorted(told_on(client, STORIES)) == ["Words AS_TOLD", "Words NO_NAMES"]

    @pytest.mark.parametrize(("who", "n"), [("bob", 1), ("charlie", 0)])
    def test_offers_leads_the_words_of_their_own_teams(
        self, bakery: Group, bob: User, charlie: User, client: Client, who: str, n: int
    ) -> None:
        comment = write(bakery, "Of Bakery")
        client.force_login({"bob": bob, "charlie": charlie}[who])

        assert len(told_on(client, STORIES)) == n
        found = client.get(STORIES, {"comment": str(comment.pk)}).status_code
        assert found == (200 if n else 404)

    @pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR, Role.ANALYST])
    def test_is_closed_to_others(self, client: Client, db: None, role: Role) -> None:
        client.force_login(make_user("ann", role))

        assert client.get(STORIES).status_code == 403

    def test_chooses_and_hides(self, bakery: Group, alice: User, bob: User, client: Client) -> None:
        comment, team = write(bakery, "Warm"), Team.objects.get(code="bakery")
        client.force_login(bob)
        chosen = {"comment": str(comment.pk), "team": team.pk, "dedication": "To you"}
        assert client.post(STORIES, chosen)["Location"] == STORIES
        story = Story.objects.get()
        assert (story.team, story.dedication, story.chosen_by) == (team, "To you", "Bob")
        assert not story.is_on_heard_page

        unsaid = client.post(STORIES, {"story": str(story.pk), "reason": " "})
        client.post(STORIES, {"story": str(story.pk), "reason": "A name"})

        assert unsaid.status_code == 422
        page = client.get(STORIES).content.decode()
        assert "Hidden by Bob" in page
        assert told_on(client, STORIES) == []
        assert client.get(STORIES, {"comment": str(comment.pk)}).status_code == 404
        assert client.post(STORIES, chosen).status_code == 404
        client.force_login(alice)
        assert client.post(STORIES, {"comment": str(comment.pk)})["Location"] == STORIES
        story.refresh_from_db()
        assert story.hidden_date is None

    def test_shows_a_lead_what_is_told_to_their_team_and_lets_them_leave_it(
        self, bakery: Group, alice: User, charlie: User, now: datetime, client: Client
    ) -> None:
        choosing = Choosing(Team.objects.get(code="garden"))
        story = choose_story(
            comment_id=write(bakery, "Warm").pk, choosing=choosing, by=alice, now=now
        )
        client.force_login(charlie)

        assert told_on(client, STORIES) == ["Warm"]
        assert "Tell it no longer" not in client.get(STORIES).content.decode()
        assert client.get(STORIES, {"story": str(story.pk)}).status_code == 404

    def test_asks_whether_somebody_is_named(
        self, bakery: Group, alice: User, client: Client
    ) -> None:
        comment = write(bakery, "He walked me home", "NO_NAMES")
        client.force_login(alice)

        refused = client.post(STORIES, {"comment": str(comment.pk)})
        client.post(STORIES, {"comment": str(comment.pk), "has_no_names": "on"})

        assert refused.status_code == 422
        assert "without names only" in refused.content.decode()
        assert Story.objects.get().has_no_names

    def test_lets_no_lead_tell_another_team(
        self, bakery: Group, bob: User, organisation: Organisation, client: Client
    ) -> None:
        comment = write(bakery, "Warm")
        client.force_login(bob)

        refused = client.post(STORIES, {"comment": str(comment.pk), "team": organisation.garden.pk})

        assert refused.status_code == 422
        assert not Story.objects.exists()

    @pytest.mark.parametrize("name", ["comment", "story"])
    @pytest.mark.parametrize("given_id", ["x", "00000000-0000-0000-0000-000000000000"])
    def test_knows_no_words_that_are_not_there(
        self, alice: User, client: Client, name: str, given_id: str
    ) -> None:
        client.force_login(alice)

        assert client.get(STORIES, {name: given_id}).status_code == 404

    def test_changes_nothing_for_whoever_tries_out_a_role(
        self, bakery: Group, alice: User, bob: User, client: Client
    ) -> None:
        comment = write(bakery, "Warm")
        client.force_login(alice)
        session = client.session
        session[SEEN_AS] = bob.grants.get().pk
        session.save()

        assert client.post(STORIES, {"comment": str(comment.pk)}).status_code == 403
        assert "Tell this story" not in client.get(STORIES).content.decode()

    def test_asks_as_few_questions_for_many_stories_as_for_one(
        self, bakery: Group, alice: User, now: datetime, client: Client,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:  # fmt: skip
        client.force_login(alice)

        def tell(number: int) -> None:
            comment = write(bakery, f"Story {number}")
            choose_story(comment_id=comment.pk, choosing=Choosing(None), by=alice, now=now)
            write(bakery, f"Waiting {number}")

        tell(0)
        client.get(STORIES)
        with django_assert_num_queries(7) as counted:
            client.get(STORIES)
        for number in range(1, 15):
            tell(number)
        with django_assert_num_queries(len(counted)):
            client.get(STORIES)
