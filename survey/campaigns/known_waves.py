"""What the pages behind links say of a wave, read once in two seconds by each process.

Who is asked, by whom and about what stays as it is for days while thousands come by. Whether a wave
takes answers, and under which key, is never kept in mind: it is read with every link.
"""

import copy
import time
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from survey.campaigns.models import Wave

KEPT_SECONDS = 2.0
MOST_KEPT = 1000
TOLD = (
    "campaign__customer_rules",
    "campaign__letter",
    "campaign__scope",
    "letter",
    "questionnaire",
)


@dataclass(frozen=True, slots=True)
class KnownWave:
    """A wave as it was read; drawn is what pages made of it, which is forgotten with it."""

    wave: Wave
    read_at: float
    drawn: dict[Hashable, str] = field(default_factory=dict)


_kept: dict[int, KnownWave] = {}


def know_wave(*, wave_id: int, state: Mapping[str, Any]) -> KnownWave:
    """Return a wave with its campaign, letter and questionnaire, in the state just read."""
    known = _kept.get(wave_id)
    if known is None or not _is_of_now(known, state):
        wave = Wave.objects.select_related(*TOLD).get(pk=wave_id)
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        known = _kept[wave_id] = KnownWave(wave, time.monotonic())
    if all(getattr(known.wave, name) == value for name, value in state.items()):
        return known
    wave = copy.copy(known.wave)
    for name, value in state.items():
        setattr(wave, name, value)
    return replace(known, wave=wave)


def _is_of_now(known: KnownWave, state: Mapping[str, Any]) -> bool:
    """Say whether a wave was read a moment ago, and since its last launch."""
    key = known.wave.public_key
    is_same_launch = state.get("public_key", key) == key
    return is_same_launch and time.monotonic() - known.read_at < KEPT_SECONDS


def forget_waves() -> None:
    """Read every wave anew from here on."""
    _kept.clear()
