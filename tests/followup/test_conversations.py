"""What readers of a comment say to whoever wrote it, and what they see of the answers."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import translation

from survey.accounts.models import Role, User
from survey.campaigns.models import Group, GroupTeam
from survey.followup.conversations import (
    LONGEST_MESSAGE,
    MOST_MESSAGES,
    ConversationClosedError,
    NotShownError,
    NoWordsError,
    TooLongError,
    TooManyMessagesError,
    acknowledge,
    read_talk,
    reply,
    sign_as,
    waiting_answers,
)
from survey.followup.hiding import hide_comment
from survey.followup.models import Acknowledgement, Conversation, Message
from survey.followup.writers import answer_as_writer, close_as_writer
from survey.organization.models import Team
from tests.cast import make_user
from tests.factories.aggregation import CLOSED
from tests.followup.talking import TODAY, TOMORROW, WORDS, Kept, keep

pytest_plugins = ["tests.dashboards.team.company", "tests.followup.talkers"]
LATER = TOMORROW + timedelta(days=1)


def answer(kept: Kept, text: str = "Yes.") -> None:
    answer_as_writer(key=kept.key, item_code=WORDS, text=text, today=TODAY)


class TestAcknowledge:
    def test_says_it_once_however_often_it_is_pressed(self, kept: Kept, bob: User) -> None:
        for _ in range(2):
            acknowledge(comment=kept.comment, user=bob, kind=Acknowledgement.SORRY, today=TODAY)

        (said,) = read_talk(comment=kept.comment, today=TODAY).said
        assert (said.signed, said.day) == ("Bob, leads Bakery", TODAY)
        assert said.text == "I am sorry this happened to you."

    def test_is_read_in_the_language_of_whoever_reads(self, kept: Kept, bob: User) -> None:
        said = acknowledge(comment=kept.comment, user=bob, kind=Acknowledgement.THANKS, today=TODAY)

        assert said.text == ""
        with translation.override("de"):
            assert read_talk(comment=kept.comment, today=TODAY).said[0].text


class TestReply:
    def test_keeps_the_words_and_the_day_alone(self, kept: Kept, bob: User) -> None:
        reply(comment=kept.comment, user=bob, text=" Tell me\r\nmore.\0 ", today=TODAY)

        message = Message.objects.get()
        assert (message.text, message.user, message.number) == ("Tell me\nmore.", bob, 1)
        assert (message.said_date, message.shown_date) == (TODAY, TODAY)

    def test_says_once_what_is_sent_twice_on_a_day(
        self, kept: Kept, alice: User, bob: User
    ) -> None:
        for _ in range(2):
            answer(kept, "Gladly.")
            reply(comment=kept.comment, user=bob, text="Tell me more.", today=TODAY)
        assert Message.objects.count() == 2

        reply(comment=kept.comment, user=alice, text="Tell me more.", today=TODAY)
        reply(comment=kept.comment, user=bob, text="Tell me more.", today=TODAY)
        reply(comment=kept.comment, user=bob, text="Tell me more.", today=TOMORROW)

        numbers = Message.objects.order_by("number").values_list("number", flat=True)
        assert list(numbers) == [1, 2, 3, 4, 5]

    def test_says_once_what_one_form_sends_whenever_it_comes_again(
        self, kept: Kept, alice: User, bob: User
    ) -> None:
        sent = {"comment": kept.comment, "user": bob, "form_key": uuid4()}
        first = reply(text="Thank you.", today=TODAY, **sent)  # type: ignore[arg-type]
        reply(comment=kept.comment, user=alice, text="Hello", today=TODAY, form_key=uuid4())

        again = reply(text=" Thank you. ", today=TOMORROW, **sent)  # type: ignore[arg-type]

        assert again == first
        assert Message.objects.count() == 2
        reply(text="Thank you all.", today=TOMORROW, **sent)  # type: ignore[arg-type]
        reply(**sent | {"text": "Thank you.", "today": TOMORROW, "form_key": uuid4()})  # type: ignore[arg-type]
        assert Message.objects.count() == 4

    def test_says_two_different_short_sentences(self, kept: Kept, bob: User) -> None:
        for kind in (Acknowledgement.SORRY, Acknowledgement.THANKS):
            acknowledge(comment=kept.comment, user=bob, kind=kind, today=TODAY)

        assert Message.objects.count() == 2

    @pytest.mark.parametrize(
        ("text", "error"),
        [(" \n", NoWordsError), ("x" * (LONGEST_MESSAGE + 1), TooLongError)],
    )
    def test_refuses_nothing_and_too_much(
        self, kept: Kept, bob: User, text: str, error: type[Exception]
    ) -> None:
        with pytest.raises(error):
            reply(comment=kept.comment, user=bob, text=text, today=TODAY)

        assert not Conversation.objects.exists()

    def test_has_an_end_on_each_side(self, kept: Kept, bob: User) -> None:
        for number in range(MOST_MESSAGES):
            text = f"{number:03}{'x' * (LONGEST_MESSAGE - 3)}"
            reply(comment=kept.comment, user=bob, text=text, today=TODAY)

        with pytest.raises(TooManyMessagesError):
            reply(comment=kept.comment, user=bob, text="More", today=TODAY)
        answer(kept)

    def test_is_not_possible_about_words_that_nobody_may_read(
        self, groups: dict[str, Group], bob: User
    ) -> None:
        waiting, hidden = keep(groups["bakery"], is_released=False), keep(groups["bakery"])
        hide_comment(comment=hidden.comment, user=bob, reason="Abuse", now=CLOSED)

        for kept in (waiting, hidden):
            with pytest.raises(NotShownError):
                reply(comment=kept.comment, user=bob, text="Hello", today=TODAY)

    def test_ends_the_day_after_the_writer_ended_it(self, kept: Kept, bob: User) -> None:
        close_as_writer(key=kept.key, item_code=WORDS, today=TODAY)

        reply(comment=kept.comment, user=bob, text="Not known yet", today=TODAY)
        assert not read_talk(comment=kept.comment, today=TODAY).is_closed
        with pytest.raises(ConversationClosedError):
            reply(comment=kept.comment, user=bob, text="Known", today=TOMORROW)
        assert read_talk(comment=kept.comment, today=TOMORROW).is_closed


class TestSignAs:
    def test_says_what_somebody_is_to_the_team(self, kept: Kept, alice: User, bob: User) -> None:
        jo = make_user("jo", Role.TEAM_LEAD, Team.objects.get(code="bakery"))
        assert sign_as(user=alice, comment=kept.comment) == "Alice, people team"
        assert sign_as(user=bob, comment=kept.comment) == "Bob, leads Bakery"
        assert sign_as(user=jo, comment=kept.comment) == "Jo, leads Bakery"

    def test_cuts_a_signature_that_is_too_long_to_be_kept(self, kept: Kept, bob: User) -> None:
        User.objects.filter(pk=bob.pk).update(name="n" * 200)
        Team.objects.filter(code="bakery").update(name="t" * 120)
        bob.refresh_from_db()

        said = reply(comment=kept.comment, user=bob, text="Why?", today=TODAY)
        said.full_clean()

        assert len(said.signed) == 300


class TestReadTalk:
    def test_shows_the_writers_words_from_the_next_day_on(self, kept: Kept, bob: User) -> None:
        answer(kept)
        reply(comment=kept.comment, user=bob, text="Later that day", today=TODAY)

        today = read_talk(comment=kept.comment, today=TODAY).said
        tomorrow = read_talk(comment=kept.comment, today=TOMORROW).said

        assert [one.text for one in today] == ["Later that day"]
        assert [one.text for one in tomorrow] == ["Later that day", "Yes."]
        assert (tomorrow[1].by_writer, tomorrow[1].day) == (True, TOMORROW)

    def test_keeps_no_hour(self) -> None:
        kinds = {field.get_internal_type() for field in Message._meta.local_concrete_fields}

        assert not kinds & {"DateTimeField", "TimeField"}


class TestWaitingAnswers:
    def test_counts_what_is_shown_and_not_answered(self, kept: Kept, bob: User) -> None:
        answer(kept)
        answer(kept, "And more.")
        assert waiting_answers(team_ids=None, today=TODAY) == 0
        assert waiting_answers(team_ids=None, today=TOMORROW) == 1

        reply(comment=kept.comment, user=bob, text="I see.", today=TOMORROW)

        assert waiting_answers(team_ids=None, today=LATER) == 0

    def test_counts_those_of_some_teams(
        self, groups: dict[str, Group], django_assert_num_queries: object
    ) -> None:
        for code in ("bakery", "garden"):
            answer(keep(groups[code]))
        bakery, garden = (Team.objects.get(code=code).pk for code in ("bakery", "garden"))

        counts = [
            waiting_answers(team_ids=ids, today=TOMORROW) for ids in ({bakery}, {garden}, set())
        ]

        assert counts == [1, 1, 0]
        with django_assert_num_queries(1):  # type: ignore[operator]
            assert waiting_answers(team_ids={bakery, garden}, today=TOMORROW) == 2

    def test_counts_what_has_no_team_for_nobody_but_who_sees_all(
        self, groups: dict[str, Group]
    ) -> None:
        answer(keep(groups["bakery"]))
        GroupTeam.objects.filter(group=groups["bakery"]).delete()

        assert waiting_answers(team_ids={Team.objects.get(code="bakery").pk}, today=TOMORROW) == 0
        assert waiting_answers(team_ids=None, today=TOMORROW) == 1

    def test_leaves_out_what_ended_and_what_is_hidden(
        self, groups: dict[str, Group], bob: User
    ) -> None:
        ended, hidden = keep(groups["bakery"]), keep(groups["bakery"])
        for kept in (ended, hidden):
            answer(kept)
        close_as_writer(key=ended.key, item_code=WORDS, today=TODAY)
        hide_comment(comment=hidden.comment, user=bob, reason="Abuse", now=CLOSED)

        assert waiting_answers(team_ids=None, today=TOMORROW) == 0
