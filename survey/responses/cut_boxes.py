"""Customers' cut values between the seal of their cell and the count of their month.

A cell is opened as soon as it is full, and its figures belong to a month that is not over. What is
counted then is sealed again, each alike and in an order of chance, so that meanwhile nothing that
can be read says which answers, or which team's customers, stand at which level.
"""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from survey.campaigns.cuts import fit_values
from survey.campaigns.keys import read_private_key
from survey.campaigns.models import Wave
from survey.campaigns.selectors import content_of
from survey.core.batches import in_batches
from survey.questionnaires.content import QuestionnaireContent
from survey.questionnaires.families import from_json
from survey.responses.boxes import BoxContent, BoxError, BoxOpener, seal_fields
from survey.responses.cut_answers import CutAnswers
from survey.responses.models import Cell, CutBox
from survey.responses.storing import Stored, system_random

ROWS_AT_ONCE = 1000
STEP = 64
FRAME_BYTES = 64  # the number of a cell, the brackets, and the padding's own mark


def keep_cuts(*, wave: Wave, stored: Stored, stored_at: Mapping[int, int]) -> None:
    """Seal the cut values and numbers of those whose cell was just opened, until their month."""
    codes = list_codes(wave=wave)
    size = kept_size(wave=wave)
    told = [_write(one, stored.cells[stored_at[one.group_id]], codes) for one in stored.contents]
    system_random.shuffle(told)
    public_key = bytes(wave.public_key or b"")
    rows = (
        CutBox(wave=wave, box=seal_fields(public_key=public_key, size=size, fields=fields))
        for fields in told
    )
    for batch in in_batches(rows, ROWS_AT_ONCE):
        CutBox.objects.bulk_create(batch)


def open_kept_cuts(*, wave: Wave) -> dict[UUID, CutAnswers]:
    """Return what waits to be counted, by the rows it lies in; what cannot be read is left out."""
    rows = CutBox.objects.filter(wave=wave).values_list("pk", "box")
    if not rows.exists():
        return {}
    opener = BoxOpener(read_private_key(wave=wave), size=kept_size(wave=wave))
    groups = dict(Cell.objects.filter(wave=wave).values_list("pk", "group_id"))
    found = ((pk, _open(wave, opener, bytes(box), groups)) for pk, box in rows.iterator())
    return {pk: one for pk, one in found if one is not None}


def forget_kept_cuts(*, wave: Wave, box_ids: Collection[UUID]) -> None:
    """Delete boxes that have been counted to the end."""
    for batch in in_batches(box_ids, ROWS_AT_ONCE):
        CutBox.objects.filter(wave=wave, pk__in=batch).delete()


def list_codes(*, wave: Wave) -> list[str]:
    """Return the items of which a wave's figures are made, in an order that stays."""
    return [code for family in from_json(wave.families) for code in family.items]


def kept_size(*, wave: Wave) -> int:
    """Return the size of every box that waits: that of the cut values, and the longest numbers."""
    content = content_of(wave=wave)
    numbers = sum(_longest(content, code) + 1 for code in list_codes(wave=wave))
    return -(-((wave.cut_box_size or 0) + numbers + FRAME_BYTES) // STEP) * STEP


def _longest(content: QuestionnaireContent, code: str) -> int:
    return max([len("null"), *(len(str(value)) for value in content.item(code).values)])


def _write(content: BoxContent, cell_id: int, codes: Collection[str]) -> list[Any]:
    return [cell_id, dict(content.cuts), [content.answers.get(code) for code in codes]]


def _open(
    wave: Wave, opener: BoxOpener, box: bytes, groups: Mapping[int, int]
) -> CutAnswers | None:
    try:
        fields = opener.open_fields(box, size=kept_size(wave=wave))
    except BoxError:
        return None
    match fields:
        case [int() as cell_id, dict() as cuts, list() as numbers] if cell_id in groups:
            answers = dict(zip(list_codes(wave=wave), numbers, strict=False))
            values = fit_values(wave=wave, values=cuts)
            return CutAnswers(groups[cell_id], answers, values, cell_id)
    return None
