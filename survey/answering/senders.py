"""The person who asks, as the top of the page shows them."""

from dataclasses import dataclass

from survey.letters.composing import split_paragraphs
from survey.letters.models import Letter
from survey.letters.words import letter_words


@dataclass(frozen=True, slots=True)
class Sender:
    """Who signed the letter, and what it says."""

    name: str
    first_name: str
    role: str
    initials: str
    language: str
    paragraphs: tuple[str, ...]


def read_sender(letter: Letter | None, language: str = "") -> Sender | None:
    """Return the signer of a letter, in a language if it was translated; None without a letter."""
    if letter is None:
        return None
    words = letter_words(letter=letter, language=language)
    names = letter.signer_name.split()
    return Sender(
        name=letter.signer_name,
        first_name=names[0] if names else "",
        role=words.signer_role,
        initials="".join(name[0] for name in (names[:1] + names[1:][-1:])).upper(),
        language=words.language,
        paragraphs=tuple(split_paragraphs(words.body)),
    )
