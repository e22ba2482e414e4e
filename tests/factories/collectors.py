"""Waves of open links: codes on walls and tablets on counters."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from survey.campaigns.collectors import get_open_link
from survey.campaigns.models import Campaign, Channel, Collector, CollectorKind, Wave
from survey.campaigns.nonces import make_nonce
from survey.campaigns.services import open_collectors
from survey.responses.services import submit_open_response
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, make_teams
from tests.factories.responses import make_answers

PIN = "4711"
PARENTS = {"shops": None, "north": "shops", "south": "shops"}


def make_shops(**changes: Any) -> Campaign:
    """Set up a customer campaign about two shops."""
    return make_campaign(make_teams(PARENTS, {})["shops"], audience="CUSTOMER", **changes)


def make_links(campaign: Campaign | None = None, *, now: datetime = NOW, **changes: Any) -> Wave:
    """Launch and open a wave of open links, of two shops unless somebody says otherwise."""
    return make_open_wave(campaign or make_shops(), now=now, channel=Channel.OPEN, **changes)


def make_kiosks(wave: Wave, *, now: datetime = NOW) -> None:
    """Put a tablet on every counter of a wave."""
    open_collectors(wave_id=wave.pk, kind=CollectorKind.KIOSK, pin=PIN, now=now)


def link_of(wave: Wave, team: str, kind: str = CollectorKind.QR) -> Collector:
    """Return the open link of a team."""
    return Collector.objects.get(wave=wave, group__code=team, kind=kind)


def answer_openly(collector: Collector, values: Sequence[int], *, now: datetime = NOW) -> list[str]:
    """Let as many people answer at an open link as there are values; return their nonces."""
    link = get_open_link(code=collector.code, kind=collector.kind, now=now)
    nonces = [make_nonce(code=collector.code, now=now) for _ in values]
    for nonce, value in zip(nonces, values, strict=True):
        answers = make_answers(link.wave, value)
        submit_open_response(link=link, nonce=nonce, answers=answers, now=now)
    return nonces
