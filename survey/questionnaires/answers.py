"""Check one posted set of answers: the same door for the page and for machines.

A closed item is answered with one of its numbers, as a number or as the digits a form sends; None
or CANT_SAY is "I can't say"; `kinds` tells the others. Words travel beside the numbers, with the
writer's leave to play them back under "<item code>.leave". What was not asked is not read.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from survey.questionnaires.content import Answer, ItemContent, QuestionnaireContent
from survey.questionnaires.kinds import (
    CANT_SAY,
    CANT_SAY_WORDS,
    LONGEST_OTHER,
    UNWRITABLE,
    NotAnswered,
    Posted,
    RefusedAnswerError,
    is_answer,
    list_fields,
    read_answer,
    read_words,
)
from survey.questionnaires.languages import list_nearest
from survey.questionnaires.models import ItemKind, PlaybackLeave
from survey.questionnaires.routing import UNKNOWN, Answers, Circumstances, Route

__all__ = [
    "CANT_SAY",
    "CANT_SAY_WORDS",
    "AnswerError",
    "ReadAnswers",
    "RefusedAnswerError",
    "Walk",
    "check_whole",
    "is_answer",
    "leave_field",
    "list_unknown",
    "list_words",
    "longest_answer_bytes",
    "read_answers",
    "say_missing",
    "walk_through",
    "wrap_answers",
]

ENVELOPE_VERSION = 1
WIDEST_CHARACTER = "\U0010ffff"  # four bytes in UTF-8
WIDEST_NUMBER = -123456789012345.67
WIDEST_DAY = "9999-12-31"


@dataclass(frozen=True, slots=True)
class AnswerError:
    """Why one item's answer cannot be taken; without an item, why none of them can."""

    item: str
    code: str
    message: str
    language: str = ""  # of the author's own words; else the product says it


@dataclass(frozen=True, slots=True)
class ReadAnswers:
    """A checked set of answers; whoever has errors must not be stored."""

    answers: dict[str, Answer]
    texts: dict[str, str]
    leaves: dict[str, str]
    errors: tuple[AnswerError, ...]


@dataclass(frozen=True, slots=True)
class Walk:
    """What was asked on the way through a questionnaire, and what was answered there."""

    shown: tuple[ItemContent, ...]
    read: ReadAnswers
    known: Answers  # numbers and words alike, as conditions see them


def read_answers(
    *,
    content: QuestionnaireContent,
    posted: Posted,
    circumstances: Circumstances = UNKNOWN,
) -> ReadAnswers:
    """Take posted values apart into numbers, words and leaves, with an error per wrong item.

    Answers to items that are not asked after the earlier answers are left out.
    """
    return check_whole(content, posted, walk_through(content, posted, circumstances).read)


def check_whole(content: QuestionnaireContent, posted: Posted, read: ReadAnswers) -> ReadAnswers:
    """Return what was read on the way through all items, with what is wrong with the whole."""
    errors = [*read.errors, *list_unknown(content, posted)]
    if not (errors or read.answers or read.texts):
        errors.append(AnswerError("", "empty", _("Please answer at least one question")))
    return ReadAnswers(read.answers, read.texts, read.leaves, tuple(errors))


def walk_through(
    content: QuestionnaireContent, posted: Posted, circumstances: Circumstances = UNKNOWN
) -> Walk:
    """Ask item after item; a wrong answer counts as none for what is asked later."""
    route = Route(content, circumstances)
    read = ReadAnswers({}, {}, {}, ())
    shown, errors = [], []
    for item in content.items:
        if route.asks(item):
            shown.append(item)
            try:
                _read_item(item, posted, read, route)
            except RefusedAnswerError as refused:
                errors.append(_error(item, refused, circumstances.language))
    taken = ReadAnswers(read.answers, read.texts, read.leaves, tuple(errors))
    return Walk(tuple(shown), taken, route.answers)


def list_unknown(content: QuestionnaireContent, posted: Posted) -> list[AnswerError]:
    """Return an error for each posted name under which nothing is asked."""
    known = {name for item in content.items for name in list_fields(item)}
    names = sorted(_printable(name) for name in posted if name not in known)
    words = _("This question is not asked here")
    return [AnswerError(name, "unknown_item", words) for name in names]


def leave_field(item: ItemContent) -> str:
    """Return the name under which an item's leave to play back is posted."""
    return f"{item.code}.leave"


def list_words(content: QuestionnaireContent) -> dict[str, int]:
    """Return under which names words can be kept, and how many characters at most."""
    words = {item.code: item.max_length for item in content.items if item.max_length}
    others = [item.code for item in content.items if item.other is not None]
    return words | {f"{code}.other": LONGEST_OTHER for code in others}


def say_missing(item: ItemContent, language: str) -> AnswerError:
    """Return the error of a question that has to be answered and was not."""
    return _error(item, RefusedAnswerError("missing", _please_answer(item)), language)


def wrap_answers(*, content: QuestionnaireContent, answers: Answers) -> dict[str, object]:
    """Return the envelope in which answers travel and are stored."""
    return {
        "v": ENVELOPE_VERSION,
        "questionnaire": content.code,
        "version": content.version,
        "answers": dict(answers),
    }


def longest_answer_bytes(*, content: QuestionnaireContent) -> int:
    """Return how many bytes of UTF-8 JSON the longest answers, words and leaves can take."""
    answers = {
        item.code: _longest_answer(item)
        for item in content.items
        if item.has_answer and not item.is_of_words
    }
    texts = {name: WIDEST_CHARACTER * most for name, most in list_words(content).items()}
    leaves = {code: max(PlaybackLeave.values, key=len) for code in texts}
    longest = [wrap_answers(content=content, answers=answers), texts, leaves]
    return len(json.dumps(longest, ensure_ascii=False).encode())


def _longest_answer(item: ItemContent) -> Answer:
    if item.kind == ItemKind.NUMBER:
        return WIDEST_NUMBER
    if item.kind == ItemKind.DATE:
        return WIDEST_DAY
    if item.is_closed:
        return max((*item.values, None), key=_width)
    return list(item.values)


def _read_item(item: ItemContent, posted: Posted, read: ReadAnswers, route: Route) -> None:
    if not item.has_answer:
        return
    is_answered = (_read_text if item.is_of_words else _read_choice)(item, posted, read, route)
    if item.is_required and not is_answered:
        raise RefusedAnswerError("missing", _please_answer(item))


def _read_text(item: ItemContent, posted: Posted, read: ReadAnswers, route: Route) -> bool:
    text = read_words(posted.get(item.code), item.max_length)
    leave = _read_leave(posted.get(leave_field(item))) if item.asks_for_playback else ""
    if text:
        read.texts[item.code] = text
        route.take(item.code, text)
    if text and leave:
        read.leaves[item.code] = leave
    return bool(text)


def _read_choice(item: ItemContent, posted: Posted, read: ReadAnswers, route: Route) -> bool:
    other = read_words(posted.get(f"{item.code}.other"), LONGEST_OTHER)
    answer = read_answer(item, posted)
    if isinstance(answer, NotAnswered):
        return False
    read.answers[item.code] = answer
    route.take(item.code, answer)
    if other and item.other in (answer if isinstance(answer, list) else [answer]):
        read.texts[f"{item.code}.other"] = other
    return True


def _error(item: ItemContent, refused: RefusedAnswerError, language: str) -> AnswerError:
    """Return what the author says of an error, or what is said everywhere."""
    texts: Mapping[str, str] = item.settings.get("messages", {}).get(refused.code, {})
    known = next((tag for tag in (*list_nearest(language), *texts) if texts.get(tag)), "")
    return AnswerError(item.code, refused.code, texts.get(known, refused.message), known)


def _please_answer(item: ItemContent) -> str:
    if item.is_of_words:
        return _("Write an answer")
    plain, or_cant_say = PLEASE.get(item.kind, PLEASE_CHOOSE)
    return str(or_cant_say if item.allows_cant_say else plain)


def _read_leave(value: object) -> str:
    if value is None or value == "":
        return PlaybackLeave.NONE
    if value not in PlaybackLeave.values:
        raise RefusedAnswerError("unknown_leave", _("Choose whether we may play your words back"))
    return str(value)


def _printable(name: str) -> str:
    return UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", name)[:80]


def _width(value: int | None) -> int:
    return len(json.dumps(value))


PLEASE_CHOOSE: tuple[Promise, Promise] = (
    gettext_lazy("Choose an answer"),
    gettext_lazy("Choose an answer, or “I can’t say”"),
)
PLEASE: dict[str, tuple[Promise, Promise]] = {
    ItemKind.NUMBER: (
        gettext_lazy("Write a number"),
        gettext_lazy("Write a number, or “I can’t say”"),
    ),
    ItemKind.DATE: (gettext_lazy("Choose a day"), gettext_lazy("Choose a day, or “I can’t say”")),
    ItemKind.RANKING: (
        gettext_lazy("Give every answer a place"),
        gettext_lazy("Give every answer a place, or “I can’t say”"),
    ),
    ItemKind.MULTIPLE: (
        gettext_lazy("Choose at least one answer"),
        gettext_lazy("Choose at least one answer, or “I can’t say”"),
    ),
}
