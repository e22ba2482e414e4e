"""What the page rests on: releases, people, teams, and how many of those asked took part."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from survey.aggregation.models import Release
from survey.aggregation.periods import find_period
from survey.aggregation.selectors import current_releases
from survey.aggregation.wordings import list_reworded
from survey.campaigns.models import Campaign
from survey.core.periods import period_name
from survey.dashboards.overview.voices import Style, Voice
from survey.dashboards.participation.groups import read_shares, read_stored
from survey.dashboards.sides import Chosen, Side

HEAVY = ("wave__participation", "wave__families", "wave__public_key")

Releases = dict[tuple[int, date], list[Release]]  # by campaign and period, in the order of waves


@dataclass(frozen=True, slots=True)
class Count:
    """People and teams behind one side's figures: the most behind any of them, as printed."""

    style: Style
    n_people: int
    n_teams: int


@dataclass(frozen=True, slots=True)
class Share:
    """How many of those who were asked took part, in the coarse words that are stored."""

    period: str
    said: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A count of each side that shows something, and staff's participation before and now."""

    counts: tuple[Count, ...]
    shares: tuple[Share, ...]


def read_releases(chosen: Chosen) -> Releases:
    """Return what both sides released, whoever may see which part of it."""
    found: Releases = {}
    for release in current_releases(campaigns=chosen.source.campaigns).defer(*HEAVY):
        key = release.wave.campaign_id, find_period(release, chosen.source.period)
        found.setdefault(key, []).append(release)
    return found


def find_asked(releases: Releases, campaign: Campaign, start: date) -> frozenset[str]:
    """Return the codes of the scales that a campaign asked in a period."""
    found = releases.get((campaign.pk, start), [])
    return frozenset(code for release in found for code in release.scales)


def find_reworded(chosen: Chosen, releases: Releases) -> dict[int, frozenset[str]]:
    """Return the measures worded anew since the period compared with, by campaign."""
    starts = [start for start in (chosen.before, chosen.start) if start is not None]
    return {
        side.campaign.pk: list_reworded(
            release.wave.questionnaire_id
            for start in starts
            for release in releases.get((side.campaign.pk, start), [])
        )
        for side in chosen.sides
    }


def read_evidence(chosen: Chosen, voices: Sequence[Voice], releases: Releases) -> Evidence:
    """Count who stands behind the figures of a scope."""
    counts = tuple(
        Count(voice.style, max(said["n"] for said in voice.now.values()), voice.side.now.n_teams)
        for voice in voices
        if voice.side.now and voice.now
    )
    shares = tuple(_list_shares(chosen, chosen.staff, releases)) if chosen.staff else ()
    return Evidence(counts, shares)


def _list_shares(chosen: Chosen, side: Side, releases: Releases) -> Iterator[Share]:
    for start in (chosen.before, chosen.start):
        if start is None:
            continue
        for release in releases.get((side.campaign.pk, start), [])[-1:]:
            stored = read_stored(release.wave)
            of_scope = [row for row in stored.rows if row.code == chosen.scope.code]
            for share in read_shares(stored=stored, rows=of_scope).values():
                yield Share(period_name(start, chosen.source.period), share.text)
