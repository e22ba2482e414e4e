"""Capitals, strings of exclamation marks and fireworks."""

import re
import unicodedata
from collections.abc import Iterator

from survey.letters.voice.findings import Finding, Place
from survey.letters.voice.folding import fold
from survey.letters.voice.lexicons import word_list
from survey.letters.voice.phrasing import Found
from survey.letters.voice.rules import find

CAPITALS = re.compile(r"[^\W\d_]{2,}(?:[ \t,'’.-]{1,3}[^\W\d_]{2,})*")
WORD = re.compile(r"[^\W\d_]{2,}")
EXCLAIMS = "!\uff01\u2757\u2755\u203c\u2049"  # wide, heavy and double ones too
ASKS = "?\uff1f\u061f"
MARKS = re.compile(rf"[{EXCLAIMS}]\s?[{EXCLAIMS}{ASKS}]+|[{ASKS}]\s?[{EXCLAIMS}]+|[\u203c\u2049]")
EXCLAMATIONS = re.compile(rf"[{EXCLAIMS}]")
MOST_EXCLAMATIONS = 2  # in a whole letter
MOST_PICTURES = 2
FEWEST_LETTERS, LONG_WORD, MANY_WORDS = 7, 4, 3
SHOUTED = word_list("shouted")  # one alone is enough, in capitals


def find_shouting(*, place: Place, text: str) -> list[Found]:
    """Return where a text shouts, with the places."""
    found = [
        (mark.start(), find(place, _around(text, mark), "shouting"))
        for mark in MARKS.finditer(text)
    ]
    for start, end in _capitals(text):
        found.append((start, find(place, text[start:end], "shouting")))
    pictures = [at for at, character in enumerate(text) if _is_picture(character)]
    if len(pictures) > MOST_PICTURES:
        quote = "".join(text[at] for at in pictures)
        found.append((pictures[0], find(place, quote, "shouting")))
    return found


def find_many_exclamations(*, subject: str, body: str) -> list[Finding]:
    """Return that a letter as a whole exclaims more than a person does."""
    n = len(EXCLAMATIONS.findall(subject)) + len(EXCLAMATIONS.findall(body))
    return [find(Place.BODY, "!" * min(n, 10), "shouting")] if n > MOST_EXCLAMATIONS else []


def _capitals(text: str) -> Iterator[tuple[int, int]]:
    """Yield runs of words in capitals that are no abbreviations."""
    run: list[re.Match[str]] = []
    last = None
    for word in WORD.finditer(text):
        follows = last is not None and not re.search(
            r"[^\s,'’.\-–:;!/]|\n\s*\n", text[last : word.start()]
        )
        if not word[0].isupper() or not follows:
            yield from _shouted(run)
            run = []
        if word[0].isupper():
            run.append(word)
        last = word.end()
    yield from _shouted(run)


def _shouted(run: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    lengths = [len(word[0]) for word in run]
    is_run = len(run) > 1 and sum(lengths) >= FEWEST_LETTERS and max(lengths) >= LONG_WORD
    if is_run or (len(run) >= MANY_WORDS and max(lengths) >= LONG_WORD):
        yield run[0].start(), run[-1].end()
        return
    for word in run:
        if fold(word[0]) in SHOUTED:
            yield word.start(), word.end()


def _is_picture(character: str) -> bool:
    return not character.isascii() and unicodedata.category(character) == "So"


def _around(text: str, mark: re.Match[str]) -> str:
    return text[max(0, mark.start() - 20) : mark.end()]
