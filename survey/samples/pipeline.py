"""The stages of the pipeline, run here and now instead of by a worker."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import TypeVar

from survey.aggregation.services import AlreadyReleasedError, make_release, refresh_rollups
from survey.aggregation.standings import update_standings
from survey.campaigns.models import Pairing, Wave
from survey.campaigns.services import close_wave, destroy_due_keys
from survey.linkage.cascade import update_cascades
from survey.linkage.services import update_study
from survey.responses.boxes import BoxContent
from survey.responses.services import import_responses, seal_wave
from survey.samples.progress import Progress

T = TypeVar("T")


def bring_in(
    *, wave: Wave, answer_sets: Iterable[BoxContent], now: datetime, progress: Progress
) -> int:
    """Put answer sets into a launched import wave's boxes and close it; return how many."""
    n = import_responses(wave=wave, responses=_counting(answer_sets, progress))
    close_wave(wave_id=wave.pk, now=now)
    return n


def finish_wave(*, wave: Wave, now: datetime, n_people: int, progress: Progress) -> None:
    """Seal, score, roll up and release a closed wave; what was done before is left as it is."""
    progress.set_description(f"sealing {wave}")
    seal_wave(wave_id=wave.pk, now=now)
    progress.update(n_people - n_people // 2)
    progress.set_description(f"scoring {wave}")
    refresh_rollups(wave_id=wave.pk)
    with suppress(AlreadyReleasedError):
        make_release(wave_id=wave.pk, now=now)
    progress.update(n_people // 2)


def link(*, pairing: Pairing, now: datetime) -> None:
    """Compute and store what pages read of a pairing, and destroy the keys that are not needed."""
    for campaign in (pairing.ex, pairing.cx):
        update_standings(campaign=campaign, now=now)
    update_study(pairing=pairing, now=now)
    update_cascades(pairing=pairing, now=now)
    destroy_due_keys(now=now)


def _counting(things: Iterable[T], progress: Progress) -> Iterator[T]:
    """Yield things and report each hundred."""
    waiting = 0
    for thing in things:
        yield thing
        waiting += 1
        if waiting == 100:
            progress.update(waiting)
            waiting = 0
    progress.update(waiting)
