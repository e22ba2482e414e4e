"""Hints while a questionnaire is written: what makes questions hard to answer, and why.

Hints are advice; nothing is refused for them. Words are looked at in English, Spanish, German and
Arabic, everything else in every language.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from survey.questionnaires.content import COUNTED, OF_WORDS, Texts
from survey.questionnaires.documents import Document, DocumentItem, DocumentOption
from survey.questionnaires.lint_words import Words, words_of
from survey.questionnaires.models import ItemKind
from survey.questionnaires.pages import SECONDS
from survey.questionnaires.piping import PLACEHOLDER

MOST_WORDS = 20
MOST_ITEMS = 8
MOST_OPEN = 2
JUDGED = (*COUNTED, ItemKind.NUMBER)  # two things asked at once would get one answer
NUMBER = re.compile(r"[\d\s.,%-]+")
IN_BRACKETS = re.compile(r"\([^)]*\)")

SENTENCES: dict[str, Promise] = {
    "double_barrelled": _(
        "“%(word)s” may ask two things at once: whoever agrees with only one of them cannot answer."
    ),
    "too_long": _(
        "This has %(n)s words; up to %(most)s are read at a glance, and more people reach the end."
    ),
    "negation": _(
        "“%(word)s” turns the question round, and “disagree” is then hard to read: say what is so."
    ),
    "double_negation": _(
        "“%(word)s” and “%(other)s” cancel each other out, and few people work out which is meant."
    ),
    "jargon": _("“%(word)s” is a word of offices: one that everybody says at home is understood."),
    "leading": _("“%(word)s” tells which answer you hope for, and many will kindly give it."),
    "no_cant_say": _("Whoever cannot say has to guess or leave: offer “I can’t say” too."),
    "required_open": _(
        "Nobody should have to find words: an open question that may be left out gets truer ones."
    ),
    "unlabelled": _("A number alone means something else to everybody: put words to the answers."),
    "unbalanced": _(
        "%(good)s answers are favourable and %(bad)s are not: as many of each lead nobody."
    ),
    "no_neutral": _(
        "There is no answer between the two sides, so that whoever stands there has to pick one."
    ),
    "missing_translation": _(
        "Words are missing in this language: people would read this in another one."
    ),
    "too_many_items": _(
        "%(n)s questions are asked; beyond %(most)s, fewer people finish: what could be left out?"
    ),
    "too_many_open": _(
        "%(n)s questions ask for own words, which takes time: after %(most)s most people leave."
    ),
}


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing that may be said better: where is an item's code, empty for the whole."""

    code: str
    where: str
    language: str
    sentence: str


def lint_document(document: Document, *, language: str) -> tuple[Hint, ...]:
    """Return what could be said better in one language: first of the whole, then item by item."""
    hints = [_hint(code, "", language, told) for code, told in _of_whole(document)]
    for item in document.items:
        hints += [_hint(code, item.code, language, told) for code, told in _of_item(item, language)]
    return tuple(hints)


def estimate_seconds(document: Document) -> int:
    """Return how long answering all of it takes, in seconds, by kinds of items."""
    return sum(SECONDS[item.kind] for item in document.items)


Found = tuple[str, dict[str, object]]


def _hint(code: str, where: str, language: str, told: dict[str, object]) -> Hint:
    return Hint(code, where, language, str(SENTENCES[code]) % told)


def _of_whole(document: Document) -> Iterator[Found]:
    questions = [item for item in document.items if item.kind != ItemKind.NOTE]
    sample = document.settings.get("sample") or {"pool": (), "n": 0}
    pool = {item.code for item in questions}.intersection(sample["pool"])
    n_asked = len(questions) - max(len(pool) - sample["n"], 0)
    if n_asked > MOST_ITEMS:
        yield "too_many_items", {"n": n_asked, "most": MOST_ITEMS}
    n_open = sum(item.kind == ItemKind.TEXT for item in questions)
    if n_open > MOST_OPEN:
        yield "too_many_open", {"n": n_open, "most": MOST_OPEN}


def _of_item(item: DocumentItem, language: str) -> Iterator[Found]:
    if _lacks_words(item, language):
        yield "missing_translation", {}
    if item.kind != ItemKind.NOTE:
        words = words_of(language)
        text = PLACEHOLDER.sub("…", item.texts.get(language, ""))
        yield from _of_length(text)
        if words is not None:
            yield from _of_wording(text, words, item.kind)
        yield from _of_answers(item, language, words)


def _lacks_words(item: DocumentItem, language: str) -> bool:
    wordings: list[Texts] = [item.texts]
    wordings += [texts for texts in (item.hints, *(one.texts for one in item.options)) if texts]
    return not all(texts.get(language, "").strip() for texts in wordings)


def _of_length(text: str) -> Iterator[Found]:
    n_words = len(text.split())
    if n_words > MOST_WORDS:
        yield "too_long", {"n": n_words, "most": MOST_WORDS}


def _of_wording(text: str, words: Words, kind: str) -> Iterator[Found]:
    joined = words.joins.search(words.as_one.sub("…", IN_BRACKETS.sub("…", text)))
    if joined and kind in JUDGED:
        yield "double_barrelled", {"word": joined[0]}
    leading = words.leading.search(text)
    if leading:
        yield "leading", {"word": leading[0]}
    else:  # "Don't you think …" is no negation to work out
        yield from _of_negation(text, words)
    for word in dict.fromkeys(found[0] for found in words.jargon.finditer(text)):
        yield "jargon", {"word": word}


def _of_negation(text: str, words: Words) -> Iterator[Found]:
    negation = words.negations.search(words.excused.sub("…", text))
    turn = words.turns.search(text)
    if negation and turn:
        yield "double_negation", {"word": negation[0], "other": turn[0]}
    elif negation:
        yield "negation", {"word": negation[0]}


def _of_answers(item: DocumentItem, language: str, words: Words | None) -> Iterator[Found]:
    if item.kind in OF_WORDS:
        if item.is_required:
            yield "required_open", {}
        return
    if not (item.allows_cant_say or _has_way_out(item)):
        yield "no_cant_say", {}
    labels = [label for option in _labelled(item) if (label := option.texts.get(language, ""))]
    if _is_unlabelled(item, labels):
        yield "unlabelled", {}
    elif words is not None and item.kind == ItemKind.CHOICE:
        yield from _of_balance(labels, words)


def _has_way_out(item: DocumentItem) -> bool:
    """Say whether an option means "don't know" or "none of these"."""
    scores = [option.score for option in item.options]
    has_unscored = any(score is not None for score in scores) and None in scores
    return has_unscored or any(option.is_exclusive for option in item.options)


def _labelled(item: DocumentItem) -> list[DocumentOption]:
    """Return the options that take a side; "don't know" and "other" do not."""
    is_scored = any(option.score is not None for option in item.options)
    return [
        option
        for option in item.options
        if not option.is_other and (option.score is not None or not is_scored)
    ]


def _is_unlabelled(item: DocumentItem, labels: list[str]) -> bool:
    if item.kind == ItemKind.RATING:
        return len(labels) < 2
    is_scored = any(option.score is not None for option in item.options)
    return is_scored and any(NUMBER.fullmatch(label) for label in labels)


def _of_balance(labels: list[str], words: Words) -> Iterator[Found]:
    sides = [_side(label, words) for label in labels]
    good, bad = sides.count("good"), sides.count("bad")
    if good + bad >= 3 and good != bad:
        yield "unbalanced", {"good": good, "bad": bad}
    elif good == bad >= 2 and good + bad == len(labels):
        yield "no_neutral", {}


def _side(label: str, words: Words) -> str:
    for name in ("middle", "bad", "good"):
        if getattr(words, name).search(label):
            return name
    return ""
