"""Hang up, switch and lock the open links of a wave."""

import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from survey.campaigns.models import Channel, Collector, CollectorKind, Group, GroupKind, Wave
from survey.campaigns.rosters import plan_wave
from survey.campaigns.services.contact_groups import add_missing_groups
from survey.campaigns.sites import read_sites
from survey.core.timestamps import local_date

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else
CODE_LENGTH = 10
PIN = re.compile(r"\A[0-9]{4,8}\Z")
MOST_WRONG_PINS = 5
LOCKED_FOR = timedelta(minutes=15)


class NoOpenLinksError(Exception):
    """The wave is not one of open links, or is not running."""


class BadPinError(Exception):
    """A PIN has four to eight digits."""


class PinLockedError(Exception):
    """Too many wrong PINs were tried; until says when one may be tried again."""

    def __init__(self, until: datetime) -> None:
        super().__init__("too many wrong PINs")
        self.until = until


@transaction.atomic
def open_collectors(
    *, wave_id: int, now: datetime, kind: str = CollectorKind.QR, pin: str = ""
) -> int:
    """Give every team of a running OPEN wave its link of one kind; return how many were made.

    Teams that were opened since the launch get a group first. Tablets need a PIN.
    """
    wave = _hold(wave_id)
    pin_hash = _hash(pin) if kind == CollectorKind.KIOSK else ""
    _add_new_teams(wave, now)
    groups = Group.objects.filter(wave=wave, kind=GroupKind.TEAM)
    lacking = groups.exclude(collectors__kind=kind).order_by("code")
    made = Collector.objects.bulk_create(_links(wave, lacking, kind, pin_hash))
    return len(made)


@transaction.atomic
def activate_collector(*, collector_id: int) -> None:
    """Let an open link take answers again."""
    Collector.objects.filter(pk=collector_id).update(is_active=True)


@transaction.atomic
def deactivate_collector(*, collector_id: int) -> None:
    """Let an open link take no answers until it is switched on again."""
    Collector.objects.filter(pk=collector_id).update(is_active=False)


@transaction.atomic
def allow_sites(*, collector_id: int, sites: Iterable[str]) -> None:
    """Let the pages of some sites, and of no others, show an open link; raise BadSiteError."""
    codes = Collector.objects.filter(pk=collector_id, kind=CollectorKind.QR)
    codes.update(sites=read_sites(sites))


@transaction.atomic
def set_pin(*, wave_id: int, pin: str) -> None:
    """Give all tablets of a wave another PIN; whoever was locked out may try again."""
    kiosks = Collector.objects.filter(wave=wave_id, kind=CollectorKind.KIOSK)
    kiosks.update(pin_hash=_hash(pin), n_wrong_pins=0, locked_until=None)


@transaction.atomic
def check_pin(*, collector_id: int, pin: str, now: datetime) -> bool:
    """Say whether a PIN leaves a kiosk; raise PinLockedError for a while after five wrong ones.

    The row is held meanwhile, so that guesses come one after the other.
    """
    kiosk = Collector.objects.select_for_update(no_key=True, of=("self",)).get(pk=collector_id)
    if kiosk.locked_until is not None and now < kiosk.locked_until:
        raise PinLockedError(kiosk.locked_until)
    is_right = PIN.fullmatch(pin) is not None and check_password(pin, kiosk.pin_hash)
    kiosk.n_wrong_pins = 0 if is_right else kiosk.n_wrong_pins + 1
    kiosk.locked_until = None
    if kiosk.n_wrong_pins >= MOST_WRONG_PINS:
        kiosk.n_wrong_pins, kiosk.locked_until = 0, now + LOCKED_FOR
    kiosk.save(update_fields=["n_wrong_pins", "locked_until"])
    return is_right


def _hold(wave_id: int) -> Wave:
    waves = Wave.objects.launched().filter(pk=wave_id, channel=Channel.OPEN, closed_at__isnull=True)
    held = waves.select_for_update(no_key=True, of=("self",)).select_related("campaign__scope")
    wave = held.first()
    if wave is None:
        raise NoOpenLinksError(f"wave {wave_id} has no open links, or is not running")
    return wave


def _hash(pin: str) -> str:
    if not PIN.fullmatch(pin):
        raise BadPinError
    return make_password(pin)


def _add_new_teams(wave: Wave, now: datetime) -> None:
    planned = plan_wave(wave=wave, today=local_date(now)).groups
    leaves = {team for group in planned if group.kind == GroupKind.TEAM for team in group.team_ids}
    add_missing_groups(wave=wave, team_ids=leaves, now=now)


def _links(wave: Wave, groups: Iterable[Group], kind: str, pin_hash: str) -> Iterable[Collector]:
    for group in groups:
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
        yield Collector(code=code, wave=wave, group=group, kind=kind, pin_hash=pin_hash)
