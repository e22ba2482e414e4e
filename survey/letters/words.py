"""What a letter says in a language: its own words, or somebody's translation of them."""

from dataclasses import dataclass

from survey.letters.models import Letter


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a letter in one language."""

    language: str
    subject: str
    body: str
    signer_role: str


def letter_words(*, letter: Letter, language: str) -> Words:
    """Return a letter's words in a language: exactly that one, else its kin, else the letter's own.

    Kin of pt-BR is pt; somebody who reads de gets de-AT where nobody wrote de.
    """
    own = Words(letter.language, letter.subject, letter.body, letter.signer_role)
    if not language or _is_same(own.language.lower(), language.lower()):
        return own
    offered = [own, *(_translated(letter))]
    for is_near in (_is_same, _is_parent, _is_cousin):
        for words in offered:
            if is_near(words.language.lower(), language.lower()):
                return words
    return own


def primary_tag(language: str) -> str:
    """Return the language without its region or script."""
    return language.lower().partition("-")[0]


def _translated(letter: Letter) -> list[Words]:
    rows = sorted(letter.translations.all(), key=lambda row: row.language)
    return [Words(row.language, row.subject, row.body, row.signer_role) for row in rows]


def _is_same(offered: str, wanted: str) -> bool:
    return offered == wanted


def _is_parent(offered: str, wanted: str) -> bool:
    return offered == primary_tag(wanted)


def _is_cousin(offered: str, wanted: str) -> bool:
    return primary_tag(offered) == primary_tag(wanted)
