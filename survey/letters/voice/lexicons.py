"""The word lists of every language of the interface, read once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from survey.letters.voice.patterns import Phrases

FOLDER = Path(__file__).parent / "lexicon"
LANGUAGES = ("en", "de", "fr", "es", "nl", "it", "pt", "pl", "ar")
SINGLE_WORDS_EVERYWHERE = "en"  # marketers of all countries use its words


@dataclass(frozen=True, slots=True)
class Concept:
    """What one rule looks for in one language.

    acts and gifts count only together, in one sentence: answering for a reward. A sentence in
    which `unless` stands means something else.
    """

    rule: str
    phrases: Phrases
    subjects: Phrases
    acts: Phrases
    gifts: Phrases
    unless: Phrases


@cache
def concepts_for(language: str) -> tuple[Concept, ...]:
    """Return what to look for in a letter that claims to be in a language.

    Single words count in their own language only, phrases in any: letters mix languages, and a
    wrong tag must not be a way out. Where the language is none of ours, everything counts.
    """
    alone = (language, SINGLE_WORDS_EVERYWHERE) if language in LANGUAGES else LANGUAGES
    return tuple(
        concept for other in LANGUAGES for concept in _read(other, has_single_words=other in alone)
    )


@cache
def word_list(name: str) -> frozenset[str]:
    """Return a list of single words or addresses by its name."""
    return frozenset(_load("lists")[name].split())


@cache
def _read(language: str, *, has_single_words: bool) -> tuple[Concept, ...]:
    document: Mapping[str, Mapping[str, str]] = _load(language)
    return tuple(
        Concept(
            rule=rule,
            phrases=_phrases(lists, "phrases", has_single_words),
            subjects=_phrases(lists, "subjects", has_single_words),
            acts=_phrases(lists, "acts", has_single_words),
            gifts=_phrases(lists, "gifts", has_single_words),
            unless=_phrases(lists, "unless", True),
        )
        for rule, lists in document.items()
    )


@cache
def _load(name: str) -> Any:
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)


def _phrases(lists: Mapping[str, str], name: str, has_single_words: bool) -> Phrases:
    lines: Iterable[str] = lists.get(name, "").splitlines()
    return Phrases(line for line in lines if has_single_words or _n_words(line) > 1)


def _n_words(pattern: str) -> int:
    return sum(not word.startswith(("?", "~")) for word in pattern.split())
