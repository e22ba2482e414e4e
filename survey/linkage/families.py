"""The pairs that are tested together: of many, some look linked by chance alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from survey.statistics.multiplicity import benjamini_hochberg


@dataclass(frozen=True, slots=True)
class Family:
    """The q-values of one declared family, in the order of its p-values, and how many tests."""

    q_values: tuple[float | None, ...]
    n_tests: int


def rank_together(p_values: Sequence[float | None]) -> Family:
    """Adjust the p-values of everything that is looked at together; None was no test."""
    adjusted = benjamini_hochberg(p_values).tolist()
    q_values = tuple(None if q != q else q for q in adjusted)
    return Family(q_values, sum(q is not None for q in q_values))
