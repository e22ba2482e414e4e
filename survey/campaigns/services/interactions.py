"""Take in that customers met teams, and ask them about it where that is welcome."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from survey.campaigns.contacts import Contact, CustomerData
from survey.campaigns.customer_rules import is_sampled, rules_of
from survey.campaigns.models import Fact, Interaction, Invitation, Wave
from survey.campaigns.services.contact_groups import Place, find_places
from survey.campaigns.services.unsampled import LeftOut, count_unsampled
from survey.campaigns.welcome import ASKED, DEFERRED, NOT_SAMPLED, Welcome
from survey.core.batches import in_batches
from survey.core.timestamps import local_date
from survey.organization.models import Customer

TRIES = 3
ROWS_AT_ONCE = 500
UNKNOWN_TEAM, NO_OPEN_WAVE, KEY_REUSED = "unknown_team", "no_open_wave", "key_reused"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a reported contact; reason says why the customer is asked or not.

    Of a contact that was not sampled nothing is stored, so it has no id. Fields that were told and
    that the campaign does not want told to customers are ignored, and named.
    """

    interaction_id: int | None
    is_asked: bool
    reason: str
    is_repeat: bool
    deferred_until: date | None = None
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowError:
    """Why one contact was not taken in: its code, and the team or key that it is about."""

    code: str
    what: str


class UnknownTeamError(Exception):
    """No team has this code."""


class NoOpenWaveError(Exception):
    """No customer wave that asks about this team is open."""


class KeyReusedError(Exception):
    """The idempotency key belongs to another interaction."""


ERRORS = {
    UNKNOWN_TEAM: UnknownTeamError,
    NO_OPEN_WAVE: NoOpenWaveError,
    KEY_REUSED: KeyReusedError,
}


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
    row = Contact(idempotency_key, request_digest, customer, team_code, occurred_at)
    (outcome,) = record_batch(rows=[row], now=now)
    if isinstance(outcome, RowError):
        raise ERRORS[outcome.code](outcome.what)
    return outcome


def record_batch(
    *, rows: Sequence[Contact], now: datetime, campaign_id: int | None = None
) -> list[Receipt | RowError]:
    """Take in many contacts at once and return what became of each, in their order.

    Those in error change nothing and keep none of the others back. Where somebody reports the
    same contacts at the same moment, one of the two finds them stored and gets their receipts.
    """
    for _ in range(TRIES - 1):
        try:
            return _record(rows, now, campaign_id)
        except IntegrityError:
            continue
    return _record(rows, now, campaign_id)


@transaction.atomic
def _record(
    rows: Sequence[Contact], now: datetime, campaign_id: int | None
) -> list[Receipt | RowError]:
    known = _known_interactions(rows)
    fresh: dict[str, Contact] = {}
    for row in rows:
        if row.idempotency_key not in known:
            fresh.setdefault(row.idempotency_key, row)
    told = _take_in(fresh, now, campaign_id)
    named = [
        known[row.idempotency_key] for row in rows if row.served_by and row.idempotency_key in known
    ]
    telling = _telling_waves({interaction.wave_id for interaction in named})
    return [
        _repeat(known[row.idempotency_key], row, telling)
        if row.idempotency_key in known
        else _same(told[row.idempotency_key], fresh[row.idempotency_key], row)
        for row in rows
    ]


def _known_interactions(rows: Iterable[Contact]) -> dict[str, Interaction]:
    known: dict[str, Interaction] = {}
    for batch in in_batches(sorted({row.idempotency_key for row in rows}), ROWS_AT_ONCE):
        found = Interaction.objects.filter(idempotency_key__in=batch)
        known |= {row.idempotency_key: row for row in found.select_related("invitation")}
    return known


def _telling_waves(wave_ids: Collection[int]) -> frozenset[int]:
    """Return those of some waves whose pages may say who served; no query where there are none."""
    if not wave_ids:
        return frozenset()
    waves = Wave.objects.filter(pk__in=wave_ids).values_list("pk", "campaign__told_facts")
    return frozenset(pk for pk, facts in waves if Fact.SERVED_BY in facts)


def _take_in(
    fresh: Mapping[str, Contact], now: datetime, campaign_id: int | None
) -> dict[str, Receipt | RowError]:
    """Refuse what cannot be placed, count what the sample leaves out, and store the rest."""
    codes = {row.team_code for row in fresh.values()}
    places = find_places(team_codes=codes, now=now, campaign_id=campaign_id)
    told: dict[str, Receipt | RowError] = {}
    left_out: dict[str, LeftOut] = {}
    ignored: dict[str, tuple[str, ...]] = {}
    wanted: list[tuple[Contact, Place]] = []
    for key, row in fresh.items():
        place = places.get(row.team_code)
        if place is None:
            code = NO_OPEN_WAVE if row.team_code in places else UNKNOWN_TEAM
            told[key] = RowError(code, row.team_code)
        elif is_sampled(idempotency_key=key, percent=rules_of(place.wave.campaign).sample_percent):
            wanted.append((row, place))
        else:
            left_out[key] = LeftOut(place.wave.pk, place.team_id, local_date(row.occurred_at))
            ignored[key] = _list_ignored(row, is_told=tells_who_served(place))
    counted = count_unsampled(contacts=left_out, now=now)
    for key in left_out:
        told[key] = Receipt(
            None, False, NOT_SAMPLED, is_repeat=key in counted, ignored=ignored[key]
        )
    return told | _store(wanted, now)


def _store(wanted: Sequence[tuple[Contact, Place]], now: datetime) -> dict[str, Receipt]:
    """Store contacts and invite those who are asked; written in an order that two batches share."""
    customers = _store_customers([row.customer for row, _ in wanted])
    welcome = Welcome(customers.values(), now)
    made: list[tuple[Interaction, Place, date | None]] = []
    ignored: dict[str, tuple[str, ...]] = {}
    for row, place in wanted:
        customer = customers[row.customer.external_id]
        decision = welcome.decide(
            customer=customer,
            team_id=place.team_id,
            wave=place.wave,
            occurred_at=row.occurred_at,
        )
        interaction = _interaction(row, place, customer, decision.reason)
        made.append((interaction, place, decision.deferred_until))
        ignored[row.idempotency_key] = _list_ignored(row, is_told=tells_who_served(place))
    made.sort(key=lambda entry: entry[0].idempotency_key)
    Interaction.objects.bulk_create([interaction for interaction, *_ in made])
    invited = _invite(made)
    return {
        row.idempotency_key: _receipt(
            row,
            invited.get(row.pk),
            is_repeat=False,
            ignored=ignored[row.idempotency_key],
        )
        for row, *_ in made
    }


def _interaction(row: Contact, place: Place, customer: Customer, reason: str) -> Interaction:
    is_asked = reason in (ASKED, DEFERRED)
    is_named = is_asked and tells_who_served(place)
    return Interaction(
        idempotency_key=row.idempotency_key,
        request_digest=row.request_digest,
        wave=place.wave,
        team_id=place.team_id,
        customer=customer,
        occurred_at=row.occurred_at,
        channel=row.channel,
        served_by=row.served_by if is_named else "",
        is_asked=is_asked,
        reason=reason,
    )


def _invite(made: Iterable[tuple[Interaction, Place, date | None]]) -> dict[int, Invitation]:
    """Invite whoever is asked, and return the invitations by interaction."""
    invitations = Invitation.objects.bulk_create(
        Invitation(
            wave=place.wave,
            group_id=place.group_id,
            customer=interaction.customer,
            interaction=interaction,
            deferred_until=deferred_until,
        )
        for interaction, place, deferred_until in made
        if interaction.is_asked
    )
    return {row.interaction_id: row for row in invitations if row.interaction_id is not None}


def _store_customers(customers: Iterable[CustomerData]) -> dict[str, Customer]:
    """Keep what we know of customers up to date, and hold their rows until the commit."""
    last = {customer.external_id: customer for customer in customers}
    rows = Customer.objects.bulk_create(
        (
            Customer(
                external_id=external_id,
                name=customer.name,
                email=customer.email,
                language=customer.language,
                phone=customer.phone,
                time_zone=customer.time_zone,
            )
            for external_id, customer in sorted(last.items())
        ),
        update_conflicts=True,
        unique_fields=["external_id"],
        update_fields=["name", "email", "language", "phone", "time_zone"],
    )
    return {row.external_id: row for row in rows}


def _same(outcome: Receipt | RowError, first: Contact, row: Contact) -> Receipt | RowError:
    """Return what a row is told whose key a row of this batch, perhaps itself, came with."""
    if row is first or isinstance(outcome, RowError):
        return outcome
    if row.request_digest != first.request_digest:
        return RowError(KEY_REUSED, row.idempotency_key)
    return Receipt(
        outcome.interaction_id,
        outcome.is_asked,
        outcome.reason,
        is_repeat=True,
        ignored=outcome.ignored,
    )


def tells_who_served(place: Place) -> bool:
    """Say whether the pages of a place's campaign may name who served."""
    return Fact.SERVED_BY in place.wave.campaign.told_facts


def _list_ignored(row: Contact, *, is_told: bool) -> tuple[str, ...]:
    """Return the fields that were told of a contact and are told to nobody."""
    return (Fact.SERVED_BY.value,) if row.served_by and not is_told else ()


def _repeat(interaction: Interaction, row: Contact, telling: Collection[int]) -> Receipt | RowError:
    if interaction.request_digest != row.request_digest:
        return RowError(KEY_REUSED, row.idempotency_key)
    invitation = getattr(interaction, "invitation", None)
    ignored = _list_ignored(row, is_told=interaction.wave_id in telling)
    return _receipt(interaction, invitation, is_repeat=True, ignored=ignored)


def _receipt(
    interaction: Interaction,
    invitation: Invitation | None,
    *,
    is_repeat: bool,
    ignored: tuple[str, ...],
) -> Receipt:
    return Receipt(
        interaction_id=interaction.pk,
        is_asked=interaction.is_asked,
        reason=interaction.reason or (ASKED if interaction.is_asked else ""),
        is_repeat=is_repeat,
        deferred_until=invitation.deferred_until if invitation else None,
        ignored=ignored,
    )
