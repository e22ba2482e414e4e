"""A letter as one person gets it: the same words twice, without pictures or tracking."""

import textwrap
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.conf.global_settings import LANGUAGES_BIDI
from django.template.loader import render_to_string

from survey.letters.models import Letter
from survey.letters.phrases import comma, frame_language, say, say_number
from survey.letters.words import Words, letter_words, primary_tag

LINE = 70
URL_PART = 16  # a narrow screen may break an address after each
WIDEST_LABEL = 32  # of an option whose link stands on the same line
FIXED = (
    *("first_item", "hears_back_label", "open", "privacy", "reply", "saves_nothing", "stop", "tap"),
    "who_sees_label",
)


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


def render_letter(*, letter: Letter, facts: LetterFacts, language: str = "") -> ComposedLetter:
    """Write a letter to one person in their language, as text and as HTML that say the same."""
    words = letter_words(letter=letter, language=language)
    context = _context(letter, words, facts)
    text = render_to_string("letters/letter.txt", context).strip()
    return ComposedLetter(
        subject=" ".join(words.subject.split()),
        text="\n".join(map(wrap_line, text.splitlines())) + "\n",
        html=render_to_string("letters/letter.html", context),
        stop_url=facts.stop_url,
    )


def split_paragraphs(body: str) -> list[str]:
    """Return the paragraphs of a letter, which blank lines keep apart."""
    blocks = body.replace("\r\n", "\n").split("\n\n")
    return [block.strip() for block in blocks if block.strip()]


def direction(language: str) -> str:
    """Return the direction in which a language is written, as HTML names it."""
    return "rtl" if primary_tag(language) in LANGUAGES_BIDI else "ltr"


def _context(letter: Letter, words: Words, facts: LetterFacts) -> dict[str, Any]:
    frame = frame_language(words.language)
    return {
        "letter": letter,
        "words": words,
        "words_dir": direction(words.language),
        "is_mixed": frame != primary_tag(words.language),
        "frame": frame,
        "facts": facts,
        "url_parts": textwrap.wrap(facts.answer_url, URL_PART, break_on_hyphens=False),
        "option_lines": _option_lines(facts.first_item),
        "item_dir": direction(facts.first_item.language) if facts.first_item else "",
        "frame_dir": direction(frame),
        "privacy_url": f"{settings.BASE_URL}/privacy/",
        "greeting": greet(frame, facts.recipient_name),
        "minutes": say_number("minutes", frame, facts.minutes),
        "signature": join_words(f"{comma(frame)} ", letter.signer_name, words.signer_role),
        "paragraphs": split_paragraphs(words.body),
        "say": {key: say(key, frame) for key in FIXED},
    }


def greet(frame: str, name: str) -> str:
    """Return how a letter begins."""
    return f"{join_words(' ', say('greeting', frame), name)}{comma(frame)}"


def join_words(between: str, *parts: str) -> str:
    """Return the parts that say something, with something between them."""
    return between.join(filter(None, parts))


def _option_lines(item: FirstItem | None) -> list[str]:
    """Return the options of the first question, their links below each other."""
    if item is None:
        return []
    widest = max(len(option.label) for option in item.options)
    if widest > WIDEST_LABEL or direction(item.language) == "rtl":
        return [f"  {option.label}\n  {option.url}" for option in item.options]
    return [f"  {option.label:{widest}}  {option.url}" for option in item.options]


def wrap_line(line: str) -> str:
    """Break a long line, but never one that carries a link."""
    if len(line) <= LINE or "://" in line:
        return line
    return textwrap.fill(line, LINE, break_long_words=False, break_on_hyphens=False)
