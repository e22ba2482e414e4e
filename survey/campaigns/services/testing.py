"""A letter to oneself before others get it; the worker writes it, and its links lead nowhere."""

from datetime import datetime

from django.db import transaction

from survey.campaigns.models import TrialLetter, Wave
from survey.campaigns.selectors import find_letter
from survey.letters.models import Delivery, DeliveryKind
from survey.letters.services import Recipient, queue_deliveries


class NoLetterYetError(Exception):
    """The wave has no letter that could be sent."""


@transaction.atomic
def send_test_letter(
    *, wave_id: int, address: str, now: datetime, name: str = "", language: str = ""
) -> Delivery:
    """Queue a wave's letter to whoever writes it, in one of its languages."""
    wave = Wave.objects.select_related("letter", "campaign__letter").get(pk=wave_id)
    letter = find_letter(wave=wave)
    if letter is None:
        raise NoLetterYetError
    (delivery,) = queue_deliveries(
        letter=letter,
        kind=DeliveryKind.TEST,
        recipients=[Recipient(name, address)],
        due_at=now,
        languages=[language],
    )
    TrialLetter.objects.create(wave=wave, delivery=delivery)
    return delivery
