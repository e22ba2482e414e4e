"""Languages as people read them: their own names, their direction, and what stands in for them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language_info

FROM_THE_RIGHT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


@dataclass(frozen=True, slots=True)
class Language:
    """A language the questionnaire can be read in, in its own name."""

    code: str
    name: str
    direction: str


def describe_language(tag: str) -> Language:
    """Return a language by its tag, named by the tag itself where its name is not known."""
    try:
        name = get_language_info(tag.lower())["name_local"]
    except KeyError:
        name = tag
    return Language(tag, name, direction_of(tag))


def direction_of(tag: str) -> str:
    """Return how a language is written: "ltr" or "rtl"."""
    return "rtl" if _primary(tag) in FROM_THE_RIGHT else "ltr"


def choose_language(tag: str, offered: Sequence[str]) -> str:
    """Return the offered language nearest to a tag: itself, its own language, or the first."""
    by_tag = {one.lower(): one for one in offered}
    found = by_tag.get(tag.lower()) or by_tag.get(_primary(tag))
    return found or offered[0]


def _primary(tag: str) -> str:
    return tag.split("-")[0].lower()
