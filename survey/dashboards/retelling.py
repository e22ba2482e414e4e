"""Sentences that were stored in English, told in the reader's language.

survey.statistics knows no languages: what it says is stored as it was said. Each skeleton below is
one of its sentences; what a stored one says at the places of the skeleton is put into the
translation. A sentence that fits none stays as it is.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache

from django.conf import settings
from django.utils.text import get_text_list
from django.utils.translation import get_language, gettext, override

from survey.dashboards import skeletons
from survey.dashboards.numerals import count, localise, quote

NUMBER = re.compile("[\N{MINUS SIGN}-]?[0-9][0-9.]*")
PLACE = re.compile(r"%\\\((\w+)\\\)s")
PATTERNS = {"n": "[0-9]+|no"}
SENTENCE_END = re.compile(r"(?<=[.]) (?=[A-Z])")
HELD = "held"  # the place of a list of what is held steady

Found = tuple[Callable[[dict[str, str]], str], dict[str, str]]


def retell(said: str) -> str:
    """Tell one or several stored sentences in the language that is spoken."""
    if not said or get_language() == settings.LANGUAGE_CODE:
        return said
    whole = _find(said)
    if whole is not None:
        return _tell(whole)
    sentences = SENTENCE_END.split(said)
    return " ".join(map(retell, sentences)) if len(sentences) > 1 else said


def fits(said: str) -> bool:
    """Say whether every sentence of a text is known, so that it can be translated."""
    if _find(said) is not None:
        return True
    sentences = SENTENCE_END.split(said)
    return len(sentences) > 1 and all(map(fits, sentences))


def _find(said: str) -> Found | None:
    for pattern, translate in _patterns():
        found = pattern.fullmatch(said)
        if found is not None:
            return translate, found.groupdict()
    return None


def _tell(found: Found) -> str:
    translate, places = found
    return translate(places) % {name: _fill(name, value) for name, value in places.items()}


def _fill(name: str, value: str) -> str:
    """Print what stands at a place: a number, a known phrase, or the name of a scale."""
    if name == "n":
        return count(_read_number(value))
    if NUMBER.fullmatch(value):
        return localise(value)
    if name == HELD:
        parts = [gettext(one) for one in re.split(", | and ", value)]
        return str(get_text_list(parts, gettext("and")))
    known = _find(value)
    return quote(value) if known is None else _tell(known)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Callable[[dict[str, str]], str]], ...]:
    with override(settings.LANGUAGE_CODE):
        return tuple(_list_patterns())


def _list_patterns() -> Iterator[tuple[re.Pattern[str], Callable[[dict[str, str]], str]]]:
    for text in skeletons.SENTENCES:
        yield _compile(text), _translator(text)
    for of_number in skeletons.COUNTED:
        for number in (1, 2):
            yield _compile(of_number(number)), _counter(of_number)


def _translator(text: str) -> Callable[[dict[str, str]], str]:
    return lambda places: gettext(text)


def _counter(of_number: Callable[[int], str]) -> Callable[[dict[str, str]], str]:
    return lambda places: of_number(_read_number(places["n"]))


def _read_number(said: str) -> int:
    return int(said) if said.isdigit() else 0


def _compile(text: str) -> re.Pattern[str]:
    return re.compile(
        PLACE.sub(lambda name: f"(?P<{name[1]}>{PATTERNS.get(name[1], '.+?')})", re.escape(text))
    )
