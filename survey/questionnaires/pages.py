"""A questionnaire as one page: plain values for a template, no query."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from survey.questionnaires.answers import AnswerError, walk_through
from survey.questionnaires.content import ItemContent, QuestionnaireContent, SectionContent
from survey.questionnaires.kinds import CANT_SAY
from survey.questionnaires.languages import (
    Language,
    choose_language,
    describe_language,
    direction_of,
    has_interface,
    list_nearest,
    speak,
)
from survey.questionnaires.models import ItemKind
from survey.questionnaires.piping import (
    PLACEHOLDER,
    fill_in,
    list_placeholders,
    say_answer,
    say_facts,
)
from survey.questionnaires.questions import Choice, Question, Wording, ask_item, word_item
from survey.questionnaires.routing import UNKNOWN, Circumstances
from survey.questionnaires.steps import STATE_FIELD, Step

__all__ = ["Choice", "ErrorLine", "Language", "Page", "Question", "build_page", "estimate_minutes"]

SHOWS_PROGRESS_FROM = 4  # questions
SECONDS_CLOSED = 10
SECONDS_WORDS = 45
SECONDS: dict[str, int] = {
    ItemKind.CHOICE: SECONDS_CLOSED,
    ItemKind.RATING: SECONDS_CLOSED,
    ItemKind.TEXT: SECONDS_WORDS,
    ItemKind.MULTIPLE: 15,
    ItemKind.RANKING: 30,
    ItemKind.NUMBER: 12,
    ItemKind.DATE: 12,
    ItemKind.LINE: 15,
    ItemKind.NOTE: 5,
}


@dataclass(frozen=True, slots=True)
class ErrorLine:
    """One line of the summary above the questions; the target is empty for unknown items."""

    target: str
    message: str
    language: str = ""  # of the author's own words
    is_of_all: bool = False  # not one answer is wrong: all are missing


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a question says of the page on which it stands."""

    language: str
    n_questions: int
    may_ask_more: bool

    @property
    def needs_english(self) -> bool:
        """Say whether the page's own words are English for want of its language."""
        return not has_interface(self.language)


@dataclass(frozen=True, slots=True)
class Page:
    """The questions of a questionnaire, or of one part of it, in one language.

    state is what the form carries from part to part, empty where there is but one.
    """

    name: str
    language: str
    direction: str
    languages: tuple[Language, ...]
    questions: tuple[Question, ...]
    errors: tuple[ErrorLine, ...]
    n_answered: int
    n_before: int  # answered on the parts before
    n_questions: int
    minutes: int
    state: str = ""
    state_field: str = STATE_FIELD
    part: int = 1
    is_last: bool = True
    may_ask_more: bool = False
    name_language: str = ""  # where it is not the page's
    was_sent: bool = False  # with answers in it, or with one picked in the letter

    @property
    def surroundings(self) -> Surroundings:
        """Return what its questions say of it."""
        return Surroundings(self.language, self.n_questions, self.may_ask_more)

    @property
    def needs_english(self) -> bool:
        """Say whether the page's own words are English for want of its language."""
        return self.surroundings.needs_english

    @property
    def is_untouched(self) -> bool:
        """Say whether it stands as everybody first sees it: nothing answered, here or before."""
        return self.is_first and not (self.errors or self.was_sent)

    @property
    def shows_progress(self) -> bool:
        """Say whether there are enough questions to tell how many are answered."""
        return self.may_ask_more or self.n_questions >= SHOWS_PROGRESS_FROM

    @property
    def is_first(self) -> bool:
        """Say whether nothing was asked before."""
        return self.part == 1


def build_page(
    content: QuestionnaireContent,
    language: str,
    *,
    values: Mapping[str, object] | None = None,
    errors: Sequence[AnswerError] = (),
    preselected: str | None = None,
    circumstances: Circumstances = UNKNOWN,
    step: Step | None = None,
    state: str = "",
    part: int = 1,
) -> Page:
    """Lay a questionnaire out in a language, or in its first one where that is not offered.

    values are the posted ones, to be shown again; preselected is an answer to the first item. With
    a step, only its items stand on the page; without one, all that are asked after these values.
    """
    language = choose_language(language, content.languages)
    first = content.items[0]
    is_preselected = values is None and bool(chosen := _preselect(first, preselected))
    values = (chosen if is_preselected else {}) if values is None else values
    walk = step.before if step else walk_through(content, values, circumstances)
    layout = _Layout(content, language, values, circumstances)
    with speak(language):
        questions = layout.ask(
            step.items if step else walk.shown,
            step.n_before if step else 0,
            {error.item: error for error in errors},
            first.code if is_preselected else "",
        )
        error_lines = _error_lines(questions, errors)
    n_before = sum(_is_answered(item, step) for item in step.before.shown) if step else 0
    return Page(
        name=content.name,
        language=language,
        direction=direction_of(language),
        languages=tuple(map(describe_language, content.languages)),
        questions=questions,
        errors=error_lines,
        n_answered=n_before + sum(question.is_answered for question in questions),
        n_before=n_before,
        n_questions=step.n_shown if step else sum(one.has_answer for one in questions),
        minutes=estimate_minutes(content),
        state=state,
        part=part,
        is_last=step.is_last if step else True,
        may_ask_more=step.may_ask_more if step else False,
        name_language="" if content.languages[0] == language else content.languages[0],
        was_sent=bool(values),
    )


def estimate_minutes(content: QuestionnaireContent, *, times: int = 1) -> int:
    """Return how long answering everything so many times takes, in minutes.

    It is rounded up, so as never to promise too little.
    """
    return math.ceil(sum(SECONDS[item.kind] for item in content.items) * times / 60)


class _Layout:
    """Words items in one language, with earlier answers and facts filled in."""

    def __init__(
        self,
        content: QuestionnaireContent,
        language: str,
        values: Mapping[str, object],
        circumstances: Circumstances,
    ) -> None:
        self._content = content
        self._languages = (*list_nearest(language), *content.languages)
        self._values = values
        self._facts = say_facts(circumstances.facts, language)
        self._walk = walk_through(content, values, circumstances).read

    def ask(
        self,
        items: Sequence[ItemContent],
        n_before: int,
        errors: Mapping[str, AnswerError],
        preselected: str,
    ) -> tuple[Question, ...]:
        """Return the questions of a page, numbered on from those before."""
        questions = []
        number = n_before
        section = ""
        for item in items:
            number += item.has_answer
            wording = word_item(item, self._languages, self._fill)
            is_new = item.section != section
            section = item.section
            found = self._content.section(section)
            heading = found if is_new else None
            question = ask_item(
                item,
                number,
                wording,
                values=self._values,
                error=errors.get(item.code),
                is_preselected=bool(preselected) and item.code == preselected,
                heading=self._say_heading(heading),
                is_of_occasion=_is_of_occasion(item, heading),
                about=found.about if found else "",
            )
            questions.append(question)
        return tuple(questions)

    def _say_heading(self, section: SectionContent | None) -> tuple[str, str]:
        """Return a section's heading, and its language where that is not the page's."""
        if section is None:
            return "", ""
        wording = Wording(self._languages[0], self._fill, self._languages)
        return wording.say(section.texts)

    def _fill(self, text: str) -> str:
        return fill_in(text, items=self._say, facts=self._facts)

    def _say(self, code: str) -> str:
        language = self._languages[0]
        return say_answer(self._content, code, self._walk.answers, self._walk.texts, language)


def _is_of_occasion(item: ItemContent, heading: SectionContent | None) -> bool:
    """Say whether an item's wording, or the heading over it, is filled in on each occasion."""
    texts = heading.texts.values() if heading else ()
    return any(list_placeholders(item)) or any(map(PLACEHOLDER.search, texts))


def _preselect(first: ItemContent, value: str | None) -> dict[str, object]:
    """Return the posted value of the first item, where that is one of its options."""
    offered = {str(offered) for offered in first.values}
    if first.is_closed and first.allows_cant_say:
        offered.add(CANT_SAY)
    return {first.code: value} if first.is_closed and value in offered else {}


def _is_answered(item: ItemContent, step: Step) -> bool:
    return item.code in step.before.known


def _error_lines(
    questions: Sequence[Question], errors: Sequence[AnswerError]
) -> tuple[ErrorLine, ...]:
    by_name = {question.name: question for question in questions}
    first = next((question.first_field for question in questions if question.has_answer), "")
    lines = []
    for error in errors:
        question = by_name.get(error.item)
        if not error.item:
            is_of_all = error.code == "empty"
            lines.append(ErrorLine(first, error.message, is_of_all=is_of_all))
        elif question is None:
            lines.append(
                ErrorLine(
                    "", _("%(problem)s: %(code)s") % {"problem": error.message, "code": error.item}
                )
            )
        else:
            lines.append(_line_of(question, error))
    return tuple(lines)


def _line_of(question: Question, error: AnswerError) -> ErrorLine:
    if error.language:
        return ErrorLine(question.first_field, error.message, error.language)
    words = {"number": question.number, "problem": error.message}
    return ErrorLine(question.first_field, _("Question %(number)s: %(problem)s") % words)
