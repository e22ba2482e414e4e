"""Kind words where a link takes no answers."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from survey.answering.phrases import say_day
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
        title=_("We don’t know this link"),
        sentences=(
            _(
                "Part of it may have been lost on the way: open the letter again and use the whole "
                "link."
            ),
            _(
                "If the letter is some weeks old, its survey has closed and the links were "
                "deleted, as promised."
            ),
        ),
    )


def write_patience() -> Notice:
    """Return what to tell whoever sends faster than hands can."""
    return Notice(
        status=HTTPStatus.TOO_MANY_REQUESTS,
        title=_("One moment, please"),
        sentences=(
            _("Very much was sent to this link within a minute, so it rests for a moment."),
            _("Please go back and press Send again in a minute. Nothing that was taken is lost."),
        ),
    )


def write_sending_again() -> Notice:
    """Return what to tell whoever sent answers while their link was held by somebody else."""
    return Notice(
        status=HTTPStatus.SERVICE_UNAVAILABLE,
        title=_("One moment, please"),
        sentences=(
            _("Please go back and press Send again in a minute. Nothing that was taken is lost."),
        ),
    )


def say_moment(moment: datetime) -> str:
    """Return a moment as people write it, and by whose clock.

    "4 December 2026, 17:00 (Europe/London)": whoever reads it may live elsewhere.
    """
    local = timezone.localtime(moment)
    return _("%(day)s, %(time)s (%(zone)s)") % {
        "day": say_day(local),
        "time": time_format(local, "H:i"),
        "zone": timezone.get_current_timezone_name(),
    }


def _closed(refusal: ClosedLinkError) -> Notice:
    wave = refusal.wave
    closed_at = min(wave.closed_at or wave.closes_at, wave.closes_at)
    if refusal.next_opens_at is None:
        coming = _("You are welcome to answer the next time we ask.")
    else:
        words = _("The next one opens on %(moment)s; we will write to you.")
        coming = words % {"moment": say_moment(refusal.next_opens_at)}
    return Notice(
        status=HTTPStatus.GONE,
        title=_("This survey has closed"),
        sentences=(
            _("It took answers until %(moment)s. Thank you for wanting to answer.")
            % {"moment": say_moment(closed_at)},
            _("If you answered before, your answers are in."),
            coming,
        ),
        signature=_signature(wave),
    )


def _expired(refusal: ExpiredLinkError) -> Notice:
    return Notice(
        status=HTTPStatus.GONE,
        title=_("It has been a while"),
        sentences=(
            _(
                "The visit or call that we asked about is too long ago to remember it well, so "
                "this link takes no answers any more."
            ),
            _("Thank you for wanting to answer. You are welcome to the next time we ask."),
        ),
        signature=_signature(refusal.wave),
    )


def _withdrawn(refusal: WithdrawnLinkError) -> Notice:
    return Notice(
        status=HTTPStatus.GONE,
        title=_("We have taken this survey back"),
        sentences=(
            _("It was sent by mistake. Whatever was answered has been deleted, unread."),
            _("You need not do anything. We are sorry for the trouble."),
        ),
        signature=_signature(refusal.wave),
    )


def _not_yet_open(refusal: NotYetOpenError) -> Notice:
    return Notice(
        status=HTTPStatus.FORBIDDEN,
        title=_("A little early"),
        sentences=(
            _("This survey opens on %(moment)s. The same link will work from then on.")
            % {"moment": say_moment(refusal.wave.opens_at)},
        ),
        signature=_signature(refusal.wave),
    )


def _signature(wave: Wave) -> str:
    letter = find_letter(wave=wave)
    if letter is None:
        return ""
    return ", ".join(part for part in (letter.signer_name, letter.signer_role) if part)
