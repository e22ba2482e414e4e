"""Lists to choose from at the head of a page; every choice stands in the address."""

from collections.abc import Mapping
from dataclasses import dataclass

INDENT = "\u2003"


class UnknownChoiceError(Exception):
    """The address names something that is not there for this reader."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """One list to choose from."""

    name: str
    label: str
    options: tuple[Option, ...]


def build_filter(name: str, label: str, labels: Mapping[str, str], chosen: str) -> Filter:
    """Make a list of values with their labels, one of them chosen."""
    return Filter(
        name, label, tuple(Option(code, text, code == chosen) for code, text in labels.items())
    )


def choose(wanted: str | None, there: Mapping[str, str]) -> str:
    """Return the wanted value or, if none is wanted, the first; refuse one that is not there."""
    if wanted and wanted not in there:
        raise UnknownChoiceError(wanted)
    return wanted or next(iter(there))
