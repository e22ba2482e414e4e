"""Check one posted set of answers: the same door for the page and for machines.

A closed item is answered with one of its numbers, as a number or as the digits a form sends; None
or CANT_SAY is "I can't say". Words travel beside the numbers, with the writer's leave to play them
back under "<item code>.leave".
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from survey.questionnaires.content import ItemContent, QuestionnaireContent
from survey.questionnaires.models import PlaybackLeave

ENVELOPE_VERSION = 1
CANT_SAY = "cant_say"
CANT_SAY_WORDS = "I can’t say"
WIDEST_CHARACTER = "\U0010ffff"  # four bytes in UTF-8
# Control characters and half characters: no form field sends them, and databases refuse some.
UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class AnswerError:
    """Why one item's answer cannot be taken; without an item, why none of them can."""

    item: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class ReadAnswers:
    """A checked set of answers; whoever has errors must not be stored."""

    answers: dict[str, int | None]
    texts: dict[str, str]
    leaves: dict[str, str]
    errors: tuple[AnswerError, ...]


class RefusedAnswerError(Exception):
    """One value cannot be an answer to its item."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def read_answers(*, content: QuestionnaireContent, posted: Mapping[str, object]) -> ReadAnswers:
    """Take posted values apart into numbers, words and leaves, with an error per wrong item."""
    read = ReadAnswers({}, {}, {}, ())
    errors = []
    for item in content.items:
        try:
            _read_item(item, posted, read)
        except RefusedAnswerError as refused:
            errors.append(AnswerError(item.code, refused.code, refused.message))
    errors += _unknown_fields(content, posted)
    if not (errors or read.answers or read.texts):
        errors.append(AnswerError("", "empty", "Please answer at least one question"))
    return ReadAnswers(read.answers, read.texts, read.leaves, tuple(errors))


def leave_field(item: ItemContent) -> str:
    """Return the name under which an item's leave to play back is posted."""
    return f"{item.code}.leave"


def wrap_answers(
    *, content: QuestionnaireContent, answers: Mapping[str, int | None]
) -> dict[str, object]:
    """Return the envelope in which answers travel and are stored."""
    return {
        "v": ENVELOPE_VERSION,
        "questionnaire": content.code,
        "version": content.version,
        "answers": dict(answers),
    }


def longest_answer_bytes(*, content: QuestionnaireContent) -> int:
    """Return how many bytes of UTF-8 JSON the longest answers, words and leaves can take."""
    closed = [item for item in content.items if item.is_closed]
    answers = {item.code: max((*item.values, None), key=_width) for item in closed}
    texts = {
        item.code: WIDEST_CHARACTER * item.max_length for item in content.items if item.max_length
    }
    leaves = {code: max(PlaybackLeave.values, key=len) for code in texts}
    longest = [wrap_answers(content=content, answers=answers), texts, leaves]
    return len(json.dumps(longest, ensure_ascii=False).encode())


def _read_item(item: ItemContent, posted: Mapping[str, object], read: ReadAnswers) -> None:
    if item.is_closed:
        is_answered = item.code in posted
        if is_answered:
            read.answers[item.code] = _read_number(item, posted[item.code])
    else:
        text = _read_text(item, posted.get(item.code))
        is_answered = bool(text)
        leave = _read_leave(posted.get(leave_field(item))) if item.asks_for_playback else ""
        if is_answered:
            read.texts[item.code] = text
        if is_answered and leave:
            read.leaves[item.code] = leave
    if item.is_required and not is_answered:
        raise RefusedAnswerError("missing", _please_answer(item))


def _please_answer(item: ItemContent) -> str:
    if not item.is_closed:
        return "Write an answer"
    return (
        f"Choose an answer, or “{CANT_SAY_WORDS}”" if item.allows_cant_say else "Choose an answer"
    )


def _read_number(item: ItemContent, value: object) -> int | None:
    if value is None or value == CANT_SAY:
        if not item.allows_cant_say:
            raise RefusedAnswerError("cant_say_not_offered", "Choose one of the answers")
        return None
    if isinstance(value, str):
        value = {str(number): number for number in item.values}.get(value)
    if type(value) is not int:  # True is an int to isinstance
        raise RefusedAnswerError("not_an_option", "Choose one of the answers")
    if value not in item.values:
        raise RefusedAnswerError("out_of_range", "Choose one of the answers")
    return value


def _read_text(item: ItemContent, value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RefusedAnswerError("not_text", "Write your answer in words")
    text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if UNWRITABLE.search(text):
        raise RefusedAnswerError(
            "unwritable_character", "Take out the characters that cannot be shown"
        )
    if item.max_length is not None and len(text) > item.max_length:
        raise RefusedAnswerError(
            "too_long", f"Shorten your text to {item.max_length:,} characters (now {len(text):,})"
        )
    return text


def _read_leave(value: object) -> str:
    if value is None or value == "":
        return PlaybackLeave.NONE
    if value not in PlaybackLeave.values:
        raise RefusedAnswerError("unknown_leave", "Choose whether we may play your words back")
    return str(value)


def _unknown_fields(
    content: QuestionnaireContent, posted: Mapping[str, object]
) -> list[AnswerError]:
    known = {item.code for item in content.items}
    known |= {leave_field(item) for item in content.items if item.asks_for_playback}
    names = sorted(_printable(name) for name in posted if name not in known)
    return [AnswerError(name, "unknown_item", "This question is not asked here") for name in names]


def _printable(name: str) -> str:
    return UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", name)[:80]


def _width(value: int | None) -> int:
    return len(json.dumps(value))
