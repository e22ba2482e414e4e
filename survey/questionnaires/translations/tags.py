"""Tags of languages as people and programs write them."""

from collections.abc import Iterable

from survey.questionnaires.importers.tags import read_tag
from survey.questionnaires.reading import LANGUAGE


def normalise_tag(said: str) -> str | None:
    """Return a language's tag for "PT_br", "iw" or "Deutsch"; None where it names no language."""
    tag = read_tag(said)
    return tag if tag and LANGUAGE.fullmatch(tag) else None


def find_tag(said: str, offered: Iterable[str]) -> str | None:
    """Return which of the offered languages a file means, if it means one of them."""
    by_tag = {tag.lower(): tag for tag in offered}
    written = said.strip().replace("_", "-").lower()
    meant = read_tag(said) or ""
    return by_tag.get(written) or by_tag.get(meant.lower())
