"""What is known of one customer by name or number: shown to them, handed out, and erased.

Answers are not among it. They were put into a sealed box without a name, in no order, and nothing
leads from a customer to a box or an answer (GDPR Art. 11); the wish not to be asked again stays, as
a digest of the address, so that it is still honoured once everything else is gone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_noop

from survey.campaigns.models import Asking, Interaction, Invitation, Snooze
from survey.followup.callback_keeping import erase_callbacks, export_callbacks, find_callbacks
from survey.letters.models import Delivery
from survey.letters.selectors import digest_address, stopped_addresses
from survey.letters.services import stop_address
from survey.letters.services.forgetting import erase_addresses
from survey.organization.models import Customer

ARTICLE_11 = gettext_noop(
    "Answers are not in here and cannot be: they were put into a sealed box without a name, a "
    "number or a time, and nothing leads from a person to their box or from an answer to a person. "
    "So nobody can find, change or delete them (GDPR Art. 11); this was said before they were sent."
)


class UnknownCustomerError(Exception):
    """Nobody is known under this number or address."""


@dataclass(frozen=True, slots=True)
class Known:
    """How much is known of one customer."""

    customer: Customer
    n_interactions: int
    n_invitations: int
    n_letters: int
    n_callbacks: int
    is_stopped: bool


def find_customers(*, wanted: str) -> list[Customer]:
    """Return whoever has this number or this e-mail address; several may share an address."""
    wanted = wanted.strip()
    if not wanted:
        return []
    found = Q(external_id=wanted)
    if "@" in wanted:
        found |= Q(email__iexact=wanted)
    return list(Customer.objects.filter(found).order_by("external_id"))


def count_known(*, customer: Customer) -> Known:
    """Count what is known of a customer."""
    return Known(
        customer=customer,
        n_interactions=Interaction.objects.filter(customer=customer).count(),
        n_invitations=Invitation.objects.filter(customer=customer).count(),
        n_letters=len(_asking_letters(customer)) + len(_later_letters(customer)),
        n_callbacks=len(find_callbacks(addresses=_addresses(customer))),
        is_stopped=bool(stopped_addresses(addresses=_addresses(customer))),
    )


def export_customer(*, customer: Customer, now: datetime) -> dict[str, Any]:
    """Return everything that is known of a customer, ready for JSON."""
    return {
        "schema": 1,
        "made_at": now.isoformat(),
        "customer": {
            "external_id": customer.external_id,
            "name": customer.name,
            "email": customer.email,
            "phone": customer.phone,
            "language": customer.language,
            "time_zone": customer.time_zone,
        },
        "interactions": list(_interactions(customer)),
        "invitations": list(_invitations(customer)),
        "later_letters": [_letter(one) for one in _later_letters(customer)],
        "callbacks": export_callbacks(addresses=_addresses(customer)),
        "asked_on": [day.isoformat() for day in _asked_on(customer)],
        "wants_no_letters": bool(stopped_addresses(addresses=_addresses(customer))),
        "rests_until": [day.isoformat() for day in _snoozed_until(customer)],
        "answers": ARTICLE_11,
    }


@transaction.atomic
def erase_customer(*, customer_id: int, today: date) -> None:
    """Erase whatever names a customer, and remember only that their addresses are not written to.

    Letters that wait are not sent; a link they already have still works, and leads to nobody.
    """
    customer = Customer.objects.select_for_update().filter(pk=customer_id).first()
    if customer is None:
        raise UnknownCustomerError
    letters = [*_asking_letters(customer), *_later_letters(customer)]
    addresses = {*_addresses(customer), *(letter.address for letter in letters)}
    erase_addresses(delivery_ids=[letter.pk for letter in letters])
    erase_callbacks(addresses=addresses)
    for address in addresses:
        stop_address(address=address, today=today)
    Snooze.objects.filter(address_digest__in=map(digest_address, addresses)).delete()
    customer.delete()


def _addresses(customer: Customer) -> list[str]:
    return [address for address in (customer.email, customer.phone) if address]


def _asking_letters(customer: Customer) -> list[Delivery]:
    """Return the letters that asked a customer and still name them."""
    return list(Delivery.objects.filter(invitation__customer=customer).exclude(address=""))


def _later_letters(customer: Customer) -> list[Delivery]:
    """Return the letters of what followed that went to an address of theirs."""
    known = [*_addresses(customer), *(one.address for one in _asking_letters(customer))]
    told = Delivery.objects.filter(notice__isnull=False).annotate(to=Lower("address"))
    return list(told.filter(to__in={one.lower() for one in known}).order_by("pk"))


def _interactions(customer: Customer) -> Iterator[dict[str, Any]]:
    met = Interaction.objects.filter(customer=customer).select_related("team")
    for one in met.order_by("occurred_at", "pk"):
        yield {
            "key": one.idempotency_key,
            "team": one.team.name,
            "occurred_at": one.occurred_at.isoformat(),
            "channel": one.channel,
            "served_by": one.served_by,
            "is_asked": one.is_asked,
            "reason": one.reason,
        }


def _invitations(customer: Customer) -> Iterator[dict[str, Any]]:
    invited = Invitation.objects.filter(customer=customer)
    for one in invited.select_related("wave__campaign", "delivery").order_by("pk"):
        letter = one.delivery
        yield {
            "survey": one.wave.campaign.name,
            "deferred_until": one.deferred_until.isoformat() if one.deferred_until else None,
            "letter": _letter(letter) if letter else None,
        }


def _letter(letter: Delivery) -> dict[str, Any]:
    return {
        "name": letter.recipient_name,
        "address": letter.address,
        "state": letter.state,
        "due_at": letter.due_at.isoformat(),
    }


def _asked_on(customer: Customer) -> list[date]:
    days = Asking.objects.filter(customer=customer).order_by("asked_date")
    return list(days.values_list("asked_date", flat=True))


def _snoozed_until(customer: Customer) -> list[date]:
    digests = [digest_address(address) for address in _addresses(customer)]
    rests = Snooze.objects.filter(address_digest__in=digests)
    return list(rests.values_list("until_date", flat=True))
