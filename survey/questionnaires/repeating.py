"""One questionnaire asked about several teams on one page: a section for each, and apart again.

A question in the section at a place has its code with that place behind it. Whatever stands before
the last underscore is the code, so that no two questions meet.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from survey.core.bidi import isolate
from survey.questionnaires.answers import AnswerError, ReadAnswers, say_missing
from survey.questionnaires.content import ItemContent, QuestionnaireContent, SectionContent
from survey.questionnaires.languages import direction_of, has_interface, speak

ON_ONE_PAGE = "SCROLL"
WITHIN_A_SECTION = ("shuffles_items",)  # a sample is drawn from all questions, not by team
PLACED = re.compile(r"(.+)_(0|[1-9][0-9]*)((?:\.[^_]*)?)", re.DOTALL)  # "<code>_<place>.other"

T = TypeVar("T")


def repeat_sections(content: QuestionnaireContent, titles: Sequence[str]) -> QuestionnaireContent:
    """Return a page that asks everything once about each team, under its name.

    Every section may be left out, so no question of it is required until another is answered:
    `list_missing` tells. The questionnaire's own headings and conditions stand aside.
    """
    places = range(len(titles))
    kept = {name: content.settings[name] for name in WITHIN_A_SECTION if name in content.settings}
    return replace(
        content,
        items=tuple(_ask_again(item, place) for place in places for item in content.items),
        sections=tuple(_head(content, title, place) for place, title in enumerate(titles)),
        settings={**kept, "page": ON_ONE_PAGE},
    )


def split_answers(answers: ReadAnswers, n: int) -> tuple[ReadAnswers, ...]:
    """Return what was answered in each of n sections, under the codes of the questionnaire.

    A section that was left out is an empty one; raise ValueError for what stands in none of them.
    """
    values, texts = _by_place(answers.answers, n), _by_place(answers.texts, n)
    leaves = _by_place(answers.leaves, n)
    return tuple(ReadAnswers(values[place], texts[place], leaves[place], ()) for place in range(n))


def list_missing(
    content: QuestionnaireContent, answers: ReadAnswers, n: int, *, language: str
) -> tuple[AnswerError, ...]:
    """Return an error for each required question left open in a section that was begun."""
    required = [item for item in content.items if item.is_required and item.has_answer]
    with speak(language):
        return tuple(
            say_missing(_ask_again(item, place), language)
            for place, found in enumerate(split_answers(answers, n))
            if found.answers or found.texts
            for item in required
            if item.code not in {*found.answers, *found.texts}
        )


def code_at(code: str, place: int) -> str:
    """Return the code of a question in the section at a place."""
    return f"{code}_{place}"


def code_and_place(name: str) -> tuple[str, int]:
    """Return what a name on such a page is called elsewhere, and the place of its section.

    Raise ValueError where it is of none.
    """
    found = PLACED.fullmatch(name)
    if found is None:
        raise ValueError(f"{name} stands in no section")
    code, place, field = found.groups()
    return f"{code}{field}", int(place)


def name_examples() -> tuple[str, str]:
    """Return two serving teams for whoever tries a page out where nobody serves anybody yet."""
    return (
        pgettext("a team that serves others, as an example", "Stores"),
        pgettext("a team that serves others, as an example", "Purchasing"),
    )


def _ask_again(item: ItemContent, place: int) -> ItemContent:
    return replace(
        item,
        code=code_at(item.code, place),
        section=_section_code(place),
        shown_when=None,
        is_required=False,
    )


def _head(content: QuestionnaireContent, title: str, place: int) -> SectionContent:
    texts = {language: _say_about(title, language) for language in content.languages}
    return SectionContent(_section_code(place), texts, about=title)


def _say_about(title: str, language: str) -> str:
    """Return the heading over questions about a team; its name alone where we lack the words."""
    name = isolate(title, is_from_right=direction_of(language) == "rtl")
    if not has_interface(language):
        return name
    with speak(language):
        return _("About %(team)s") % {"team": name}


def _section_code(place: int) -> str:
    return f"team_{place}"


def _by_place(found: Mapping[str, T], n: int) -> list[dict[str, T]]:
    """Return what was found by the names of a page in n parts, by those of the questionnaire."""
    parts: list[dict[str, T]] = [{} for _place in range(n)]
    for name, value in found.items():
        own_name, place = code_and_place(name)
        if place >= n:
            raise ValueError(f"{name} stands in none of {n} sections")
        parts[place][own_name] = value
    return parts
