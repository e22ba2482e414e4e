"""Languages as people read them: their own names, their direction, and what stands in for them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language_info, override

LONGEST_TAG = 40
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


def list_nearest(tag: str) -> tuple[str, ...]:
    """Return a tag and what stands in for it: "zh-Hant-TW", "zh-Hant" and "zh"."""
    parts = tag[:LONGEST_TAG].split("-")
    return tuple("-".join(parts[:n]) for n in range(len(parts), 0, -1))


def choose_language(tag: str, offered: Sequence[str]) -> str:
    """Return the offered language nearest to a tag: itself, what it is a kind of, or the first."""
    by_tag = {one.lower(): one for one in offered}
    found = (by_tag.get(one.lower()) for one in list_nearest(tag))
    return next(filter(None, found), offered[0])


def interface_language(tag: str) -> str:
    """Return in which language the product itself speaks on a page in some language."""
    return choose_language(
        tag, [settings.LANGUAGE_CODE, *(code for code, _name in settings.LANGUAGES)]
    )


def has_interface(tag: str) -> bool:
    """Say whether the product itself speaks a language."""
    return _primary(interface_language(tag)) == _primary(tag)


def speak(tag: str) -> override:
    """Let the product's own words, within a with block, be in the language nearest to a tag."""
    return override(interface_language(tag))


def _primary(tag: str) -> str:
    return tag.split("-")[0].lower()
