"""Kind words where an open link takes no answers."""

from http import HTTPStatus

from django.utils.translation import gettext as _

from survey.answering.notices import Notice, say_moment
from survey.campaigns.collectors import CollectorOffError
from survey.campaigns.selectors import (
    ClosedLinkError,
    LinkNotOpenError,
    NotYetOpenError,
    UnknownLinkError,
)


def write_open_notice(refusal: UnknownLinkError | LinkNotOpenError) -> Notice:
    """Return what to tell somebody who came by an open link that takes no answers, and why."""
    if isinstance(refusal, UnknownLinkError):
        return Notice(
            status=HTTPStatus.NOT_FOUND,
            title=_("We don’t know this address"),
            sentences=(
                _(
                    "Scan the code again, or type the address below it once more: one letter is "
                    "quickly lost."
                ),
            ),
        )
    if isinstance(refusal, NotYetOpenError):
        return Notice(
            status=HTTPStatus.FORBIDDEN,
            title=_("A little early"),
            sentences=(
                _("We ask from %(moment)s on. The same code works then.")
                % {"moment": say_moment(refusal.wave.opens_at)},
            ),
        )
    return Notice(
        status=HTTPStatus.GONE,
        title=_("We are not asking here just now"),
        sentences=(
            _("Thank you for wanting to answer. If you sent something before, it is in."),
            _say_why(refusal),
        ),
    )


def _say_why(refusal: LinkNotOpenError) -> str:
    if isinstance(refusal, CollectorOffError):
        return _("This code has been switched off; somebody on the spot can tell you more.")
    if isinstance(refusal, ClosedLinkError):
        wave = refusal.wave
        closed_at = min(wave.closed_at or wave.closes_at, wave.closes_at)
        return _("Answers were taken until %(moment)s.") % {"moment": say_moment(closed_at)}
    return _("It was put up by mistake. Whatever was answered has been deleted, unread.")
