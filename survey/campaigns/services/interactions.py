"""Take in that a customer met a team, and ask them about it where that is welcome."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from survey.campaigns.grouping import direct_code, direct_name
from survey.campaigns.models import (
    Channel,
    Group,
    GroupKind,
    GroupTeam,
    Interaction,
    Invitation,
    Wave,
)
from survey.letters.selectors import stopped_addresses
from survey.organization.models import Customer, Team
from survey.questionnaires.models import Audience

ASKED, NO_ADDRESS, STOPPED, ASKED_LATELY = "asked", "no_address", "stopped", "asked_lately"


@dataclass(frozen=True, slots=True)
class CustomerData:
    """A customer as the company's own systems name them."""

    external_id: str
    name: str = ""
    email: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a reported interaction; reason says why the customer is asked or not."""

    interaction_id: int
    is_asked: bool
    reason: str
    is_repeat: bool


class UnknownTeamError(Exception):
    """No team has this code."""


class NoOpenWaveError(Exception):
    """No customer wave that asks about this team is open."""


class KeyReusedError(Exception):
    """The idempotency key belongs to another interaction."""


@transaction.atomic
def record_interaction(
    *,
    idempotency_key: str,
    request_digest: str,
    customer: CustomerData,
    team_code: str,
    occurred_at: datetime,
    now: datetime,
) -> Receipt:
    """Store an interaction once per key, and invite the customer unless that would be too much."""
    known = Interaction.objects.filter(idempotency_key=idempotency_key).first()
    if known is not None:
        return _repeat(known, request_digest)
    team = Team.objects.filter(code=team_code).first()
    if team is None:
        raise UnknownTeamError(team_code)
    wave, group = find_customer_group(team=team, now=now)
    somebody = _store_customer(customer)
    reason = _reason(somebody, team, wave, occurred_at)
    interaction, is_new = Interaction.objects.get_or_create(
        idempotency_key=idempotency_key,
        defaults={
            "request_digest": request_digest,
            "wave": wave,
            "team": team,
            "customer": somebody,
            "occurred_at": occurred_at,
            "is_asked": reason == ASKED,
        },
    )
    if not is_new:
        return _repeat(interaction, request_digest)
    if interaction.is_asked:
        Invitation.objects.create(
            wave=wave, group=group, customer=somebody, interaction=interaction
        )
    return Receipt(interaction.pk, interaction.is_asked, reason, is_repeat=False)


def find_customer_group(*, team: Team, now: datetime) -> tuple[Wave, Group]:
    """Return the open customer wave that asks about a team, and the team's group there.

    A team that is new since the launch gets a group of its own.
    """
    way_up = [*reversed(Team.objects.above(team))]
    waves = Wave.objects.open_at(now).filter(
        channel=Channel.PERSONAL,
        campaign__audience=Audience.CUSTOMER,
        campaign__scope__in=way_up,
    )
    for wave in waves.select_related("campaign").order_by("opens_at", "pk"):
        group = _own_group(wave, team) or _new_group(wave, team, way_up[1:])
        if group is not None:
            return wave, group
    raise NoOpenWaveError(team.code)


def _own_group(wave: Wave, team: Team) -> Group | None:
    held = Group.objects.filter(wave=wave, group_teams__team=team)
    return held.exclude(kind=GroupKind.NODE).order_by("pk").first()


def _new_group(wave: Wave, team: Team, above: list[Team]) -> Group | None:
    """Make a group for an inner team's own customers, or for a team that was opened later."""
    nodes = {node.code: node for node in Group.objects.filter(wave=wave, kind=GroupKind.NODE)}
    parent = next((nodes[node.code] for node in [team, *above] if node.code in nodes), None)
    if parent is None:
        return None
    is_inner = parent.code == team.code
    group, is_new = Group.objects.get_or_create(
        wave=wave,
        code=direct_code(team.code) if is_inner else team.code,
        defaults={
            "parent": parent,
            "kind": GroupKind.DIRECT if is_inner else GroupKind.TEAM,
            "name": direct_name(team.name) if is_inner else team.name,
        },
    )
    if is_new:
        GroupTeam.objects.create(group=group, team=team)
    return group


def _store_customer(customer: CustomerData) -> Customer:
    """Keep what we know of a customer up to date, and hold the row until the commit."""
    somebody, _ = Customer.objects.update_or_create(
        external_id=customer.external_id,
        defaults={
            "name": customer.name,
            "email": customer.email,
            "language": customer.language,
        },
    )
    return somebody


def _reason(customer: Customer, team: Team, wave: Wave, occurred_at: datetime) -> str:
    if not customer.email:
        return NO_ADDRESS
    if stopped_addresses(addresses=[customer.email]):
        return STOPPED
    interval = timedelta(days=wave.campaign.minimum_interval_days)
    asked = Interaction.objects.filter(
        customer=customer,
        team=team,
        is_asked=True,
        occurred_at__gt=occurred_at - interval,
        occurred_at__lt=occurred_at + interval,
    )
    return ASKED_LATELY if asked.exists() else ASKED


def _repeat(interaction: Interaction, request_digest: str) -> Receipt:
    if interaction.request_digest != request_digest:
        raise KeyReusedError(interaction.idempotency_key)
    reason = ASKED if interaction.is_asked else ""
    return Receipt(interaction.pk, interaction.is_asked, reason, is_repeat=True)
