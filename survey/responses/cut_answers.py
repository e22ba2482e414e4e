"""What is counted of one person by declared cuts."""

from collections.abc import Mapping
from dataclasses import dataclass

from survey.questionnaires.content import Answer


@dataclass(frozen=True, slots=True)
class CutAnswers:
    """What somebody answered as it is stored, the group it is stored under, and their cuts.

    Of customers the cell too.
    """

    group_id: int
    answers: Mapping[str, Answer]
    cuts: Mapping[str, str]
    cell_id: int | None = None
