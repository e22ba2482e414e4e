"""A letter as one person gets it: plain words, twice, without pictures or tracking."""

import textwrap
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from survey.letters.models import Letter

LINE = 70


@dataclass(frozen=True, slots=True)
class FirstOption:
    """One answer to the first question, and the link that opens the page with it chosen."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class FirstItem:
    """The first question, asked in the letter itself."""

    question: str
    options: tuple[FirstOption, ...]
    language: str


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What a letter tells one recipient; the sentences are whole or empty."""

    recipient_name: str
    answer_url: str
    stop_url: str
    minutes: int
    who_sees: str
    hears_back: str
    why_you: str = ""
    until: str = ""
    first_item: FirstItem | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A page that travels with a letter."""

    name: str
    content: str
    mime_type: str


@dataclass(frozen=True, slots=True)
class ComposedLetter:
    """The words that go out, and the address that stops them."""

    subject: str
    text: str
    html: str
    stop_url: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Postponed:
    """A letter that may not go yet, because of its reader's quiet hours or a missing key."""

    until: datetime


def render_letter(*, letter: Letter, facts: LetterFacts) -> ComposedLetter:
    """Write a letter to one person, as text and as HTML that say the same."""
    return ComposedLetter(
        subject=" ".join(letter.subject.split()),
        text="\n".join(map(_wrap, render_words(letter=letter, facts=facts).splitlines())) + "\n",
        html=render_to_string("letters/letter.html", _context(letter, facts)),
        stop_url=facts.stop_url,
    )


def render_words(*, letter: Letter, facts: LetterFacts) -> str:
    """Write the words of a letter, each paragraph on one line however long."""
    return render_to_string("letters/letter.txt", _context(letter, facts)).strip()


def split_paragraphs(body: str) -> list[str]:
    """Return the paragraphs of a letter, which blank lines keep apart."""
    blocks = body.replace("\r\n", "\n").split("\n\n")
    return [block.strip() for block in blocks if block.strip()]


def _context(letter: Letter, facts: LetterFacts) -> dict[str, Any]:
    return {
        "letter": letter,
        "facts": facts,
        "signature": ", ".join(part for part in (letter.signer_name, letter.signer_role) if part),
        "paragraphs": split_paragraphs(letter.body),
    }


def _wrap(line: str) -> str:
    return textwrap.fill(line, LINE, break_long_words=False, break_on_hyphens=False)
