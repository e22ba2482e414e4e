"""Have declared cuts counted while a wave is sealed.

What a figure is stands further up, so whoever counts is named by the settings and called here: the
only moment at which cut values and answers lie side by side is inside the transaction of the seal.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from survey.campaigns.models import Wave
from survey.questionnaires.content import Answer
from survey.responses.boxes import BoxContent


@dataclass(frozen=True, slots=True)
class CutAnswers:
    """What somebody answered as it is stored, the group it is stored under, and their cuts."""

    group_id: int
    answers: Mapping[str, Answer]
    cuts: Mapping[str, str]


class CutCounter(Protocol):
    """Writes the rollups of a wave's cuts, all that is ever kept of them."""

    def __call__(self, *, wave: Wave, people: Sequence[CutAnswers]) -> None:
        """Count people who stand beside each other for this once."""


def count_cuts(*, wave: Wave, contents: Sequence[BoxContent], stored_at: Mapping[int, int]) -> None:
    """Have the cuts of stored answers counted; nothing but the counts outlives the call."""
    counter: CutCounter = import_string(settings.CUT_COUNTER)
    counter(wave=wave, people=list(_people(contents, stored_at)))


def _people(contents: Sequence[BoxContent], stored_at: Mapping[int, int]) -> Iterator[CutAnswers]:
    for content in contents:
        yield CutAnswers(stored_at[content.group_id], content.answers, content.cuts)
