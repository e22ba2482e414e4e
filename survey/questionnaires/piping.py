"""Earlier answers and facts of the occasion in later wording: {{item:code}} and {{fact:team}}.

What is put in is plain text; templates escape it like any other.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import override, pgettext

from survey.core.bidi import isolate
from survey.questionnaires.content import Answer, ItemContent, QuestionnaireContent, Texts
from survey.questionnaires.languages import direction_of, has_interface, speak
from survey.questionnaires.models import ItemKind

PLACEHOLDER = re.compile(r"\{\{\s*(item|fact):([A-Za-z0-9_]+)\s*\}\}")
FACTS = ("date", "channel", "team", "served_by")
NOT_KNOWN = "…"

Say = Callable[[str], str]


def fill_in(text: str, *, items: Say, facts: Mapping[str, str]) -> str:
    """Return a text with its placeholders filled; what is not known becomes an ellipsis."""

    def say(found: re.Match[str]) -> str:
        source, name = found.groups()
        return (items(name) if source == "item" else facts.get(name, "")) or NOT_KNOWN

    return PLACEHOLDER.sub(say, text) if "{{" in text else text


def say_facts(facts: Mapping[str, str], language: str) -> dict[str, str]:
    """Return the facts of an occasion in the words of a language: a day as it writes days.

    Whoever served without being named is "the person who served you", where we speak the language.
    """
    with speak(language):
        told = {name: str(fact) for name, fact in facts.items()}
        if has_interface(language) and not told.get("served_by"):
            told["served_by"] = pgettext("in the middle of a question", "the person who served you")
    if "date" in told:
        told["date"] = _say_day(told["date"], language)
    is_from_right = direction_of(language) == "rtl"
    return {name: isolate(fact, is_from_right=is_from_right) for name, fact in told.items()}


def _say_day(value: str, language: str) -> str:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return value  # in words already
    with override(language):
        return date_format(day, "DATE_FORMAT")


def list_placeholders(item: ItemContent) -> Iterator[tuple[str, str]]:
    """Yield what an item's wording asks to be filled in: ("item" or "fact", name)."""
    wordings: list[Texts] = [item.texts, item.hints, *(option.texts for option in item.options)]
    for texts in wordings:
        yield from list_in_texts(texts.values())


def list_in_texts(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield what some texts ask to be filled in: ("item" or "fact", name)."""
    for text in texts:
        if "{{" in text:
            yield from ((source, name) for source, name in PLACEHOLDER.findall(text))


def list_piped(item: ItemContent) -> frozenset[str]:
    """Return the codes of the items whose answers an item's wording repeats."""
    return frozenset(name for source, name in list_placeholders(item) if source == "item")


def say_answer(
    content: QuestionnaireContent,
    code: str,
    answers: Mapping[str, Answer],
    texts: Mapping[str, str],
    language: str,
) -> str:
    """Return the answer to an item in words, empty where there is none."""
    item = next((item for item in content.items if item.code == code), None)
    answer = texts.get(code, answers.get(code))
    if item is None or answer is None:
        return ""
    with override(language):
        if isinstance(answer, list) or item.kind == ItemKind.CHOICE:
            between = pgettext("between the parts of a list", ", ")
            return between.join(_say_options(item, answer, texts, language))
        if item.kind == ItemKind.DATE:
            return date_format(date.fromisoformat(str(answer)), "DATE_FORMAT", use_l10n=True)
        return answer if isinstance(answer, str) else number_format(answer)


def _say_options(
    item: ItemContent, answer: list[int] | float | str, texts: Mapping[str, str], language: str
) -> list[str]:
    """Return the words of what was chosen, own words instead of "other"."""
    words = {
        option.value: option.texts.get(language) or next(iter(option.texts.values()), "")
        for option in item.options
    }
    if item.other is not None:
        words[item.other] = texts.get(f"{item.code}.other") or words[item.other]
    chosen = answer if isinstance(answer, list) else [int(answer)]
    return [words.get(value, "") for value in chosen]
