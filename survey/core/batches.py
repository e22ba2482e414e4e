"""Work through many rows without holding them all."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Row = TypeVar("Row")


def in_batches(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """Yield lists of up to `size` rows, in order."""
    remaining = iter(rows)
    while batch := list(islice(remaining, size)):
        yield batch
