"""The person who asks, as the top of the page shows them."""

from dataclasses import dataclass

from survey.letters.composing import split_paragraphs
from survey.letters.models import Letter


@dataclass(frozen=True, slots=True)
class Sender:
    """Who signed the letter, and what it says."""

    name: str
    first_name: str
    role: str
    initials: str
    language: str
    paragraphs: tuple[str, ...]


def read_sender(letter: Letter | None) -> Sender | None:
    """Return the signer of a letter; None where nobody wrote one."""
    if letter is None:
        return None
    names = letter.signer_name.split()
    return Sender(
        name=letter.signer_name,
        first_name=names[0] if names else "",
        role=letter.signer_role,
        initials="".join(name[0] for name in (names[:1] + names[1:][-1:])).upper(),
        language=letter.language,
        paragraphs=tuple(split_paragraphs(letter.body)),
    )
