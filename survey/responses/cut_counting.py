"""Have declared cuts counted while a wave is sealed.

What a figure is stands further up, so whoever counts is named by the settings and called here: the
only moment at which cut values and answers lie side by side is inside the transaction of the seal.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from survey.campaigns.models import Wave
from survey.responses.cut_answers import CutAnswers
from survey.responses.cut_boxes import open_kept_cuts
from survey.responses.models import CutBox
from survey.responses.storing import Stored


class CutCounter(Protocol):
    """Writes the rollups of a wave's cuts, all that is ever kept of them."""

    def __call__(self, *, wave: Wave, people: Sequence[CutAnswers]) -> None:
        """Count people who stand beside each other for this once."""


def count_cuts(*, wave: Wave, stored: Stored, stored_at: Mapping[int, int]) -> None:
    """Have the cuts of stored answers counted; nothing but the counts outlives the call.

    Customers of earlier cells whose month has not been counted are counted now.
    """
    counter: CutCounter = import_string(settings.CUT_COUNTER)
    kept = open_kept_cuts(wave=wave).values()
    counter(wave=wave, people=[*_people(stored, stored_at), *kept])
    CutBox.objects.filter(wave=wave).delete()


def _people(stored: Stored, stored_at: Mapping[int, int]) -> Iterator[CutAnswers]:
    for content in stored.contents:
        group_id = stored_at[content.group_id]
        yield CutAnswers(group_id, content.answers, content.cuts, stored.cells.get(group_id))
