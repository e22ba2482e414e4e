"""What importers say of a file: kept so that it can be told again in any reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

LONGEST_QUOTE = 200
SHORTEST_QUOTE = 20


class Told(str):
    """A sentence in the language that is spoken, which knows what it is made of."""

    sentence: str
    values: Mapping[str, Any]

    def __new__(cls, sentence: str, values: Mapping[str, Any] | None = None) -> "Told":
        """Say a sentence that is marked for translation, with values in it if there are any."""
        said = gettext(sentence)
        told = super().__new__(cls, said % values if values else said)
        told.sentence, told.values = sentence, values or {}
        return told

    def __mod__(self, values: Any) -> "Told":
        """Return the sentence with values in it."""
        return Told(self.sentence, values)


def tell(sentence: str) -> Told:
    """Return a sentence in the language that is spoken, as gettext does; it can be kept."""
    return Told(sentence)


def keep(text: str) -> Any:
    """Return a text as it is kept: one of ours by its parts, anybody else's as it is."""
    if not isinstance(text, Told):
        return text
    values = {name: keep(one) if isinstance(one, str) else one for name, one in text.values.items()}
    return {"said": text.sentence, "with": values}


def tell_again(kept: Any) -> str:
    """Return a text that was kept in the language that is spoken."""
    if not isinstance(kept, Mapping):
        return str(kept)
    values = {
        name: tell_again(one) if isinstance(one, Mapping) else one
        for name, one in kept["with"].items()
    }
    return Told(kept["said"], values)


def shorten(text: str) -> str:
    """Return a text on one line that can be shown, cut where it is long."""
    if isinstance(text, Told):
        return _shorten_values(text)
    return _cut(text, LONGEST_QUOTE)


def _shorten_values(told: Told) -> Told:
    """Return a sentence whose values are cut so that the whole is as short as a text may be."""
    quoted = [one for one in told.values.values() if isinstance(one, str)]
    room = LONGEST_QUOTE - len(told) + sum(map(len, quoted))
    longest = max(SHORTEST_QUOTE, room // max(1, len(quoted)))
    values = {
        name: _fit(one, longest) if isinstance(one, str) else one
        for name, one in told.values.items()
    }
    return Told(told.sentence, values)


def _fit(value: str, longest: int) -> str:
    return shorten(value) if isinstance(value, Told) else _cut(value, longest)


def _cut(text: str, longest: int) -> str:
    begin = text[: 5 * longest]
    plain = " ".join("".join(each if each.isprintable() else " " for each in begin).split())
    return plain if len(plain) <= longest else f"{plain[: longest - 1]}…"
