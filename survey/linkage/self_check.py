"""Placebo scores of units, to see in every study that the machine finds little in nothing."""

from collections.abc import Iterable
from hashlib import shake_256

import numpy as np

from survey.linkage.parts import Part
from survey.statistics.inputs import FloatArray
from survey.statistics.placebo import PlaceboCheck, check_placebos

PLACEBOS = 200
BYTES = 8


def check_part(part: Part, *, seed: int) -> PlaceboCheck:
    """Correlate placebos with every scale of both sides, over the units that are compared."""
    codes = part.groups.loc[part.table.index, "code"]
    scores = part.table.ex.add_prefix("ex ").join(part.table.cx.add_prefix("cx "))
    return check_placebos(draw_placebos(codes, seed=seed), scores)


def draw_placebos(codes: Iterable[str], *, seed: int) -> FloatArray:
    """Return placebo scores from 0 to 1, a row per unit: a hash of its code, cut into pieces.

    A unit's scores depend on nothing but its code and the seed, so they are the same everywhere.
    """
    digests = b"".join(
        shake_256(f"{seed}:{code}".encode()).digest(PLACEBOS * BYTES) for code in codes
    )
    drawn = np.frombuffer(digests, dtype=np.uint64).reshape(-1, PLACEBOS)
    return drawn / float(2**64)
