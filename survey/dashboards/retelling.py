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
WITHIN = r"(?:(?![.] [A-Z]).)+?"  # what stands at a place never runs on into the next sentence
SENTENCE_END = re.compile(r"(?<=[.]) (?=[A-Z])")
HELD = "held"  # the place of a list of what is held steady

Found = tuple[Callable[[dict[str, str]], str], dict[str, str]]


def retell(said: str) -> str:
    """Tell one or several stored sentences in the language that is spoken."""
    if not said or get_language() == settings.LANGUAGE_CODE:
        return said
    return " ".join(one if found is None else _tell(found) for one, found in _read(said))


def fits(said: str) -> bool:
    """Say whether every sentence of a text is known, so that it can be translated."""
    return all(found is not None for _, found in _read(said))


def _read(said: str) -> Iterator[tuple[str, Found | None]]:
    """Yield the known parts of a text, each as long as can be; a sentence not known by itself."""
    left = SENTENCE_END.split(said)
    while left:
        ends = range(len(left), 0, -1)
        known = ((end, found) for end in ends if (found := _find(" ".join(left[:end]))))
        end, found = next(known, (1, None))
        yield " ".join(left[:end]), found
        left = left[end:]


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
        PLACE.sub(lambda name: f"(?P<{name[1]}>{PATTERNS.get(name[1], WITHIN)})", re.escape(text))
    )
