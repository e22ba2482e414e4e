"""What whoever wrote something finds behind their own link, and what they can do there.

Nobody is named here: holding the key is all there is to being the writer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto

from django.db import transaction

from survey.campaigns.models import Wave
from survey.campaigns.selectors import content_of
from survey.followup.conversations import (
    ConversationClosedError,
    NotShownError,
    NoWordsError,
    Said,
    TooLongError,
    check_words,
    open_conversation,
    say_as_writer,
    say_message,
    shown_comments,
)
from survey.followup.models import Conversation, HiddenComment, Message
from survey.questionnaires.answers import list_words
from survey.questionnaires.models import Audience, PlaybackLeave
from survey.responses.models import Comment
from survey.responses.return_keys import (
    UnknownKeyError,
    is_made_here,
    list_digests,
    wave_of_key,
)

LONGEST_NAME = 200


class State(Enum):
    """How far somebody's words have come."""

    WAITING = auto()  # stored, and shown to nobody so far
    KEPT_BACK = auto()  # the writer wants nobody here to read them
    SHOWN = auto()
    HIDDEN = auto()


@dataclass(frozen=True, slots=True)
class Written:
    """One comment of whoever holds a key, and the talk about it."""

    item_code: str
    text: str
    state: State
    said: tuple[Said, ...] = ()
    is_closed: bool = False
    revealed_name: str = ""

    @property
    def may_talk(self) -> bool:
        """Say whether the writer can still answer."""
        return self.state == State.SHOWN and not self.is_closed


@dataclass(frozen=True, slots=True)
class Found:
    """What is behind a key; nothing yet while the boxes of its survey are sealed."""

    closes_at: datetime
    is_for_customers: bool
    written: tuple[Written, ...]


def find_written(*, key: str) -> Found:
    """Return what a key finds; raise UnknownKeyError where it finds nothing and never will."""
    wave = _wave_of(key)
    comments = _comments_of(wave, key)
    if not comments and (wave.sealed_at is not None or not is_made_here(key=key)):
        raise UnknownKeyError
    return Found(
        closes_at=wave.closes_at,
        is_for_customers=wave.campaign.audience == Audience.CUSTOMER,
        written=tuple(_read(wave, comments)),
    )


@transaction.atomic
def answer_as_writer(*, key: str, item_code: str, text: str, today: date) -> Message:
    """Say something more; those who read the comment see it the next day, without a time."""
    words = check_words(text)
    conversation = _open(key, item_code)
    if conversation.closed_date is not None:
        raise ConversationClosedError
    return say_as_writer(conversation=conversation, text=words, today=today)


@transaction.atomic
def close_as_writer(*, key: str, item_code: str, today: date) -> None:
    """End the talk about a comment; its words stay where they are."""
    conversation = _open(key, item_code)
    if conversation.closed_date is None:
        conversation.closed_date = today
        conversation.save(update_fields=["closed_date"])


@transaction.atomic
def reveal_as_writer(*, key: str, item_code: str, name: str) -> None:
    """Tell those who read a comment who wrote it."""
    told = " ".join(name.replace("\0", "").split())
    if not told:
        raise NoWordsError
    if len(told) > LONGEST_NAME:
        raise TooLongError
    conversation = _open(key, item_code)
    conversation.revealed_name = told
    conversation.save(update_fields=["revealed_name"])


@transaction.atomic
def take_name_back(*, key: str, item_code: str) -> None:
    """Delete the name that the writer gave; whoever has read it knows it all the same."""
    comment = _comment_of(key, item_code)
    Conversation.objects.filter(comment=comment).update(revealed_name="")


def _open(key: str, item_code: str) -> Conversation:
    return open_conversation(comment=_comment_of(key, item_code))


def _comment_of(key: str, item_code: str) -> Comment:
    for comment in _comments_of(_wave_of(key), key):
        if comment.item_code == item_code:
            return comment
    raise NotShownError


def _wave_of(key: str) -> Wave:
    waves = Wave.objects.select_related("campaign").filter(withdrawn_at=None)
    wave = waves.filter(pk=wave_of_key(key=key), launched_at__isnull=False).first()
    if wave is None:
        raise UnknownKeyError
    return wave


def _comments_of(wave: Wave, key: str) -> list[Comment]:
    digests = list_digests(key=key, item_codes=list_words(content_of(wave=wave)))
    comments = Comment.objects.filter(group__wave=wave, return_digest__in=digests)
    return list(comments.order_by("item_code"))


def _read(wave: Wave, comments: list[Comment]) -> Iterator[Written]:
    content = content_of(wave=wave)
    asking = {item.code for item in content.items if item.asks_for_playback}
    shown = set(shown_comments().filter(comment__in=comments).values_list("comment", flat=True))
    hidden = set(
        HiddenComment.objects.filter(comment__in=comments).values_list("comment", flat=True)
    )
    talks = Conversation.objects.filter(comment__in=comments).prefetch_related("messages")
    by_comment = {talk.comment_id: talk for talk in talks}
    for comment in comments:
        state = State.WAITING
        if comment.pk in hidden:
            state = State.HIDDEN
        elif comment.pk in shown:
            state = State.SHOWN
        elif comment.item_code in asking and comment.leave == PlaybackLeave.NONE:
            state = State.KEPT_BACK
        yield _lay_out(comment, state, by_comment.get(comment.pk))


def _lay_out(comment: Comment, state: State, talk: Conversation | None) -> Written:
    if talk is None:
        return Written(comment.item_code, comment.text, state)
    messages = sorted(talk.messages.all(), key=lambda one: one.number)
    return Written(
        item_code=comment.item_code,
        text=comment.text,
        state=state,
        said=tuple(map(say_message, messages)),
        is_closed=talk.closed_date is not None,
        revealed_name=talk.revealed_name,
    )
