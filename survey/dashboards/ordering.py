"""The order of names as people expect it: Team 2 comes before Team 10."""

import re

NUMBERS = re.compile(r"(\d+)")


def natural(name: str) -> tuple[tuple[str, int], ...]:
    """Return what sorts names by their words and, within these, by their numbers."""
    parts = NUMBERS.split(name.casefold())
    return tuple(
        (word, int(number)) for word, number in zip(parts[::2], [*parts[1::2], "0"], strict=True)
    )
