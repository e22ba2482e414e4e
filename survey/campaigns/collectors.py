"""Read open links: what stands behind a code on a wall or a tablet on a counter."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from survey.campaigns.models import Campaign, Channel, Collector, Group, Wave
from survey.campaigns.selectors import (
    WAVE_OF_LINK,
    LinkNotOpenError,
    UnknownLinkError,
    check_open,
    find_letter,
)
from survey.letters.models import Letter


@dataclass(frozen=True, slots=True)
class OpenLink:
    """What the page behind an open link needs to know; it knows of nobody who opens it."""

    collector: Collector
    wave: Wave
    group: Group
    campaign: Campaign
    letter: Letter | None


class CollectorOffError(LinkNotOpenError):
    """Somebody switched this link off."""


def find_collector(*, code: str) -> Collector:
    """Return the collector of a code, or raise UnknownLinkError."""
    found = _collectors().filter(code=code).first()
    if found is None:
        raise UnknownLinkError
    return found


def get_open_link(*, code: str, kind: str, now: datetime) -> OpenLink:
    """Return what stands behind an open link that takes answers now, or raise why it does not.

    What hangs on a wall outlives a wave: the code of a closed one leads to the same team's link
    of the campaign's open wave.
    """
    collector = find_collector(code=code)
    if collector.kind != kind:
        raise UnknownLinkError
    collector = _follow(collector, now)
    if not collector.is_active:
        raise CollectorOffError(collector.wave)
    check_open(wave=collector.wave, now=now)
    wave = collector.wave
    return OpenLink(collector, wave, collector.group, wave.campaign, find_letter(wave=wave))


def list_sites(*, code: str) -> tuple[str, ...]:
    """Return the sites whose pages may show an open link in a frame; none of a code nobody made."""
    sites = Collector.objects.filter(code=code).values_list("sites", flat=True).first()
    return tuple(sites or ())


def list_open_waves() -> QuerySet[Wave]:
    """Return all waves of open links with their campaigns, the newest first."""
    waves = Wave.objects.filter(channel=Channel.OPEN).select_related("campaign__scope")
    return waves.order_by("-opens_at", "-pk")


def _follow(collector: Collector, now: datetime) -> Collector:
    wave = collector.wave
    if not collector.is_active or (wave.closed_at is None and wave.closes_at > now):
        return collector
    later = _collectors().filter(
        wave__in=Wave.objects.open_at(now).filter(campaign=wave.campaign_id),
        kind=collector.kind,
        group__code=collector.group.code,
        is_active=True,
    )
    return later.order_by("-wave__opens_at", "-wave").first() or collector


def _collectors() -> QuerySet[Collector]:
    return Collector.objects.select_related("group", *WAVE_OF_LINK)
