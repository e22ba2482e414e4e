"""Remind of promises: once when their day is near, and once when it has passed.

Whoever promised gets the letter. Where that account is gone, or its address takes no letters, those
who ask the audience do.
"""

from collections.abc import Sequence
from datetime import date, datetime, time

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext

from survey.accounts.models import User
from survey.core.local_time import local_moment
from survey.core.stages import run_each
from survey.core.timestamps import local_date
from survey.followup.commitments import NEAR
from survey.followup.models import Commitment, CommitmentState, NoticeKind
from survey.followup.noting import queue_notices
from survey.followup.owner_languages import language_of
from survey.followup.signers import find_owner, list_office, sign_name
from survey.letters.models import Letter
from survey.letters.selectors import refused_addresses
from survey.letters.services import create_letter, translate_letter
from survey.letters.services.queueing import Recipient
from survey.questionnaires.languages import speak
from survey.questionnaires.models import Audience

MORNING = time(8)
AT_ONCE = 200


def due_promises(*, today: date) -> QuerySet[Commitment]:
    """Return the promises of which somebody is to be reminded today: of each day once.

    A promise that was made for the next days needs no reminder before its day.
    """
    is_near = Q(due_date__gte=today, due_date__lte=today + NEAR, made_date__lt=F("due_date") - NEAR)
    not_yet = Q(reminded_date=None) | Q(reminded_date__lt=F("due_date") - NEAR)
    is_late = Q(due_date__lt=today) & (Q(reminded_date=None) | Q(reminded_date__lte=F("due_date")))
    return (
        Commitment.objects.made()
        .filter((is_near & not_yet) | is_late, state=CommitmentState.PROMISED)
        .select_related("who")
    )


@transaction.atomic
def settle_commitments(*, now: datetime) -> int:
    """Queue the letters about promises that are due soon or late; return of how many promises."""
    rows = due_promises(today=local_date(now)).select_for_update(of=("self",))
    due = {one.pk: one for one in rows.order_by("pk")[:AT_ONCE]}
    if not due:
        return 0
    letter = _write_letter()
    return run_each(due, lambda pk: _remind(due[pk], letter, now), name="Reminder of promise")


@transaction.atomic
def _remind(commitment: Commitment, letter: Letter, now: datetime) -> bool:
    people = _find_people(commitment, now)
    queue_notices(
        letter=letter,
        kind=NoticeKind.COMMITMENT_DUE,
        recipients=[Recipient(one.name, one.email) for one in people],
        languages=[language_of(user=one) for one in people],
        users=people,
        due_at=_in_the_morning(now),
        commitment=commitment,
    )
    commitment.reminded_date = local_date(now)
    commitment.save(update_fields=["reminded_date"])
    return True


def _find_people(commitment: Commitment, now: datetime) -> Sequence[User]:
    who = commitment.who
    if who is not None and who.is_active and not refused_addresses(addresses=[who.email], now=now):
        return [who]
    return list(list_office(audience=commitment.audience))


def _in_the_morning(now: datetime) -> datetime:
    """Return eight o'clock today where the organisation lives, or now if that has passed."""
    morning = local_moment(day=local_date(now), at=MORNING, zone=settings.TIME_ZONE)
    return max(now, morning)


def _write_letter() -> Letter:
    """Write what all these letters have in common, in every language: nothing of any promise."""
    signer = find_owner(audience=Audience.EMPLOYEE)
    name = signer.name if signer else settings.ORGANISATION_NAME
    subject, body = _say_it(settings.LANGUAGE_CODE)
    letter = create_letter(
        subject=subject,
        body=body,
        signer_name=sign_name(name),
        reply_to=signer.email if signer else settings.DEFAULT_FROM_EMAIL,
        language=settings.LANGUAGE_CODE,
        has_first_item=False,
    )
    for language, _name in settings.LANGUAGES:
        if language != letter.language:
            subject, body = _say_it(language)
            translate_letter(letter=letter, language=language, subject=subject, body=body)
    return letter


def _say_it(language: str) -> tuple[str, str]:
    """Return the subject and the words of the letter in a language."""
    with speak(language):
        return gettext("A promise of yours"), gettext(
            "Somebody is waiting to see what comes of what they told us."
        )
