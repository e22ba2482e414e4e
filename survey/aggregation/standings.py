"""Keep the stored standings as new as the releases they are made of."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from survey.aggregation.comparison import compare_units
from survey.aggregation.models import Figure, Release, Standing
from survey.aggregation.periods import closing_moment, find_period, list_periods
from survey.aggregation.selectors import current_releases
from survey.aggregation.units import read_units
from survey.campaigns.models import Campaign
from survey.core.stages import run_each
from survey.questionnaires.models import Audience

BATCH = 500


def update_due_standings(*, now: datetime) -> int:
    """Compute every standing older than its releases; return how many periods were computed."""
    campaigns = Campaign.objects.exclude(audience=Audience.COLLEAGUE).order_by("pk")
    return run_each(
        campaigns,
        lambda campaign: update_standings(campaign=campaign, now=now),
        name="Standings of campaign",
    )


def update_standings(*, campaign: Campaign, now: datetime) -> int:
    """Compute the months or quarters of a campaign whose releases changed; return how many.

    Those whose releases are gone (a wave was withdrawn) go too.
    """
    return sum(_update(campaign, period, now) for period in list_periods(campaign))


def _update(campaign: Campaign, period: str, now: datetime) -> int:
    rows = Standing.objects.filter(campaign=campaign, period=period)
    stored = dict(rows.values_list("period_start", "release_checksum").distinct())
    found = _list_releases(campaign, period)
    rows.filter(period_start__in=stored.keys() - found.keys()).delete()
    due = {
        start: releases
        for start, releases in found.items()
        if stored.get(start) != _checksum(releases)
    }
    for start, releases in due.items():
        _replace(campaign, period, start, releases, now)
    return len(due)


def _list_releases(campaign: Campaign, period: str) -> dict[date, list[Release]]:
    """Return the releases that show something, by period; of two employee waves the later."""
    shown = current_releases(campaigns=[campaign]).filter(
        Exists(Figure.objects.filter(release=OuterRef("pk")))
    )
    found: dict[date, list[Release]] = defaultdict(list)
    for release in sorted(shown, key=lambda one: closing_moment(one.wave)):
        found[find_period(release, period)].append(release)
    if campaign.audience == Audience.CUSTOMER:
        return dict(found)
    return {start: releases[-1:] for start, releases in found.items()}


def _checksum(releases: Sequence[Release]) -> str:
    said = "\n".join(sorted(release.checksum for release in releases))
    return hashlib.sha256(said.encode()).hexdigest()


def _replace(
    campaign: Campaign, period: str, start: date, releases: Sequence[Release], now: datetime
) -> None:
    """Compute outside the transaction, then replace what is stored unless somebody else did."""
    checksum = _checksum(releases)
    rows = [
        Standing(
            campaign=campaign,
            scope_id=one.scope.team_ids[0],
            period=period,
            period_start=start,
            computed_at=now,
            release_checksum=checksum,
            n_teams=one.n_teams,
            metrics=one.metrics,
            parts=one.parts,
        )
        for one in compare_units(*read_units(releases))
    ]
    with transaction.atomic():
        Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
        of_period = Standing.objects.filter(campaign=campaign, period=period, period_start=start)
        if not of_period.filter(release_checksum=checksum).exists():
            of_period.delete()
            Standing.objects.bulk_create(rows, batch_size=BATCH)
