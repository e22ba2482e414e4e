"""Seal customers' answers while their wave is open: at least k of one group together."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from survey.campaigns.journals import empty_journal
from survey.campaigns.models import Group, Wave
from survey.core.batches import in_batches
from survey.core.timestamps import local_date
from survey.responses.cut_boxes import keep_cuts
from survey.responses.models import Intake
from survey.responses.opening import OpenedBoxes, open_boxes
from survey.responses.placing import Placement, climb
from survey.responses.storing import read_parents, store_responses

LONGEST_WAIT = timedelta(days=90)  # then answers are stored one level up
ROWS_AT_ONCE = 500


def seal_cells(*, wave_id: int, now: datetime) -> int:
    """Seal each group of which enough boxes wait; return how many answers were stored."""
    n_stored = _seal_cells(wave_id, now)
    if n_stored:
        empty_journal()
    return n_stored


@transaction.atomic
def _seal_cells(wave_id: int, now: datetime) -> int:
    wave = _hold(wave_id, now)
    today = local_date(now)
    if wave is None or not _is_due(wave, today):
        return 0
    opened = open_boxes(wave=wave)
    placement = _place(wave, opened, today)
    contents = [box.content for box in opened.boxes]
    stored = store_responses(wave=wave, contents=contents, stored_at=placement.stored_at, day=today)
    if wave.cuts:
        keep_cuts(wave=wave, stored=stored, stored_at=placement.stored_at)
    _delete(opened.unreadable)
    _delete(box.intake_id for box in opened.boxes if box.content.group_id in placement.stored_at)
    _remember_waiting(wave, set(opened.counts()) - placement.stored_at.keys(), today)
    wave.n_waiting = len(contents) - stored.n_responses
    wave.n_discarded += len(opened.unreadable)
    wave.unkept_items = sorted(stored.unkept_items.union(wave.unkept_items))
    wave.save(update_fields=["n_waiting", "n_discarded", "unkept_items"])
    return stored.n_responses


def _hold(wave_id: int, now: datetime) -> Wave | None:
    waves = Wave.objects.open_at(now).select_related("campaign")
    return waves.select_for_update(no_key=True, of=("self",)).filter(pk=wave_id).first()


def _is_due(wave: Wave, today: date) -> bool:
    """Say whether anything came since the last look, or has waited too long."""
    if Intake.objects.filter(wave=wave).count() != wave.n_waiting:
        return True
    return _overdue(wave, today).exists()


def _overdue(wave: Wave, today: date) -> QuerySet[Group]:
    return Group.objects.filter(wave=wave, waiting_from_date__lte=today - LONGEST_WAIT)


def _place(wave: Wave, opened: OpenedBoxes, today: date) -> Placement:
    """Store full groups at themselves, and what has waited too long further up if k come together.

    All other groups wait.
    """
    overdue = set(_overdue(wave, today).values_list("pk", flat=True))
    ready = {
        group: n for group, n in opened.counts().items() if n >= wave.threshold or group in overdue
    }
    return climb(counts=ready, parents=read_parents(wave=wave), k=wave.threshold)


def _delete(intake_ids: Iterable[UUID]) -> None:
    for batch in in_batches(intake_ids, ROWS_AT_ONCE):
        Intake.objects.filter(pk__in=batch).delete()


def _remember_waiting(wave: Wave, waiting: set[int], today: date) -> None:
    """Note the day since when a group has boxes waiting; the boxes themselves have no date."""
    groups = Group.objects.filter(wave=wave)
    groups.exclude(pk__in=waiting).update(waiting_from_date=None)
    groups.filter(pk__in=waiting, waiting_from_date=None).update(waiting_from_date=today)
