"""The link in a letter about what came of it that stops all letters to whoever got it.

Invitations carry a link made of the wave's own key, which is destroyed by then. This one names
the letter itself, signed with the product's key, and leads to nothing but an address.
"""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer

from survey.letters.models import Delivery, DeliveryKind
from survey.letters.selectors import stopped_addresses
from survey.letters.services.stopping import stop_address

SALT = "followup.way-out"


class UnknownWayOutError(Exception):
    """No letter came with this link."""


def way_out_url(delivery: Delivery) -> str:
    """Return the address that stops all letters to the one who gets this letter."""
    return f"{settings.BASE_URL}/heard/stop/{Signer(salt=SALT).sign(delivery.key.hex)}/"


def is_stopped(*, token: str) -> bool | None:
    """Say whether the holder of a link gets no more letters; None where the address is gone."""
    address = _find_address(token)
    return bool(stopped_addresses(addresses=[address])) if address else None


def stop_by(*, token: str, today: date) -> None:
    """Write no more letters to the holder of a link."""
    address = _find_address(token)
    if address:
        stop_address(address=address, today=today)


def _find_address(token: str) -> str:
    try:
        key = UUID(hex=Signer(salt=SALT).unsign(token))
    except (BadSignature, ValueError) as error:
        raise UnknownWayOutError from error
    found = Delivery.objects.filter(key=key, kind=DeliveryKind.NEWS)
    address = found.values_list("address", flat=True).first()
    if address is None:
        raise UnknownWayOutError
    return address
