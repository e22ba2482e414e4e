"""The page of one comment: who may open it, what it says, and what can be done there."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from survey.accounts.models import AccessEntry, Grant, Role, User
from survey.campaigns.models import Group
from survey.core.timestamps import local_date
from survey.followup.conversations import read_talk, reply
from survey.followup.models import HiddenComment, Message
from survey.followup.writers import answer_as_writer, close_as_writer, reveal_as_writer
from tests.cast import make_user
from tests.followup.talking import TODAY, WORDS, Kept, keep

pytest_plugins = ["tests.dashboards.team.company", "tests.followup.talkers"]


def url_of(kept: Kept, code: str = "bakery") -> str:
    return reverse("dashboards:talk", args=[code, kept.comment.pk])


@pytest.fixture
def as_bob(client: Client, bob: User) -> Client:
    client.force_login(bob)
    return client


class TestTalk:
    def test_is_reached_from_each_story_of_the_words_page(self, kept: Kept, as_bob: Client) -> None:
        for page in ("/dashboards/teams/bakery/words/", "/dashboards/teams/bakery/"):
            assert url_of(kept) in as_bob.get(page).text

        assert "Nobody listens." in as_bob.get(url_of(kept)).text

    def test_is_not_there_for_whoever_may_not_open_the_words_of_its_home(
        self, kept: Kept, client: Client, charlie: User
    ) -> None:
        client.force_login(charlie)

        for verb in (client.get, client.post):
            assert verb(url_of(kept)).status_code == 404
            assert verb(url_of(kept, "garden")).status_code == 404
        assert not Message.objects.exists()

    def test_is_reached_by_no_path_below_the_threshold(
        self, groups: dict[str, Group], as_bob: Client, alice: User
    ) -> None:
        waiting = keep(groups["bakery"], "Too few wrote", is_released=False)
        for user in (None, alice):
            if user is not None:
                as_bob.force_login(user)
            for code in ("bakery", "food", "garden"):
                assert as_bob.get(url_of(waiting, code)).status_code == 404
            for page in ("teams/bakery/words/", "teams/bakery/", "stories/"):
                assert "Too few wrote" not in as_bob.get(f"/dashboards/{page}").text
        assert as_bob.get(f"/dashboards/teams/bakery/words/{uuid4()}/").status_code == 404

    def test_shows_a_reply_under_its_name(self, kept: Kept, as_bob: Client) -> None:
        page = as_bob.post(url_of(kept), {"do": "reply", "text": "<b>Tell</b> me"}, follow=True)

        assert "&lt;b&gt;Tell&lt;/b&gt; me" in page.text
        assert "Bob, leads Bakery, " in page.text

    def test_says_a_short_sentence_with_one_press(self, kept: Kept, as_bob: Client) -> None:
        page = as_bob.post(url_of(kept), {"acknowledge": "LOOKING"}, follow=True)

        assert page.text.count("I am looking into this.") == 2  # said, and still to press
        assert Message.objects.get().acknowledgement == "LOOKING"

    @pytest.mark.parametrize(
        ("sent", "why"),
        [
            ({"do": "reply", "text": " "}, "Write something first."),
            ({"do": "reply", "text": "x" * 1501}, "longer than 1500 characters"),
            ({"acknowledge": "SHOUTED"}, "Write something first."),
            ({"do": "hide", "reason": " "}, "Say why it is hidden"),
            ({"do": "hide", "reason": "x" * 301}, "in at most 300 characters"),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(
        self, kept: Kept, as_bob: Client, sent: dict[str, str], why: str
    ) -> None:
        page = as_bob.post(url_of(kept), sent)

        assert page.status_code == 422
        assert why in page.text
        assert "Error:" in page.text
        assert sent.get("text", sent.get("reason", "")) in page.text

    @pytest.mark.parametrize(
        ("pressed", "status", "stands"),
        [
            ({"acknowledge": "LOOKING"}, 200, (True, True)),
            ({"do": "reply"}, 200, (False, True)),
            ({"do": "hide", "reason": " "}, 422, (True, False)),
        ],
    )
    def test_shows_again_what_was_typed_beside_the_button(
        self,
        kept: Kept,
        as_bob: Client,
        pressed: dict[str, str],
        status: int,
        stands: tuple[bool, bool],
    ) -> None:
        typed = {"text": "Long <answer>", "reason": "Rude <words>"}

        page = as_bob.post(url_of(kept), typed | pressed)

        assert page.status_code == status
        fields = (f"{escape(typed['text'])}</textarea>", f'value="{escape(typed["reason"])}"')
        assert tuple(field in page.text for field in fields) == stands

    def test_says_once_what_a_reloaded_page_sends_again(
        self, kept: Kept, as_bob: Client, alice: User
    ) -> None:
        (key,) = re.findall(r'name="form_key" value="([^"]+)"', as_bob.get(url_of(kept)).text)
        sent = {"do": "reply", "text": "Tell me more.", "reason": "Rude", "form_key": key}
        shown_again = as_bob.post(url_of(kept), sent)
        assert shown_again.status_code == 200
        assert key not in shown_again.text
        reply(comment=kept.comment, user=alice, text="Me too.", today=local_date(timezone.now()))

        as_bob.post(url_of(kept), sent)

        said = Message.objects.order_by("number").values_list("text", flat=True)
        assert list(said) == ["Tell me more.", "Me too."]
        assert as_bob.post(url_of(kept), sent | {"form_key": "none"}).status_code == 200

    def test_goes_on_where_nothing_else_was_typed(self, kept: Kept, as_bob: Client) -> None:
        sent = {"acknowledge": "LOOKING", "text": " ", "reason": ""}

        assert as_bob.post(url_of(kept), sent).status_code == 302

    def test_shows_the_writers_answer_from_the_next_day_on(
        self, kept: Kept, as_bob: Client
    ) -> None:
        answer_as_writer(key=kept.key, item_code=WORDS, text="It was me.", today=TODAY)

        page = as_bob.get(url_of(kept)).text  # long after

        assert "It was me." in page
        assert "Whoever wrote it, shown from 1 April 2026 on" in page

    def test_shows_a_name_only_where_the_writer_told_it(self, kept: Kept, as_bob: Client) -> None:
        assert "is unnamed" in as_bob.get(url_of(kept)).text

        reveal_as_writer(key=kept.key, item_code=WORDS, name="Ada Byron")

        assert "Ada Byron" in as_bob.get(url_of(kept)).text

    def test_takes_nothing_more_once_the_writer_ended_it(self, kept: Kept, as_bob: Client) -> None:
        close_as_writer(key=kept.key, item_code=WORDS, today=TODAY)

        assert "Ended by whoever wrote it" in as_bob.get(url_of(kept)).text
        page = as_bob.post(url_of(kept), {"do": "reply", "text": "Wait"})
        assert page.status_code == 422
        assert not read_talk(comment=kept.comment, today=TODAY).said


class TestHiding:
    def test_takes_words_out_of_sight_and_logs_why(self, kept: Kept, as_bob: Client) -> None:
        page = as_bob.post(url_of(kept), {"do": "hide", "reason": "Names Jo"}, follow=True)

        assert "Nobody listens." not in page.text
        assert as_bob.get(url_of(kept)).status_code == 404
        assert HiddenComment.objects.get().reason == "Names Jo"
        assert AccessEntry.objects.filter(what__endswith="Names Jo").count() == 1

    @pytest.mark.parametrize("role", [Role.TEAM_LEAD, Role.ANALYST])
    def test_is_not_for_whom_the_words_may_be_about(
        self, kept: Kept, client: Client, role: Role
    ) -> None:
        team = kept.comment.group.group_teams.get().team if role == Role.TEAM_LEAD else None
        client.force_login(make_user("jo", role, team))

        assert "Hide this comment" not in client.get(url_of(kept)).text
        assert client.post(url_of(kept), {"do": "hide", "reason": "No"}).status_code == 403
        assert client.post(url_of(kept), {"do": "reply", "text": "Yes"}).status_code == 302
        assert not HiddenComment.objects.exists()


class TestTryingARoleOut:
    def test_reads_and_says_nothing(
        self, kept: Kept, client: Client, alice: User, bob: User
    ) -> None:
        client.force_login(alice)
        client.post("/dashboards/see-as/", {"grant": Grant.objects.get(user=bob).pk})

        assert "Send this answer" not in client.get(url_of(kept)).text
        for sent in ({"text": "Hello"}, {"do": "hide", "reason": "No"}):
            assert client.post(url_of(kept), sent).status_code == 403
