"""The sentences around a signer's words, in every language of the interface."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils import translation
from django.utils.dateformat import format as format_date

from survey.letters.words import primary_tag

FILE = Path(__file__).with_name("phrases.yaml")
FALLBACK = "en"
LANGUAGES = ("en", "de", "fr", "es", "nl", "it", "pt", "pl", "ar")
COMMAS = {"ar": "،"}
ONE_FOR_LESS_THAN_TWO = ("fr", "pt")


def frame_language(language: str) -> str:
    """Return the language of the sentences around words in a language: the same, else English."""
    primary = primary_tag(language)
    return primary if primary in LANGUAGES else FALLBACK


def say(key: str, language: str, **values: object) -> str:
    """Return a sentence in a language, with what is to be told in it."""
    sentence: str = read_phrases()[key][frame_language(language)]
    return sentence.format(**values) if values else sentence


def say_number(key: str, language: str, n: int) -> str:
    """Return a sentence about a number in the form that the language has for it."""
    tag = frame_language(language)
    forms: list[str] = read_phrases()[key][tag]
    return forms[_form(n, tag)].format(n=n)


def comma(language: str) -> str:
    """Return the comma of a language, with which greetings end."""
    return COMMAS.get(frame_language(language), ",")


def say_date(day: date, language: str) -> str:
    """Return a day as it is written in a language."""
    tag = frame_language(language)
    with translation.override(tag):
        return format_date(day, read_phrases()["day"][tag])


@cache
def read_phrases() -> dict[str, dict[str, Any]]:
    """Return all phrases by their key and language."""
    phrases: dict[str, dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return phrases


def _form(n: int, tag: str) -> int:
    if tag == "pl":
        few = n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14)
        return 0 if n == 1 else 1 if few else 2
    if tag == "ar":
        return n - 1 if n in (1, 2) else 2 if n % 100 in range(3, 11) else 3
    is_one = n < 2 if tag in ONE_FOR_LESS_THAN_TWO else n == 1
    return 0 if is_one else 1
