"""When the figures of a page were made, and when the next come: nothing pretends to be live."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from survey.aggregation.models import Release
from survey.aggregation.periods import closing_moment, find_period
from survey.aggregation.selectors import current_releases
from survey.campaigns.models import Campaign, Wave
from survey.core.periods import Period, period_start
from survey.core.timestamps import local_date
from survey.questionnaires.models import Audience

LONGEST_MONTH = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Moment:
    """When one side's figures of a period were made, and when its next ones come.

    made_date is None where the period shows none; next_date where no next wave is planned. Figures
    come after a wave has closed or, of customers, also at the turn of each month (not at_close).
    """

    label: str
    made_date: date | None
    next_date: date | None
    is_at_close: bool


def read_moments(
    *, campaigns: Sequence[Campaign], period: str, start: date, now: datetime
) -> tuple[Moment, ...]:
    """Say for each campaign when its figures of a month or quarter were made and the next come."""
    made: dict[int, date] = {}
    releases = current_releases(campaigns=campaigns)
    for release in releases.defer("scales", "wave__participation", "wave__families"):
        if find_period(release, period) == start:
            made[release.wave.campaign_id] = _latest(made, release)
    waves = Wave.objects.launched().filter(campaign__in=campaigns, sealed_at=None)
    waves = waves.defer("participation", "families")
    coming: dict[int, Wave] = {}
    for wave in waves.order_by("closes_at"):
        coming.setdefault(wave.campaign_id, wave)
    return tuple(
        describe_moment(campaign, made.get(campaign.pk), coming.get(campaign.pk), now)
        for campaign in campaigns
    )


def _latest(made: dict[int, date], release: Release) -> date:
    day = local_date(release.made_at)
    return max(day, made.get(release.wave.campaign_id, day))


def describe_moment(
    campaign: Campaign, made: date | None, wave: Wave | None, now: datetime
) -> Moment:
    """Say when figures made on a day are followed by those of the next wave to be sealed."""
    is_staff = campaign.audience != Audience.CUSTOMER
    label = _("Staff") if is_staff else _("Customers")
    if campaign.audience == Audience.COLLEAGUE:
        label = _("Colleagues")
    if wave is None:
        return Moment(label, made, None, is_at_close=True)
    closes = local_date(closing_moment(wave))
    turn = closes if is_staff else _next_month(local_date(max(now, wave.opens_at)))
    return Moment(label, made, min(closes, turn), is_at_close=closes <= turn)


def _next_month(day: date) -> date:
    return period_start(period_start(day, Period.MONTH) + LONGEST_MONTH, Period.MONTH)
