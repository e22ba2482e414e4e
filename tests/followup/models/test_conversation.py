"""What the database refuses of talks and of hidden comments."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from survey.accounts.models import User
from survey.followup.conversations import reply
from survey.followup.hiding import hide_comment
from survey.followup.models import Conversation, HiddenComment, Message
from tests.constraints import assert_refused
from tests.factories.aggregation import CLOSED
from tests.followup.talking import TODAY, Kept

pytest_plugins = ["tests.dashboards.team.company", "tests.followup.talkers"]


@pytest.fixture
def said(kept: Kept, bob: User) -> Message:
    return reply(comment=kept.comment, user=bob, text="Tell me.", today=TODAY)


class TestMessage:
    @pytest.mark.parametrize(
        ("name", "values"),
        [
            ("message_is_signed_unless_the_writers", {"signed": ""}),
            ("message_is_signed_unless_the_writers", {"by_writer": True}),
            ("message_acknowledges_or_says", {"text": ""}),
            ("message_acknowledgement_is_known", {"acknowledgement": "SHOUTED"}),
        ],
    )
    def test_is_refused(self, said: Message, name: str, values: dict[str, object]) -> None:
        assert_refused(name, lambda: Message.objects.filter(pk=said.pk).update(**values))

    def test_has_a_number_of_its_own(self, said: Message) -> None:
        again: Callable[[], object] = lambda: Message.objects.create(  # noqa: E731
            conversation=said.conversation, number=1, signed="Bob", text="x",
            said_date=TODAY, shown_date=TODAY,
        )  # fmt: skip

        assert_refused("message_number_once", again)

    def test_is_sent_once(self, kept: Kept, bob: User, said: Message) -> None:
        other = reply(comment=kept.comment, user=bob, text="And more.", today=TODAY)
        key = uuid4()
        Message.objects.filter(pk=said.pk).update(form_key=key)

        assert_refused(
            "message_sent_once", lambda: Message.objects.filter(pk=other.pk).update(form_key=key)
        )

    def test_is_called_by_its_number(self, said: Message) -> None:
        assert str(said) == f"1 of {said.conversation_id}"
        assert str(Conversation.objects.get()) == str(said.conversation_id)


class TestHiddenComment:
    def test_has_a_reason(self, kept: Kept, bob: User) -> None:
        hidden = hide_comment(comment=kept.comment, user=bob, reason="Abuse", now=CLOSED)

        assert str(hidden) == str(kept.comment.pk)
        assert_refused(
            "hidden_comment_has_a_reason", lambda: HiddenComment.objects.update(reason="")
        )
