"""The last seal of a wave: every box is opened once, under keys that are then destroyed."""

from datetime import datetime
from functools import partial

from django.db import transaction

from survey.campaigns.journals import empty_journal
from survey.campaigns.models import Channel, Credential, Group, Wave
from survey.campaigns.selectors import last_day
from survey.campaigns.services import close_door, drop_reminders
from survey.core.leases import held
from survey.core.stages import run_each
from survey.questionnaires.models import Audience
from survey.responses.cut_counting import count_cuts
from survey.responses.models import Intake
from survey.responses.opening import open_boxes
from survey.responses.placing import climb_and_take_up
from survey.responses.services.cells import seal_cells
from survey.responses.services.clearing import clear_withdrawn_waves
from survey.responses.storing import read_parents, store_responses


class BoxesAppearedError(Exception):
    """A box came in while the wave was sealed; nothing was written, the seal is tried again."""


def seal_due_waves(*, now: datetime) -> int:
    """Seal closed waves, and the full cells of customers' open waves; return how many waves."""
    clear_withdrawn_waves()
    closed = (
        Wave.objects.closed_and_unsealed().order_by("closed_at", "pk").values_list("pk", flat=True)
    )
    open_waves = Wave.objects.open_at(now).filter(campaign__audience=Audience.CUSTOMER)
    with_cells = (
        open_waves.exclude(channel=Channel.IMPORT).order_by("pk").values_list("pk", flat=True)
    )
    n_sealed = run_each(closed, partial(_seal_unless_held, now=now), name="Sealing wave")
    return n_sealed + run_each(
        with_cells, partial(_seal_cells, now=now), name="Sealing cells of wave"
    )


def seal_wave(*, wave_id: int, now: datetime) -> bool:
    """Seal a closed wave for good; False when that is not due or was done already."""
    if not _seal(wave_id, now):
        return False
    empty_journal()  # destroying the keys tries again if this could not
    return True


def _seal_unless_held(wave_id: int, now: datetime) -> bool:
    if _is_locked(wave_id):
        return False
    with held(Wave.objects.get(pk=wave_id), now=now) as is_ours:
        return is_ours and seal_wave(wave_id=wave_id, now=now)


@transaction.atomic
def _is_locked(wave_id: int) -> bool:
    """Say whether a wave is being sealed: that may outlast a lease, and nobody waits for it."""
    free = Wave.objects.select_for_update(skip_locked=True, no_key=True).filter(pk=wave_id)
    return free.first() is None


def _seal_cells(wave_id: int, now: datetime) -> bool:
    return seal_cells(wave_id=wave_id, now=now) > 0


@transaction.atomic
def _seal(wave_id: int, now: datetime) -> bool:
    """Open, shuffle and store everything. The row of the wave keeps a second sealer waiting."""
    if not Wave.objects.closed_and_unsealed().filter(pk=wave_id).update(sealed_at=now):
        return False
    wave = Wave.objects.select_related("campaign").get(pk=wave_id)
    close_door(wave_id=wave.pk)
    wave.n_spent = _delete_credentials(wave)
    drop_reminders(wave=wave)
    opened = open_boxes(wave=wave)
    counts = opened.counts()
    placement = climb_and_take_up(counts=counts, parents=read_parents(wave=wave), k=wave.threshold)
    stored = store_responses(
        wave=wave,
        contents=[box.content for box in opened.boxes],
        stored_at=placement.stored_at,
        day=last_day(wave=wave, now=now),
    )
    if wave.cuts:
        count_cuts(wave=wave, stored=stored, stored_at=placement.stored_at)
    n_opened = len(opened.boxes) + len(opened.unreadable)
    if Intake.objects.filter(wave=wave).delete()[0] != n_opened:
        raise BoxesAppearedError(f"wave {wave_id}")
    Group.objects.filter(wave=wave).update(waiting_from_date=None)
    wave.n_discarded += n_opened - stored.n_responses
    wave.n_waiting = 0
    wave.unkept_items = sorted(stored.unkept_items.union(wave.unkept_items))
    wave.save(update_fields=["n_spent", "n_discarded", "n_waiting", "unkept_items"])
    return True


def _delete_credentials(wave: Wave) -> int | None:
    """Delete all credentials of a wave and return how many were spent.

    Deleting the unspent ones first waits for answers that are being sent at this moment; after
    it no more can come, so that the boxes read next are all there will ever be.
    """
    if wave.channel != Channel.PERSONAL:
        return None
    credentials = Credential.objects.filter(wave=wave)
    credentials.filter(is_spent=False).delete()
    n_spent, _ = credentials.delete()
    return n_spent
