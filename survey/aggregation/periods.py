"""Which month or quarter a release belongs to."""

from datetime import date, datetime

from survey.aggregation.models import Release
from survey.campaigns.models import Campaign, Pairing, Wave
from survey.campaigns.selectors import last_day
from survey.core.periods import Period, period_start


def closing_moment(wave: Wave) -> datetime:
    """Return when a wave stopped taking answers: at its time, or before if somebody closed it."""
    return min(wave.closes_at, wave.closed_at or wave.closes_at)


def find_period(release: Release, period: str) -> date:
    """Return the period of a release: that of its month, or of its wave's last day."""
    wave = release.wave
    day = release.month_start or last_day(wave=wave, now=closing_moment(wave))
    return period_start(day, period)


def list_periods(campaign: Campaign) -> list[str]:
    """Return the lengths of time a campaign is read in: those of its pairings, or quarters."""
    pairings = Pairing.objects.filter(ex=campaign) | Pairing.objects.filter(cx=campaign)
    return sorted(set(pairings.values_list("period", flat=True))) or [str(Period.QUARTER)]
