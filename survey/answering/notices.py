"""Kind words where a link takes no answers."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from django.utils import timezone

from survey.campaigns.models import Wave
from survey.campaigns.selectors import (
    ClosedLinkError,
    ExpiredLinkError,
    LinkNotOpenError,
    NotYetOpenError,
    UnknownLinkError,
    WithdrawnLinkError,
    find_letter,
)


@dataclass(frozen=True, slots=True)
class Notice:
    """A page of a few sentences, signed where somebody asked in their own name."""

    status: HTTPStatus
    title: str
    sentences: tuple[str, ...]
    signature: str = ""


def write_notice(refusal: UnknownLinkError | LinkNotOpenError) -> Notice:
    """Return what to tell somebody whose link takes no answers, and why."""
    if isinstance(refusal, ClosedLinkError):
        return _closed(refusal)
    if isinstance(refusal, ExpiredLinkError):
        return _expired(refusal)
    if isinstance(refusal, WithdrawnLinkError):
        return _withdrawn(refusal)
    if isinstance(refusal, NotYetOpenError):
        return _not_yet_open(refusal)
    return Notice(
        status=HTTPStatus.NOT_FOUND,
        title="We don’t know this link",
        sentences=(
            "Part of it may have been lost on the way: open the letter again and use the whole "
            "link.",
            "If the letter is some weeks old, its survey has closed and the links were deleted, "
            "as promised.",
        ),
    )


def say_moment(moment: datetime) -> str:
    """Return a moment as people write it, and by whose clock.

    "4 December 2026, 17:00 (Europe/London)": whoever reads it may live elsewhere.
    """
    local = timezone.localtime(moment)
    return f"{local.day} {local:%B %Y, %H:%M} ({timezone.get_current_timezone_name()})"


def _closed(refusal: ClosedLinkError) -> Notice:
    wave = refusal.wave
    closed_at = min(wave.closed_at or wave.closes_at, wave.closes_at)
    if refusal.next_opens_at is None:
        coming = "You are welcome to answer the next time we ask."
    else:
        coming = f"The next one opens on {say_moment(refusal.next_opens_at)}; we will write to you."
    return Notice(
        status=HTTPStatus.GONE,
        title="This survey has closed",
        sentences=(
            f"It took answers until {say_moment(closed_at)}. Thank you for wanting to answer.",
            "If you answered before, your answers are in.",
            coming,
        ),
        signature=_signature(wave),
    )


def _expired(refusal: ExpiredLinkError) -> Notice:
    return Notice(
        status=HTTPStatus.GONE,
        title="It has been a while",
        sentences=(
            "The visit or call that we asked about is too long ago to remember it well, so this "
            "link takes no answers any more.",
            "Thank you for wanting to answer. You are welcome to the next time we ask.",
        ),
        signature=_signature(refusal.wave),
    )


def _withdrawn(refusal: WithdrawnLinkError) -> Notice:
    return Notice(
        status=HTTPStatus.GONE,
        title="We have taken this survey back",
        sentences=(
            "It was sent by mistake. Whatever was answered has been deleted, unread.",
            "You need not do anything. We are sorry for the trouble.",
        ),
        signature=_signature(refusal.wave),
    )


def _not_yet_open(refusal: NotYetOpenError) -> Notice:
    return Notice(
        status=HTTPStatus.FORBIDDEN,
        title="A little early",
        sentences=(
            f"This survey opens on {say_moment(refusal.wave.opens_at)}. "
            "The same link will work from then on.",
        ),
        signature=_signature(refusal.wave),
    )


def _signature(wave: Wave) -> str:
    letter = find_letter(wave=wave)
    if letter is None:
        return ""
    return ", ".join(part for part in (letter.signer_name, letter.signer_role) if part)
