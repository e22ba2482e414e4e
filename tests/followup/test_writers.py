"""What is behind the link of somebody who wrote something."""

import pytest

from survey.accounts.models import User
from survey.campaigns.models import Group, Wave
from survey.followup.conversations import (
    ConversationClosedError,
    NotShownError,
    NoWordsError,
    TooLongError,
    read_talk,
    reply,
)
from survey.followup.hiding import hide_comment
from survey.followup.models import Conversation
from survey.followup.writers import (
    State,
    Written,
    answer_as_writer,
    close_as_writer,
    find_written,
    reveal_as_writer,
    take_name_back,
)
from survey.responses.return_keys import UnknownKeyError, make_return_key
from tests.factories.aggregation import CLOSED
from tests.followup.talking import TODAY, TOMORROW, WORDS, Kept, keep

pytest_plugins = ["tests.dashboards.team.company", "tests.followup.talkers"]


def only(kept: Kept) -> Written:
    (written,) = find_written(key=kept.key).written
    return written


class TestFindWritten:
    def test_finds_ones_own_words_as_written(self, groups: dict[str, Group]) -> None:
        text = "‏שלום <b>a</b>\r\n🙄 e\u0301"
        mine, _other = keep(groups["bakery"], text), keep(groups["bakery"], "Not mine")

        assert only(mine) == Written(WORDS, text, State.SHOWN)

    @pytest.mark.parametrize(
        ("leave", "state"), [("AS_TOLD", State.WAITING), ("NONE", State.KEPT_BACK)]
    )
    def test_says_how_far_words_have_come(
        self, groups: dict[str, Group], leave: str, state: State
    ) -> None:
        kept = keep(groups["bakery"], leave=leave, is_released=False)

        assert only(kept).state == state
        with pytest.raises(NotShownError):
            answer_as_writer(key=kept.key, item_code=WORDS, text="Hello?", today=TODAY)

    def test_finds_nothing_yet_while_boxes_are_sealed(self, groups: dict[str, Group]) -> None:
        Wave.objects.update(sealed_at=None)
        key = make_return_key(wave_id=groups["bakery"].wave_id)

        assert find_written(key=key).written == ()

    def test_knows_no_key_that_finds_nothing_any_more(self, groups: dict[str, Group]) -> None:
        wave_id = groups["bakery"].wave_id
        Wave.objects.update(sealed_at=CLOSED)

        for key in (make_return_key(wave_id=wave_id), make_return_key(wave_id=0), "x" * 35, ""):
            with pytest.raises(UnknownKeyError):
                find_written(key=key)

    def test_knows_no_key_that_was_not_made_here(self, groups: dict[str, Group]) -> None:
        Wave.objects.update(sealed_at=None)
        key = make_return_key(wave_id=groups["bakery"].wave_id)

        with pytest.raises(UnknownKeyError):
            find_written(key=f"A{key[1:]}" if key[0] != "A" else f"B{key[1:]}")

    def test_knows_no_key_of_a_withdrawn_wave(self, kept: Kept) -> None:
        Wave.objects.update(withdrawn_at=CLOSED, withdrawn_reason="Oops", sealed_at=None)

        with pytest.raises(UnknownKeyError):
            find_written(key=kept.key)

    def test_reads_what_was_said_at_once_and_all_of_it(self, kept: Kept, bob: User) -> None:
        answer_as_writer(key=kept.key, item_code=WORDS, text="Mine", today=TODAY)
        reply(comment=kept.comment, user=bob, text="His", today=TODAY)

        said = only(kept).said

        assert [(one.signed, one.text) for one in said] == [
            ("", "Mine"),
            ("Bob, leads Bakery", "His"),
        ]

    def test_says_of_hidden_words_that_they_are(self, kept: Kept, bob: User) -> None:
        hide_comment(comment=kept.comment, user=bob, reason="Abuse", now=CLOSED)

        assert (only(kept).state, only(kept).may_talk) == (State.HIDDEN, False)


class TestCloseAsWriter:
    def test_ends_the_talk_for_good(self, kept: Kept) -> None:
        for day in (TODAY, TOMORROW):
            close_as_writer(key=kept.key, item_code=WORDS, today=day)

        assert Conversation.objects.get().closed_date == TODAY
        assert only(kept).is_closed
        with pytest.raises(ConversationClosedError):
            answer_as_writer(key=kept.key, item_code=WORDS, text="Wait", today=TODAY)


class TestRevealAsWriter:
    def test_tells_a_name_and_takes_it_back(self, kept: Kept, bob: User) -> None:
        reveal_as_writer(key=kept.key, item_code=WORDS, name="  Ada \n Byron\0 ")
        assert read_talk(comment=kept.comment, today=TODAY).revealed_name == "Ada Byron"

        hide_comment(comment=kept.comment, user=bob, reason="Abuse", now=CLOSED)
        take_name_back(key=kept.key, item_code=WORDS)

        assert only(kept).revealed_name == ""

    @pytest.mark.parametrize(("name", "error"), [(" ", NoWordsError), ("x" * 201, TooLongError)])
    def test_refuses_what_is_no_name(self, kept: Kept, name: str, error: type[Exception]) -> None:
        with pytest.raises(error):
            reveal_as_writer(key=kept.key, item_code=WORDS, name=name)

    @pytest.mark.parametrize("item_code", ["", "another"])
    def test_is_for_ones_own_words_alone(self, kept: Kept, item_code: str) -> None:
        with pytest.raises(NotShownError):
            reveal_as_writer(key=kept.key, item_code=item_code, name="Ada")
        with pytest.raises(UnknownKeyError):
            reveal_as_writer(key=kept.key[:-1], item_code=WORDS, name="Ada")
