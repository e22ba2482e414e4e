"""Take in what a mail provider reports of letters: those that came back, and complaints."""

from datetime import date
from enum import Enum
from uuid import UUID

from django.db import transaction

from survey.letters.models import Delivery
from survey.letters.outcomes import ADDRESS_REFUSED
from survey.letters.services.stopping import stop_address
from survey.letters.states import DeliveryState


class MailEvent(Enum):
    """What became of a letter after the provider had taken it; the value is the reason kept."""

    BOUNCED = f"{ADDRESS_REFUSED}: came back"
    BLOCKED = "blocked on its way"
    DROPPED = "not sent by the provider"
    COMPLAINED = "reported as unwanted"


@transaction.atomic
def take_mail_event(*, key: UUID, event: MailEvent, today: date, address: str = "") -> bool:
    """Write down that a letter came back, and write no more to whoever complained.

    Says whether there is such a letter; the same event again changes nothing. Of reminders there
    is none, so a complaint about one counts by the address that it names.
    """
    delivery = Delivery.objects.filter(key=key).first()
    if delivery is None:
        if event is MailEvent.COMPLAINED and address:
            stop_address(address=address, today=today)
        return False
    if event is MailEvent.COMPLAINED:
        if delivery.address or address:  # ours is forgotten after a while
            stop_address(address=delivery.address or address, today=today)
        return True
    on_its_way = [DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.SENT]
    Delivery.objects.filter(pk=delivery.pk, state__in=on_its_way).update(
        state=DeliveryState.BOUNCED, reason=event.value, lease_until=None
    )
    return True
