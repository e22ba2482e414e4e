"""Write, sign and publish what people are told; published words stay as they are."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Q, QuerySet

from survey.accounts.models import User
from survey.core.timestamps import local_date
from survey.followup.models import (
    Commitment,
    Playback,
    PlaybackPart,
    PlaybackState,
    PlaybackTranslation,
    Story,
)
from survey.followup.promising import DayPassedError
from survey.followup.seen import check_seen
from survey.followup.signers import sign_name, sign_with
from survey.followup.stories import told_stories
from survey.letters.services.writing import create_letter, translate_letter
from survey.letters.voice import Finding, lint_letter
from survey.questionnaires.models import Audience


class PublishedError(Exception):
    """What was published stays as it was read; the next playback can say more."""


class PlaybackError(Exception):
    """The words cannot be kept as asked; the message says why."""


class UnfinishedError(Exception):
    """A playback without heading, words, name or address, or in a voice nobody speaks in."""


class ForeignPartError(Exception):
    """Promises and stories of staff stay with staff, and those of customers with customers."""


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody says and signs, in the language it is written in."""

    title: str
    body: str
    signer_name: str
    signer_role: str
    reply_to: str
    language: str


@dataclass(frozen=True, slots=True)
class TranslatedWords:
    """The same in another language."""

    language: str
    title: str
    body: str
    signer_role: str = ""


@transaction.atomic
def write_playback_words(*, playback_id: int, words: Words) -> Playback:
    """Write down what is said and who signs it; the draft may stay unfinished."""
    playback = _lock_draft(playback_id)
    for name, value in asdict(words).items():
        setattr(playback, name, value)
    _check(playback)
    playback.save()
    playback.translations.filter(language=playback.language).delete()
    return playback


@transaction.atomic
def translate_playback(*, playback_id: int, words: TranslatedWords) -> None:
    """Write a draft down in another language; without a heading and words it is taken away."""
    playback = _lock_draft(playback_id)
    if words.language == playback.language:
        raise PlaybackError("It is written in this language already.")
    playback.translations.filter(language=words.language).delete()
    if words.title or words.body:
        translation = PlaybackTranslation(playback=playback, **asdict(words))
        _check(translation)
        translation.save()


@transaction.atomic
def add_part(
    *, playback_id: int, commitment_key: UUID | None = None, story_id: UUID | None = None
) -> PlaybackPart:
    """Put a promise, a story, or one as the answer to the other, at the end of a draft, once."""
    playback = _lock_draft(playback_id)
    commitment = _find_commitment(playback, commitment_key) if commitment_key else None
    story = _find_story(playback, story_id) if story_id else None
    if commitment is None and story is None:
        raise ForeignPartError
    there = playback.parts.filter(commitment=commitment, story=story).first()
    if there is not None:
        return there
    last = playback.parts.aggregate(last=Max("place"))["last"] or 0
    return PlaybackPart.objects.create(
        playback=playback, place=last + 1, commitment=commitment, story=story
    )


@transaction.atomic
def remove_part(*, playback_id: int, part_id: int) -> None:
    """Take a part out of a draft; what was promised or told elsewhere stays.

    A promise written into the draft alone was never made, and goes.
    """
    parts = _lock_draft(playback_id).parts.filter(pk=part_id)
    written = list(parts.values_list("commitment", flat=True))
    parts.delete()
    Commitment.objects.filter(pk__in=written, is_draft=True, parts=None).delete()


@transaction.atomic
def raise_part(*, playback_id: int, part_id: int) -> None:
    """Let a part change places with the one before it."""
    playback = _lock_draft(playback_id)
    part = playback.parts.filter(pk=part_id).first()
    if part is None:
        return
    before = playback.parts.filter(place__lt=part.place).order_by("-place").first()
    if before is not None:
        playback.parts.filter(pk=before.pk).update(place=0)
        playback.parts.filter(pk=part.pk).update(place=before.place)
        playback.parts.filter(pk=before.pk).update(place=part.place)


@transaction.atomic
def hand_over_playback(*, playback_id: int, owner: User) -> None:
    """Let somebody else finish a draft and sign it."""
    playback = _lock_draft(playback_id)
    playback.owner, playback.reply_to = owner, owner.email
    playback.save(update_fields=["owner", "reply_to"])
    sign_with(playback=playback, name=sign_name(owner.name))


@transaction.atomic
def publish_playback(*, playback_id: int, now: datetime, seen: str | None = None) -> Playback:
    """Publish what was signed, and write the letter that tells everybody who was asked.

    seen is the digest of what whoever publishes has looked at: nothing else is published.
    """
    playback = _lock_draft(playback_id)
    if lacking_words(playback) or blocking_findings(playback):
        raise UnfinishedError
    if passed_promises(playback, today=local_date(now)).exists():
        raise DayPassedError
    check_seen(playback, seen)
    playback.letter = create_letter(
        subject=playback.title,
        body=playback.body,
        signer_name=playback.signer_name,
        signer_role=playback.signer_role,
        reply_to=playback.reply_to,
        language=playback.language,
        has_first_item=False,
    )
    for one in playback.translations.order_by("language"):
        translate_letter(
            letter=playback.letter,
            language=one.language,
            subject=one.title,
            body=one.body,
            signer_role=one.signer_role,
        )
    playback.state, playback.published_at = PlaybackState.PUBLISHED, now
    playback.save()
    written = Commitment.objects.filter(parts__playback=playback, is_draft=True)
    written.update(is_draft=False, made_date=local_date(now))
    return playback


def lacking_words(playback: Playback) -> tuple[str, ...]:
    """Return which fields are still empty that must not be."""
    needed = ("title", "body", "signer_name", "reply_to")
    return tuple(name for name in needed if not getattr(playback, name).strip())


def passed_promises(playback: Playback, *, today: date) -> QuerySet[Commitment]:
    """Return what is written into a draft alone and would be late on the day it is promised."""
    written = Commitment.objects.filter(parts__playback=playback, is_draft=True)
    return written.filter(due_date__lt=today).order_by("parts__place")


def lint_playback(
    playback: Playback, translations: Collection[PlaybackTranslation]
) -> tuple[tuple[str, Finding], ...]:
    """Return what no person would write to another, each with the language it is said in."""
    spoken = [(playback.language, playback.title, playback.body)]
    spoken += [(one.language, one.title, one.body) for one in translations]
    return tuple(
        (language, finding)
        for language, title, body in spoken
        for finding in lint_letter(
            subject=title,
            body=body,
            signer_name=playback.signer_name,
            reply_to=playback.reply_to,
            language=language,
        )
    )


def blocking_findings(playback: Playback) -> tuple[tuple[str, Finding], ...]:
    """Return those findings with which nothing is published."""
    translations = list(playback.translations.order_by("language"))
    found = lint_playback(playback, translations)
    return tuple(one for one in found if one[1].is_blocking)


def _lock_draft(playback_id: int) -> Playback:
    playback = Playback.objects.select_for_update(of=("self",)).get(pk=playback_id)
    if playback.state != PlaybackState.DRAFT:
        raise PublishedError
    return playback


def _check(row: Playback | PlaybackTranslation) -> None:
    try:
        row.full_clean()
    except ValidationError as error:
        raise PlaybackError(" ".join(error.messages)) from error


def _find_commitment(playback: Playback, key: UUID) -> Commitment:
    own = Q(is_draft=False) | Q(parts=None) | Q(parts__playback=playback)
    rows = Commitment.objects.filter(own, audience=playback.audience, is_shown_outside=True)
    if playback.audience != Audience.CUSTOMER:
        rows = rows.filter(team=None)  # what one team was promised is not told to all others
    found = rows.filter(key=key).first()
    if found is None:
        raise ForeignPartError
    return found


def _find_story(playback: Playback, story_id: UUID) -> Story:
    rows = told_stories().filter(comment__group__wave__campaign__audience=playback.audience)
    found = rows.filter(pk=story_id, is_on_heard_page=True).first()
    if found is None:
        raise ForeignPartError
    return found
