"""What the pages behind links say of a wave, read once in two seconds by each process.

Who is asked, by whom and about what stays as it is for days while thousands come by. Whether a wave
takes answers is never kept in mind: it is read with every link.
"""

import copy
import time
from collections.abc import Mapping
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

_kept: dict[int, tuple[float, Wave]] = {}


def know_wave(*, wave_id: int, state: Mapping[str, Any]) -> Wave:
    """Return a wave with its campaign, letter and questionnaire, in the state just read."""
    read_at, wave = _kept.get(wave_id, (-KEPT_SECONDS, None))
    if wave is None or time.monotonic() - read_at >= KEPT_SECONDS:
        wave = Wave.objects.select_related(*TOLD).get(pk=wave_id)
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[wave_id] = (time.monotonic(), wave)
    known = copy.copy(wave)
    for name, value in state.items():
        setattr(known, name, value)
    return known


def forget_waves() -> None:
    """Read every wave anew from here on."""
    _kept.clear()
