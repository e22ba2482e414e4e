"""Published option counts by unit, as they are once the files have been read."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that answered, such as a school; parent names the node above it, or is empty."""

    code: str
    parent: str
    name: str


@dataclass(frozen=True, slots=True)
class PublishedOption:
    """One option of an item; without a score it means "don't know"."""

    value: int
    text: str
    score: float | None


@dataclass(frozen=True, slots=True)
class PublishedItem:
    """One item of one audience, with its options in file order."""

    audience: str
    construct: str
    code: str
    options: tuple[PublishedOption, ...]


Tally = dict[str, list[tuple[int, int]]]  # item -> (option value, count), in row order


@dataclass(frozen=True, slots=True)
class PublishedCounts:
    """What the three files say; digest is the SHA-256 of their bytes."""

    units: tuple[Unit, ...]
    items: tuple[PublishedItem, ...]
    tallies: Mapping[tuple[str, str], Tally]  # by unit and audience
    digest: str

    def items_of(self, audience: str) -> list[PublishedItem]:
        """Return the items an audience was asked, in file order."""
        return [item for item in self.items if item.audience == audience]

    def count_people(self, unit: str, audience: str) -> int:
        """Return how many people of a unit answered: the largest total of an item."""
        return count_people(self.tallies.get((unit, audience), {}))


def count_people(tally: Tally) -> int:
    """Return the largest total of an item."""
    return max((sum(count for _, count in options) for options in tally.values()), default=0)


def lay_out_people(tally: Tally) -> Iterator[dict[str, int]]:
    """Build people in file order: the i-th gets, of each item, the option at place i.

    The counts of an item are laid out in row order. Which answers one person gave together is not
    published, so only the counts themselves mean anything.
    """
    columns = {
        item: np.repeat([value for value, _ in options], [n for _, n in options]).tolist()
        for item, options in tally.items()
    }
    for place in range(count_people(tally)):
        yield {item: values[place] for item, values in columns.items() if place < len(values)}


def write_code(text: str) -> str:
    """Return a text as a code of small letters, digits and underscores."""
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")


def write_team_code(text: str) -> str:
    """Return a text as the code of a team, in any script."""
    return re.sub(r"[^\w-]+", "-", text)
