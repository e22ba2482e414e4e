"""What must always hold of waves, their keys and their links."""

from datetime import datetime, timedelta

from django.db.models import Q, Sum

from survey.campaigns.keys import (
    KeysMissingError,
    folders_without_keys,
    keys_exist,
    read_link_key,
    read_private_key,
)
from survey.campaigns.ledger_checks import ledger_broken, reminders_broken
from survey.campaigns.models import Channel, Credential, Door, Group, GroupKind, Invitation, Wave
from survey.campaigns.models.campaign import MOST_ARROWS
from survey.campaigns.rosters import asks_colleagues, asks_people

PATIENCE = timedelta(minutes=1)  # of the stages that put things right by themselves


def broken_invariants(*, now: datetime) -> list[str]:
    """Return a sentence for everything that is not as it must be."""
    launched = Wave.objects.filter(launched_at__isnull=False).select_related("campaign")
    broken = [sentence for wave in launched.order_by("pk") for sentence in _of_wave(wave, now)]
    stale = Wave.objects.closed_and_unsealed().filter(lease_until__lt=now - PATIENCE).order_by("pk")
    broken += ledger_broken(now=now) + reminders_broken()
    broken += [f"{_name(wave)}: its lease expired and nobody took it over." for wave in stale]
    return broken


def _of_wave(wave: Wave, now: datetime) -> list[str]:
    ended = wave.sealed_at or wave.withdrawn_at
    if ended is None:
        return _keys_broken(wave) + _invitations_broken(wave) + _door_broken(wave)
    if ended > now - PATIENCE and wave.keys_destroyed_at is None:
        return []
    broken = []
    if keys_exist(wave=wave):
        broken.append(f"{_name(wave)}: it is over, but its keys still exist.")
    if Credential.objects.filter(wave=wave).exists():
        broken.append(f"{_name(wave)}: it is over, but its credentials still exist.")
    if Door.objects.filter(wave=wave).exists():
        broken.append(f"{_name(wave)}: it is over, but answers could still come in.")
    return broken


def _keys_broken(wave: Wave) -> list[str]:
    try:
        read_private_key(wave=wave)
    except KeysMissingError:
        return [f"{_name(wave)}: its keys are missing or do not fit; unsealed answers are lost."]
    try:
        read_link_key(wave=wave)
    except KeysMissingError:
        return [f"{_name(wave)}: its link key is missing or does not make the links it has sent."]
    return [
        f"{_name(wave)}: {folder} does not hold its keys; there is no copy if the others are lost."
        for folder in folders_without_keys(wave=wave)
    ]


def _invitations_broken(wave: Wave) -> list[str]:
    """Count in a wave of employees, where everybody invited has one credential.

    Among colleagues there is one for every rating that somebody may give.
    """
    if not asks_people(wave=wave):
        return []
    of_wave = Q(wave=wave)
    if asks_colleagues(wave=wave):
        return _ratings_broken(wave)
    counts = {
        "invited": wave.n_invited,
        "invitations": Invitation.objects.filter(of_wave).count(),
        "credentials": Credential.objects.filter(of_wave).count(),
    }
    if len(set(counts.values())) == 1:
        return []
    told = ", ".join(f"{n} {what}" for what, n in counts.items())
    return [f"{_name(wave)}: the numbers differ: {told}."]


def _ratings_broken(wave: Wave) -> list[str]:
    leaves = Group.objects.filter(wave=wave).exclude(kind=GroupKind.NODE)
    counts = {
        "ratings asked for": wave.n_invited,
        "in the groups": leaves.aggregate(n=Sum("n_invited", default=0))["n"],
        "credentials": Credential.objects.filter(wave=wave).count(),
    }
    n_people = Invitation.objects.filter(wave=wave).count()
    is_possible = n_people <= wave.n_invited <= n_people * MOST_ARROWS
    if len(set(counts.values())) == 1 and is_possible:
        return []
    told = ", ".join(f"{n} {what}" for what, n in counts.items())
    return [f"{_name(wave)}: the numbers differ: {told}, of {n_people} people."]


def _door_broken(wave: Wave) -> list[str]:
    if Door.objects.filter(wave=wave).exists() == (wave.channel == Channel.OPEN):
        return []
    if wave.channel == Channel.OPEN:
        return [f"{_name(wave)}: it has open links, but no door for their answers."]
    return [f"{_name(wave)}: it has a door, but no open links."]


def _name(wave: Wave) -> str:
    return f"Wave {wave.pk} ({wave})"
