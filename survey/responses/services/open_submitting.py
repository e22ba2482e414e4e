"""Take in one answer set of somebody who was not invited: two new rows, and no old one touched."""

from datetime import UTC, datetime

from django.db import IntegrityError, transaction

from survey.campaigns.collectors import OpenLink, get_open_link
from survey.campaigns.models import UsedNonce
from survey.campaigns.nonces import read_nonce
from survey.questionnaires.answers import ReadAnswers
from survey.responses.models import Intake
from survey.responses.services.submitting import AnswersRefusedError, seal_answers


class NonceUsedError(Exception):
    """The page has been sent; what was sent first stands."""


def submit_open_response(
    *, link: OpenLink, nonce: str, answers: ReadAnswers, now: datetime, return_key: str = ""
) -> bool:
    """Use the nonce of a page up and take its answers in, sealed to the wave's public key.

    Return whether the return key will find what was written. Raise StaleNonceError for a page
    older than a day, NonceUsedError for one that was sent before, and the reason why the wave
    takes no answers if it closed meanwhile.
    """
    if answers.errors:
        raise AnswersRefusedError
    digest = read_nonce(code=link.collector.code, nonce=nonce, now=now)
    sealed = seal_answers(wave=link.wave, group=link.group, answers=answers, return_key=return_key)
    used_date = now.astimezone(UTC).date()
    try:
        with transaction.atomic():
            UsedNonce.objects.create(digest=digest, door_id=link.wave.pk, used_date=used_date)
            Intake.objects.create(wave_id=link.wave.pk, box=sealed.box)
    except IntegrityError as error:
        if UsedNonce.objects.filter(digest=digest).exists():
            raise NonceUsedError from error
        get_open_link(code=link.collector.code, kind=link.collector.kind, now=now)
        raise  # the door was open and shut, and no page says why
    return sealed.has_return
