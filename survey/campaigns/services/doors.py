"""The door through which answers come that nobody was invited to, and how they are counted.

Every answer leaves the digest of its page's nonce. A wave has taken in as many answers as it has
digests now, and as have been forgotten since: these are added to its n_counted, so that the row of
the wave is not touched when somebody answers.
"""

from datetime import UTC, date, datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce

from survey.campaigns.models import Door, UsedNonce, Wave
from survey.core.stages import run_each

KEPT = timedelta(days=2)  # a page can be sent for one


def open_door(*, wave: Wave) -> None:
    """Let answers come into a wave without invitations."""
    Door.objects.create(wave=wave)


@transaction.atomic
def close_door(*, wave_id: int) -> None:
    """Let no more answers into a wave and count those that came; nothing where it has no door.

    It waits for answers that are being stored at this moment; none can be stored afterwards.
    """
    door = Door.objects.select_for_update().filter(pk=wave_id).first()
    if door is None:
        return
    n_used, _ = UsedNonce.objects.filter(door=door).delete()
    _count(wave_id, n_used)
    door.delete()


def forget_nonces(*, now: datetime) -> int:
    """Delete the digests of pages that could not be sent again anyway; return how many."""
    last = now.astimezone(UTC).date() - KEPT
    doors = UsedNonce.objects.filter(used_date__lte=last).order_by().values_list("door").distinct()
    waves = [wave_id for (wave_id,) in doors]
    return run_each(waves, partial(_forget, last=last), name="Forgetting nonces of wave")


@transaction.atomic
def _forget(wave_id: int, last: date) -> int:
    """Forget and count at once, so that the sum is right at every moment.

    The wave is held first, as the last seal holds it.
    """
    Wave.objects.select_for_update(no_key=True, of=("self",)).get(pk=wave_id)
    n_used, _ = UsedNonce.objects.filter(door=wave_id, used_date__lte=last).delete()
    _count(wave_id, n_used)
    return n_used


def _count(wave_id: int, n_used: int) -> None:
    counted = Coalesce(F("n_counted"), Value(0)) + n_used
    Wave.objects.filter(pk=wave_id).update(n_counted=counted)
