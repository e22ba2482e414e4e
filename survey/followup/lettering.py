"""Queue the letters that tell everybody who was asked, in batches that can be broken off.

A batch and the place it reaches are written together: whoever goes on later begins behind it.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Lower

from survey.campaigns.zones import quiet_hours_of, zone_of
from survey.core.local_time import after_quiet_hours
from survey.core.stages import run_each
from survey.followup.asked import asked_addresses, next_asked
from survey.followup.models import Notice, NoticeKind, Playback, PlaybackState
from survey.followup.noting import queue_notices
from survey.letters.selectors import reachable_addresses
from survey.letters.services.queueing import Recipient
from survey.organization.models import Customer, Person

BATCH = 500


def letter_due_playbacks(*, now: datetime) -> int:
    """Queue what is missing of the letters of all published playbacks; return how many."""
    due = unlettered_playbacks().values_list("pk", flat=True)
    return run_each(due, partial(letter_playback, now=now), name="Letters of playback")


def unlettered_playbacks() -> QuerySet[Playback]:
    """Return the published playbacks of which not everybody has been written to yet."""
    rows = Playback.objects.filter(
        state=PlaybackState.PUBLISHED, lettered_at=None, release__wave__withdrawn_at=None
    )
    return rows.order_by("published_at", "pk")


def letter_playback(playback_id: int, *, now: datetime) -> int:
    """Queue the letters of one playback that are missing; return how many."""
    n_queued = 0
    while (n := queue_next_batch(playback_id=playback_id, now=now)) is not None:
        n_queued += n
    return n_queued


def count_reached(playback: Playback, *, now: datetime) -> int:
    """Count the letters that would go out now: to each address once that still takes any."""
    welcome = reachable_addresses(addresses=asked_addresses(playback), now=now)
    return len({address.lower() for address in welcome})


@transaction.atomic
def queue_next_batch(*, playback_id: int, now: datetime) -> int | None:
    """Queue the letters to the next of those asked; None where there are no more."""
    playback = (
        unlettered_playbacks()
        .select_related("release__wave__campaign", "letter")
        .select_for_update(of=("self",))
        .filter(pk=playback_id)
        .first()
    )
    if playback is None:
        return None
    people = next_asked(playback, after=playback.lettered_up_to, n=BATCH)
    if not people:
        Playback.objects.filter(pk=playback_id).update(lettered_at=now)
        return None
    n = _queue(playback, _choose(playback, people, now), now)
    Playback.objects.filter(pk=playback_id).update(
        lettered_up_to=people[-1].pk, n_letters=F("n_letters") + n
    )
    return n


def _choose(
    playback: Playback, people: Sequence[Person | Customer], now: datetime
) -> list[Person | Customer]:
    """Return those whom a letter reaches, each address once: some share one."""
    addresses = {one.email for one in people}
    told = Notice.objects.filter(playback=playback).annotate(to=Lower("delivery__address"))
    told = told.filter(to__in={address.lower() for address in addresses})
    written = set(told.values_list("to", flat=True))
    welcome = reachable_addresses(addresses=addresses, now=now)
    chosen = []
    for one in people:
        if one.email in welcome and one.email.lower() not in written:
            written.add(one.email.lower())
            chosen.append(one)
    return chosen


def _queue(playback: Playback, people: Sequence[Person | Customer], now: datetime) -> int:
    """Queue a letter to each, outside the quiet hours of their own clock."""
    assert playback.letter is not None  # noqa: S101 - publishing wrote it
    quiet = quiet_hours_of(playback.release.wave.campaign)
    by_moment: dict[datetime, list[Person | Customer]] = defaultdict(list)
    for one in people:
        due_at = after_quiet_hours(moment=now, zone=zone_of(one), quiet=quiet)
        by_moment[due_at].append(one)
    return sum(
        queue_notices(
            letter=playback.letter,
            kind=NoticeKind.PLAYBACK,
            recipients=[Recipient(one.name, one.email) for one in some],
            due_at=due_at,
            languages=[one.language for one in some],
            playback=playback,
        )
        for due_at, some in by_moment.items()
    )
