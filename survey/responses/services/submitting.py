"""Take one answer set in: one short transaction, and nothing that another submit would touch."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from survey.campaigns.models import Group, Wave
from survey.campaigns.selectors import Link, get_link
from survey.questionnaires.answers import ReadAnswers
from survey.questionnaires.repeating import split_answers
from survey.responses.boxes import BoxContent, TooLongForBoxError, seal_box, seal_cuts
from survey.responses.models import Intake
from survey.responses.return_keys import box_digest
from survey.responses.spending import spend_and_store


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
    its credentials along, and the reason is raised. Among colleagues the answers are those of a
    page that `repeat_sections` made; all credentials of the link are spent with it.
    """
    if answers.errors:
        raise AnswersRefusedError
    if link.is_spent:
        raise CredentialSpentError
    intakes, has_return = _seal(link, answers, return_key)
    spent = [arrow.credential for arrow in link.arrows] or [link.credential]
    if spend_and_store(credentials=spent, intakes=intakes):
        return has_return
    get_link(token=token, now=now)  # raises when the wave has closed meanwhile
    raise CredentialSpentError


def _seal(link: Link, answers: ReadAnswers, return_key: str) -> tuple[list[Intake], bool]:
    """Return the boxes of a link, and whether the return key will find what was written.

    Among colleagues there is one for each team, also for those left out, so that neither the
    number of boxes nor their size tells which these were.
    """
    wave_id = link.wave.pk
    if link.arrows:
        parts = zip(link.arrows, split_answers(answers, len(link.arrows)), strict=True)
        boxes = [
            seal_answers(wave=link.wave, group=arrow.group, answers=part).box
            for arrow, part in parts
        ]
        return [Intake(wave_id=wave_id, box=box) for box in boxes], False
    sealed = seal_answers(wave=link.wave, group=link.group, answers=answers, return_key=return_key)
    cut_box = seal_cut_values(wave=link.wave, values=link.cut_values) if link.wave.cuts else None
    return [Intake(wave_id=wave_id, box=sealed.box, cut_box=cut_box)], sealed.has_return


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
