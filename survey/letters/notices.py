"""A letter that tells of something: somebody's words, one link, and who signs; as text and HTML."""

import textwrap
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string

from survey.letters.composing import (
    URL_PART,
    ComposedLetter,
    direction,
    greet,
    join_words,
    split_paragraphs,
    wrap_line,
)
from survey.letters.models import Letter
from survey.letters.phrases import comma, frame_language, say
from survey.letters.words import letter_words, primary_tag


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, and the lines or paragraphs below it."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What a notice says to one reader beside the words of whoever signs it.

    paragraphs follow the signer's words. Without a stop_url nothing can be stopped. Only a person
    says that they read replies.
    """

    recipient_name: str
    url: str
    link_label: str
    paragraphs: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    stop_url: str = ""
    stop_label: str = ""
    is_from_person: bool = True


def render_notice(*, letter: Letter, facts: NoticeFacts, language: str = "") -> ComposedLetter:
    """Write a notice to one person in their language, as text and as HTML that say the same."""
    words = letter_words(letter=letter, language=language)
    frame = frame_language(words.language)
    context: dict[str, Any] = {
        "letter": letter,
        "words": words,
        "words_dir": direction(words.language),
        "is_mixed": frame != primary_tag(words.language),
        "frame": frame,
        "frame_dir": direction(frame),
        "facts": facts,
        "url_parts": textwrap.wrap(facts.url, URL_PART, break_on_hyphens=False),
        "greeting": greet(frame, facts.recipient_name),
        "signature": join_words(f"{comma(frame)} ", letter.signer_name, words.signer_role),
        "paragraphs": [*split_paragraphs(words.body), *facts.paragraphs],
        "reply": say("reply", frame),
    }
    text = render_to_string("letters/notice.txt", context).strip()
    return ComposedLetter(
        subject=" ".join(words.subject.split()),
        text="\n".join(map(wrap_line, text.splitlines())) + "\n",
        html=render_to_string("letters/notice.html", context),
        stop_url=facts.stop_url,
    )
