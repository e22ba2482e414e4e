"""Open and close waves at their times."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from survey.campaigns.models import Invitation, Wave
from survey.campaigns.rosters import asks_people
from survey.campaigns.services.letters import queue_invitations, queue_left_out
from survey.campaigns.services.participation import refresh_participation
from survey.core.stages import run_each

LOT = 5000


class NotExtendableError(Exception):
    """The wave cannot be made longer in this way; the message says why."""


def open_due_waves(*, now: datetime) -> int:
    """Open the waves whose time has come and queue their letters; return how many."""
    due = Wave.objects.due_to_open(now).order_by("opens_at", "pk").values_list("pk", flat=True)
    return run_each(due, partial(_open_wave, now=now), name="Opening wave")


def close_due_waves(*, now: datetime) -> int:
    """Close the waves whose last moment has passed; return how many."""
    due = Wave.objects.due_to_close(now).order_by("closes_at", "pk").values_list("pk", flat=True)
    return run_each(due, partial(_close_due, now=now), name="Closing wave")


@transaction.atomic
def close_wave(*, wave_id: int, now: datetime) -> bool:
    """Close a launched wave, at its time or before it; False when it was closed already."""
    open_waves = Wave.objects.launched().filter(closed_at__isnull=True)
    return _close(open_waves, wave_id=wave_id, now=now)


@transaction.atomic
def extend_wave(*, wave_id: int, closes_at: datetime, now: datetime) -> None:
    """Let a wave take answers for longer; raise NotExtendableError where that cannot be.

    Nobody is written to twice: the page behind every link says the new date. Whoever got no letter
    because their free day came after the close gets one, where it comes before the new close.
    """
    waves = Wave.objects.select_related("campaign__letter", "letter")
    wave = waves.select_for_update(no_key=True, of=("self",)).get(pk=wave_id)
    if wave.launched_at is None or wave.withdrawn_at is not None or wave.closed_at is not None:
        raise NotExtendableError(_("Only a survey that still takes answers can be extended."))
    if closes_at <= max(wave.closes_at, now):
        raise NotExtendableError(_("A survey can only be made longer: letters have said the date."))
    following = Wave.objects.launched().filter(
        campaign=wave.campaign_id, opens_at__gte=wave.closes_at, opens_at__lt=closes_at
    )
    if asks_people(wave=wave) and following.exists():
        raise NotExtendableError(
            _("The next wave of this survey would open before this one closes.")
        )
    Wave.objects.filter(pk=wave.pk).update(closes_at=closes_at)
    wave.closes_at = closes_at
    if wave.opened_at is not None:  # else all letters are queued as it opens
        queue_left_out(wave=wave, now=now)


@transaction.atomic
def _close_due(wave_id: int, now: datetime) -> bool:
    """Close a wave unless it has been extended since it was found to be due."""
    return _close(Wave.objects.due_to_close(now), wave_id=wave_id, now=now)


def _close(waves: QuerySet[Wave], *, wave_id: int, now: datetime) -> bool:
    if not waves.filter(pk=wave_id).update(closed_at=now):
        return False
    refresh_participation(wave=Wave.objects.get(pk=wave_id), now=now)
    return True


def _open_wave(wave_id: int, now: datetime) -> bool:
    """Queue the letters lot by lot, so that a run cut short is gone on with; then open the wave."""
    last: int | None = 0
    while last is not None:
        last = _queue_lot(wave_id, after=last, now=now)
    return Wave.objects.due_to_open(now).filter(pk=wave_id).update(opened_at=now) == 1


@transaction.atomic
def _queue_lot(wave_id: int, *, after: int, now: datetime) -> int | None:
    """Queue the letters of the next invitations; return the last, or None if none was left.

    The wave is held meanwhile, so that nobody else queues the same letters.
    """
    waves = Wave.objects.due_to_open(now).select_related("campaign__letter", "letter")
    wave = waves.select_for_update(no_key=True, of=("self",)).filter(pk=wave_id).first()
    if wave is None or not asks_people(wave=wave):
        return None
    waiting = Invitation.objects.filter(wave=wave, delivery__isnull=True, pk__gt=after)
    lot = list(waiting.select_related("person").order_by("pk")[:LOT])
    queue_invitations(wave=wave, invitations=lot, now=now)
    return lot[-1].pk if lot else None
