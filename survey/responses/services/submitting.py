"""Take one answer set in: one short transaction, and nothing that another submit would touch."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from django.db import connection, transaction

from survey.campaigns.models import Credential, Group, Wave
from survey.campaigns.selectors import Link, get_link
from survey.questionnaires.answers import ReadAnswers
from survey.responses.boxes import BoxContent, TooLongForBoxError, seal_box, seal_cuts
from survey.responses.models import Intake
from survey.responses.return_keys import box_digest

SPEND = "UPDATE campaigns_credential SET is_spent = %s WHERE id = %s AND is_spent = %s"


class CredentialSpentError(Exception):
    """The link has been used; the first answer stands."""


class AnswersRefusedError(Exception):
    """Answers with errors must not be stored."""


@dataclass(frozen=True, slots=True)
class SealedAnswers:
    """A box of a wave, and whether it took the digest of a return key along."""

    box: bytes
    has_return: bool


def submit_response(*, token: str, answers: ReadAnswers, now: datetime) -> None:
    """Spend the credential behind a link and take the answers in."""
    submit_answers(link=get_link(token=token, now=now), token=token, answers=answers, now=now)


def submit_answers(
    *, link: Link, token: str, answers: ReadAnswers, now: datetime, return_key: str = ""
) -> bool:
    """Spend a credential just read and take the answers in, sealed to the wave's public key.

    Return whether the return key will find what was written. A wave that closes meanwhile takes
    its credentials along, and the reason is raised.
    """
    if answers.errors:
        raise AnswersRefusedError
    if link.is_spent:
        raise CredentialSpentError
    sealed = seal_answers(wave=link.wave, group=link.group, answers=answers, return_key=return_key)
    cut_box = seal_cut_values(wave=link.wave, values=link.cut_values) if link.wave.cuts else None
    with transaction.atomic():
        if _is_spent_now(link.credential):
            Intake.objects.create(wave_id=link.wave.pk, box=sealed.box, cut_box=cut_box)
            return sealed.has_return
    get_link(token=token, now=now)  # raises when the wave has closed meanwhile
    raise CredentialSpentError


def _is_spent_now(credential: Credential) -> bool:
    """Spend a credential; say whether nobody had."""
    with connection.cursor() as cursor:
        cursor.execute(SPEND, (True, credential.pk, False))
        return bool(cursor.rowcount)


def seal_answers(
    *, wave: Wave, group: Group, answers: ReadAnswers, return_key: str = ""
) -> SealedAnswers:
    """Return what somebody answered in a group as a box of a wave.

    Waves launched before there were return keys can have boxes too small for a digest: then the
    answers count, and there is no way back to the words.
    """
    seal = partial(seal_box, public_key=bytes(wave.public_key or b""), size=wave.box_size or 0)
    content = BoxContent(
        group_id=group.pk,
        answers=answers.answers,
        texts=answers.texts,
        leaves=answers.leaves,
    )
    if answers.texts and return_key:
        with suppress(TooLongForBoxError):
            with_digest = replace(content, return_digest=box_digest(key=return_key))
            return SealedAnswers(seal(content=with_digest), has_return=True)
    return SealedAnswers(seal(content=content), has_return=False)


def seal_cut_values(*, wave: Wave, values: Mapping[str, str]) -> bytes:
    """Return somebody's cut values, which name no group, as a second box of a wave."""
    return seal_cuts(
        public_key=bytes(wave.public_key or b""), size=wave.cut_box_size or 0, cuts=values
    )
