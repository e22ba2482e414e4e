"""Take in answers that were collected elsewhere, through the same boxes as everybody's."""

from collections.abc import Iterable, Iterator
from uuid import UUID, uuid4

from django.db import transaction

from survey.campaigns.cuts import fit_values
from survey.campaigns.models import Channel, Group, Wave
from survey.campaigns.rows import insert_rows
from survey.responses.boxes import BoxContent, seal_box
from survey.responses.models import Intake
from survey.responses.services.submitting import seal_cut_values

FIELDS = ("id", "wave", "box", "cut_box")


class NotImportableError(Exception):
    """Only a launched wave of channel IMPORT that has not closed takes answers in bulk."""


class UnknownGroupError(Exception):
    """The wave has no such group."""


@transaction.atomic
def import_responses(*, wave: Wave, responses: Iterable[BoxContent]) -> int:
    """Seal what each person answered, in their group, into a box; return how many were taken in."""
    importable = Wave.objects.launched().filter(closed_at__isnull=True, channel=Channel.IMPORT)
    held = importable.select_for_update(no_key=True).filter(pk=wave.pk).first()
    if held is None:
        raise NotImportableError(f"wave {wave.pk}")
    n_taken = insert_rows(model=Intake, names=FIELDS, rows=_rows(held, responses))
    held.n_counted = (held.n_counted or 0) + n_taken
    held.save(update_fields=["n_counted"])
    wave.n_counted = held.n_counted
    return n_taken


def _rows(
    wave: Wave, responses: Iterable[BoxContent]
) -> Iterator[tuple[UUID, int, bytes, bytes | None]]:
    groups = set(Group.objects.filter(wave=wave).values_list("pk", flat=True))
    public_key, size = bytes(wave.public_key or b""), wave.box_size or 0
    for content in responses:
        if content.group_id not in groups:
            raise UnknownGroupError(f"group {content.group_id} is not of wave {wave.pk}")
        box = seal_box(public_key=public_key, size=size, content=content)
        values = fit_values(wave=wave, values=content.cuts) if wave.cuts else {}
        cut_box = seal_cut_values(wave=wave, values=values) if wave.cuts else None
        yield uuid4(), wave.pk, box, cut_box
