"""Waves that were answered, sealed and released, for the tests of pages about waves."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from survey.aggregation.models import Release
from survey.aggregation.services import make_release, refresh_rollups
from survey.aggregation.standings import update_standings
from survey.campaigns.models import Campaign, Wave
from tests.factories.aggregation import CLOSED, answer, fair, make_wave, plant

PARENTS: Mapping[str, str | None] = {
    "company": None, "food": "company", "goods": "company",
    "bakery": "food", "kitchen": "food", "garden": "goods",
}  # fmt: skip
LATER = timedelta(days=91)


def release_wave(
    campaign: Campaign,
    answers: Mapping[str, list[int]],
    *,
    closed_at: datetime = CLOSED,
    prefix: str = "",
) -> Release:
    """Let teams answer a wave alike, in the order of values; release it the day after."""
    wave = make_wave(campaign, closed_at=closed_at)
    groups = plant(wave, PARENTS)
    for code, values in answers.items():
        answer(groups[code], [fair(value, prefix=prefix) for value in values])
    return release(wave)


def release(wave: Wave) -> Release:
    """Count and release a wave the day after it closed, and let the standings follow."""
    made_at = wave.closes_at + timedelta(days=1)
    refresh_rollups(wave_id=wave.pk)
    made = make_release(wave_id=wave.pk, now=made_at)
    update_standings(campaign=wave.campaign, now=made_at)
    return made
