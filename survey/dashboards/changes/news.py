"""Releases made, replaced or taken back since a moment, in the campaigns of a reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from survey.aggregation.models import Release
from survey.campaigns.models import Campaign, Wave
from survey.campaigns.naming import name_wave
from survey.core.periods import Period, period_name
from survey.core.timestamps import local_date
from survey.questionnaires.models import Audience

LARGE = (
    "scales", "wave__participation", "wave__families", "wave__public_key", "supersedes__scales",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class New:
    """Something that happened to a wave's figures on a day; reason where somebody had to say it."""

    wave: str
    month: str
    is_customers: bool
    is_colleagues: bool
    date: date
    reason: str


@dataclass(frozen=True, slots=True)
class News:
    """New figures, replaced ones and withdrawn waves, the newest first."""

    releases: tuple[Release, ...]
    made: tuple[New, ...]
    replaced: tuple[New, ...]
    withdrawn: tuple[New, ...]

    def __len__(self) -> int:
        return len(self.made) + len(self.replaced) + len(self.withdrawn)


def read_news(*, campaigns: Sequence[Campaign], since: datetime) -> News:
    """Return what happened to the figures of some campaigns since a moment.

    releases are those that count, new ones and those in the place of replaced ones.
    """
    by_id = {campaign.pk: campaign for campaign in campaigns}
    releases = list(
        Release.objects.filter(
            made_at__gt=since, wave__campaign__in=by_id, superseded_by=None,
            wave__withdrawn_at=None,
        )
        .select_related("wave", "supersedes")
        .defer(*LARGE)
        .order_by("-made_at", "-pk")
    )  # fmt: skip
    waves = Wave.objects.filter(
        withdrawn_at__gt=since, launched_at__isnull=False, campaign__in=by_id
    ).defer("participation", "families", "public_key")
    return News(
        releases=tuple(releases),
        made=tuple(_tell(one, by_id) for one in releases if one.supersedes is None),
        replaced=tuple(_tell(one, by_id) for one in releases if one.supersedes is not None),
        withdrawn=tuple(
            _name(wave, by_id, "", wave.withdrawn_at, wave.withdrawn_reason)
            for wave in waves.order_by("-withdrawn_at", "-pk")
            if wave.withdrawn_at is not None
        ),
    )


def _tell(release: Release, campaigns: dict[int, Campaign]) -> New:
    month = period_name(release.month_start, Period.MONTH) if release.month_start else ""
    return _name(release.wave, campaigns, month, release.made_at, release.reason)


def _name(
    wave: Wave, campaigns: dict[int, Campaign], month: str, moment: datetime, reason: str
) -> New:
    campaign = campaigns[wave.campaign_id]
    return New(
        wave=name_wave(campaign=campaign.name, number=wave.number),
        month=month,
        is_customers=campaign.audience == Audience.CUSTOMER,
        is_colleagues=campaign.audience == Audience.COLLEAGUE,
        date=local_date(moment),
        reason=reason,
    )
