"""Take one answer set in: one short transaction, and nothing that another submit would touch."""

from collections.abc import Mapping
from datetime import datetime

from django.db import connection, transaction

from survey.campaigns.cuts import find_cut_values
from survey.campaigns.models import Credential, Group, Wave
from survey.campaigns.selectors import Link, get_link
from survey.questionnaires.answers import ReadAnswers
from survey.responses.boxes import BoxContent, seal_box, seal_cuts
from survey.responses.models import Intake

SPEND = "UPDATE campaigns_credential SET is_spent = %s WHERE id = %s AND is_spent = %s"


class CredentialSpentError(Exception):
    """The link has been used; the first answer stands."""


class AnswersRefusedError(Exception):
    """Answers with errors must not be stored."""


def submit_response(*, token: str, answers: ReadAnswers, now: datetime) -> None:
    """Spend the credential behind a link and take the answers in."""
    submit_answers(link=get_link(token=token, now=now), token=token, answers=answers, now=now)


def submit_answers(*, link: Link, token: str, answers: ReadAnswers, now: datetime) -> None:
    """Spend a credential just read and take the answers in, sealed to the wave's public key.

    A wave that closes meanwhile takes its credentials along, and the reason is raised.
    """
    if answers.errors:
        raise AnswersRefusedError
    if link.is_spent:
        raise CredentialSpentError
    box = seal_answers(wave=link.wave, group=link.group, answers=answers)
    cut_box = _seal_cuts_of(link.wave, token)
    with transaction.atomic():
        if _is_spent_now(link.credential):
            Intake.objects.create(wave_id=link.wave.pk, box=box, cut_box=cut_box)
            return
    get_link(token=token, now=now)  # raises when the wave has closed meanwhile
    raise CredentialSpentError


def _is_spent_now(credential: Credential) -> bool:
    """Spend a credential; say whether nobody had."""
    with connection.cursor() as cursor:
        cursor.execute(SPEND, (True, credential.pk, False))
        return bool(cursor.rowcount)


def seal_answers(*, wave: Wave, group: Group, answers: ReadAnswers) -> bytes:
    """Return what somebody answered in a group as a box of a wave."""
    content = BoxContent(
        group_id=group.pk,
        answers=answers.answers,
        texts=answers.texts,
        leaves=answers.leaves,
    )
    return seal_box(
        public_key=bytes(wave.public_key or b""), size=wave.box_size or 0, content=content
    )


def _seal_cuts_of(wave: Wave, token: str) -> bytes | None:
    """Return the second box of whoever holds a link; nothing is read where no cut is declared."""
    if not wave.cuts:
        return None
    return seal_cut_values(wave=wave, values=find_cut_values(wave=wave, token=token))


def seal_cut_values(*, wave: Wave, values: Mapping[str, str]) -> bytes:
    """Return somebody's cut values, which name no group, as a second box of a wave."""
    return seal_cuts(
        public_key=bytes(wave.public_key or b""), size=wave.cut_box_size or 0, cuts=values
    )
