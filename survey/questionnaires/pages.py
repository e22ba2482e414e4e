"""A questionnaire as one page: plain values for a template, no query."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language_info

from survey.questionnaires.answers import CANT_SAY, CANT_SAY_WORDS, AnswerError, leave_field
from survey.questionnaires.content import ItemContent, OptionContent, QuestionnaireContent, Texts
from survey.questionnaires.models import ItemKind, PlaybackLeave

OWN_LANGUAGE = "en"
SECONDS_CLOSED = 10
SECONDS_WORDS = 45
LEAVE_WORDS = {
    PlaybackLeave.AS_TOLD: "Yes, exactly as told",
    PlaybackLeave.NO_NAMES: "Yes, without names",
    PlaybackLeave.NONE: "No",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One option in a row of its own, or one number of a rating."""

    id: str
    value: str
    text: str
    is_checked: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One item in one language, with what was answered so far and what is wrong with it."""

    id: str
    number: int
    name: str
    kind: str
    language: str
    direction: str
    text: str
    hint: str
    choices: tuple[Choice, ...]
    cant_say: Choice | None
    low_end: str
    high_end: str
    value: str
    max_length: int | None
    leave_name: str
    leaves: tuple[Choice, ...]
    error: str
    is_required: bool
    is_preselected: bool

    @property
    def is_answered(self) -> bool:
        """Say whether there is an answer to keep."""
        chosen = any(choice.is_checked for choice in self.choices)
        return (
            chosen or bool(self.value) or (self.cant_say is not None and self.cant_say.is_checked)
        )

    @property
    def first_field(self) -> str:
        """Return the id where an error message leads."""
        return self.choices[0].id if self.choices else self.id


@dataclass(frozen=True, slots=True)
class ErrorLine:
    """One line of the summary above the questions; the target is empty for unknown items."""

    target: str
    message: str
    is_of_all: bool = False  # not one answer is wrong: all are missing


@dataclass(frozen=True, slots=True)
class Language:
    """A language the questionnaire can be read in, in its own name."""

    code: str
    name: str
    direction: str


@dataclass(frozen=True, slots=True)
class Page:
    """All questions of a questionnaire in one language."""

    name: str
    language: str
    direction: str
    languages: tuple[Language, ...]
    questions: tuple[Question, ...]
    errors: tuple[ErrorLine, ...]
    n_answered: int
    minutes: int

    @property
    def needs_english(self) -> bool:
        """Say whether the page's own words, which are English, must be marked as such."""
        return self.language != OWN_LANGUAGE

    @property
    def n_questions(self) -> int:
        """Return how many questions the page asks."""
        return len(self.questions)


def build_page(
    content: QuestionnaireContent,
    language: str,
    *,
    values: Mapping[str, object] | None = None,
    errors: Sequence[AnswerError] = (),
    preselected: str | None = None,
) -> Page:
    """Lay a questionnaire out in a language, or in its first one where that is not offered.

    values are the posted ones, to be shown again; preselected is an answer to the first item.
    """
    if language not in content.languages:
        language = content.languages[0]
    messages = {error.item: error.message for error in errors}
    first = content.items[0]
    values = _preselect(first, preselected) if values is None else values
    questions = tuple(
        _question(
            item,
            number,
            content.languages if language not in item.texts else (language,),
            values=values,
            error=messages.get(item.code, ""),
            is_preselected=preselected is not None and item is first and item.code in values,
        )
        for number, item in enumerate(content.items, start=1)
    )
    return Page(
        name=content.name,
        language=language,
        direction=_direction(language),
        languages=tuple(map(_language, content.languages)),
        questions=questions,
        errors=_error_lines(questions, errors),
        n_answered=sum(question.is_answered for question in questions),
        minutes=estimate_minutes(content),
    )


def estimate_minutes(content: QuestionnaireContent) -> int:
    """Return how long answering takes, in minutes, rounded up so as never to promise too little."""
    n_closed = sum(item.is_closed for item in content.items)
    n_words = len(content.items) - n_closed
    return math.ceil((n_closed * SECONDS_CLOSED + n_words * SECONDS_WORDS) / 60)


def _preselect(first: ItemContent, value: str | None) -> dict[str, object]:
    """Return the posted value of the first item, where that is one of its options."""
    offered = {str(offered) for offered in first.values}
    if first.is_closed and first.allows_cant_say:
        offered.add(CANT_SAY)
    return {first.code: value} if value in offered else {}


def _question(
    item: ItemContent,
    number: int,
    languages: Sequence[str],
    *,
    values: Mapping[str, object],
    error: str,
    is_preselected: bool,
) -> Question:
    language = next((code for code in languages if code in item.texts), next(iter(item.texts)))
    value = _shown(values.get(item.code))
    leave = leave_field(item) if item.asks_for_playback else ""
    is_rating = item.kind == ItemKind.RATING
    return Question(
        id=f"q{number}",
        number=number,
        name=item.code,
        kind=item.kind,
        language=language,
        direction=_direction(language),
        text=item.texts[language],
        hint=item.hints.get(language, ""),
        choices=tuple(_choice(number, option, language, value) for option in item.options),
        cant_say=_cant_say(item, number, value),
        low_end=_worded(item.options[0].texts, language) if is_rating else "",
        high_end=_worded(item.options[-1].texts, language) if is_rating else "",
        value="" if item.is_closed else value,
        max_length=item.max_length,
        leave_name=leave,
        leaves=_leaves(number, _shown(values.get(leave))) if leave else (),
        error=error,
        is_required=item.is_required,
        is_preselected=is_preselected,
    )


def _choice(number: int, option: OptionContent, language: str, value: str) -> Choice:
    posted = str(option.value)
    text = _worded(option.texts, language)
    return Choice(f"q{number}-{posted}", posted, text, is_checked=posted == value)


def _cant_say(item: ItemContent, number: int, value: str) -> Choice | None:
    if not (item.is_closed and item.allows_cant_say):
        return None
    return Choice(f"q{number}-none", CANT_SAY, CANT_SAY_WORDS, is_checked=value == CANT_SAY)


def _leaves(number: int, value: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(f"q{number}-{leave.value}", leave.value, text, is_checked=leave == value)
        for leave, text in LEAVE_WORDS.items()
    )


def _error_lines(
    questions: Sequence[Question], errors: Sequence[AnswerError]
) -> tuple[ErrorLine, ...]:
    by_name = {question.name: question for question in questions}
    lines = []
    for error in errors:
        question = by_name.get(error.item)
        if not error.item:
            lines.append(ErrorLine(questions[0].first_field, error.message, is_of_all=True))
        elif question is None:
            lines.append(ErrorLine("", f"{error.message}: {error.item}"))
        else:
            message = f"Question {question.number}: {error.message}"
            lines.append(ErrorLine(question.first_field, message))
    return tuple(lines)


def _shown(value: object) -> str:
    return value if isinstance(value, str) else ""


def _worded(texts: Texts, language: str) -> str:
    return texts.get(language) or next(iter(texts.values()), "")


def _language(code: str) -> Language:
    return Language(code, get_language_info(code)["name_local"], _direction(code))


def _direction(language: str) -> str:
    return "rtl" if get_language_info(language)["bidi"] else "ltr"
