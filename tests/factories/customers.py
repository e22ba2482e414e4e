"""Customers of whom everything is known that can be."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

from survey.campaigns.models import Asking, Group, Interaction, Invitation, Snooze, Wave
from survey.letters.models import Delivery
from survey.letters.selectors import digest_address
from survey.letters.states import DeliveryState
from survey.organization.models import Customer, Team
from survey.questionnaires.models import Audience
from tests.factories.letters import DeliveryFactory

numbers = count(1)
MET_AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def make_customer(
    *, wave: Wave, team: Team, met_at: datetime = MET_AT, state: str = DeliveryState.SENT
) -> Customer:
    """Make a customer who met a team, was invited by a letter and may rest until a day."""
    number = next(numbers)
    customer = Customer.objects.create(
        external_id=f"C-{number}",
        name=f"Nia Customer {number}",
        email=f"nia{number}@example.com",
        phone=f"+4930{number:06}",
        time_zone="Europe/Berlin",
    )
    interaction = Interaction.objects.create(
        idempotency_key=f"key-{number}",
        request_digest="0" * 64,
        wave=wave,
        team=team,
        customer=customer,
        occurred_at=met_at,
        channel="till",
        is_asked=True,
        reason="asked",
    )
    letter = DeliveryFactory(
        recipient_name=customer.name, address=customer.email, due_at=met_at, state=state
    )
    invitation = Invitation.objects.create(
        wave=wave,
        group=Group.objects.filter(wave=wave).first(),
        customer=customer,
        interaction=interaction,
        delivery=letter,
        is_admitted=True,
    )
    Asking.objects.create(
        customer=customer,
        wave=wave,
        invitation=invitation,
        address_digest=digest_address(customer.email),
        audience=Audience.CUSTOMER,
        asked_date=met_at.date(),
    )
    Snooze.objects.create(
        address_digest=digest_address(customer.email),
        until_date=met_at.date() + timedelta(days=30),
    )
    return customer


def letter_of(customer: Customer) -> Delivery:
    """Return the one letter to a customer."""
    return Delivery.objects.get(invitation__customer=customer)


def end_wave(wave: Wave, on: date) -> None:
    """Let a wave have been sealed on a day."""
    sealed_at = datetime(on.year, on.month, on.day, tzinfo=UTC)
    Wave.objects.filter(pk=wave.pk).update(closed_at=sealed_at, sealed_at=sealed_at)
