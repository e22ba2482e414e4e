"""Whether it was put right: asked of whoever was called, who says it once."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.utils.translation import gettext as _

from survey.followup.callback_history import was_reopened
from survey.followup.callbacks import StepNotPossibleError, confirm_callback, reopen_callback
from survey.followup.models import Callback, CallbackState

LONGEST_WORDS = 1500
ENDED = (CallbackState.SOLVED, CallbackState.UNREACHED)


@dataclass(frozen=True, slots=True)
class CalledPage:
    """What the page says, and what may be said there; nothing of the person or their words."""

    title: str
    sentences: tuple[str, ...]
    may_say_yes: bool = False
    may_say_no: bool = False
    status: int = HTTPStatus.OK


def find_called(*, key: UUID) -> Callback | None:
    """Return the callback whose person holds this link."""
    return Callback.objects.select_related("owner").filter(check_key=key).first()


def take_word(callback: Callback, *, said: str, words: Mapping[str, str], now: datetime) -> None:
    """Take a yes or a not yet; what was said before stands."""
    with suppress(StepNotPossibleError):
        if said == "yes":
            confirm_callback(callback_id=callback.pk, now=now)
        elif said == "no":
            note = words.get("words", "").replace("\x00", "").strip()[:LONGEST_WORDS]
            reopen_callback(callback_id=callback.pk, words=note, now=now)


def build_called_page(callback: Callback | None) -> CalledPage:
    """Return what somebody reads who follows the link in the letter."""
    if callback is None:
        return CalledPage(
            _("We don’t know this link"),
            (_("What it was about may have been deleted since, as promised."),),
            status=HTTPStatus.NOT_FOUND,
        )
    who = callback.owner.name if callback.owner else ""
    if callback.state == CallbackState.CONFIRMED:
        return CalledPage(_("Thank you. We are glad that it is put right."), ())
    if callback.state in ENDED:
        return _ask(callback, who)
    if who and callback.state == CallbackState.ACCEPTED:
        sentence = _("%(name)s has it in hand and gets in touch with you.") % {"name": who}
    else:
        sentence = _("Somebody takes it in hand and gets in touch with you.")
    return CalledPage(_("It is open"), (sentence, _("You need not do anything.")))


def _ask(callback: Callback, who: str) -> CalledPage:
    is_solved = callback.state == CallbackState.SOLVED
    sentences = []
    if who and is_solved:
        sentences.append(_("%(name)s got in touch with you and thinks so.") % {"name": who})
    may_say_no = not was_reopened(callback=callback)
    if not may_say_no:
        sentences.append(
            _("You told us once before that it was not. If that is still so, please write to us.")
        )
    return CalledPage(
        _("Did we put it right?"), tuple(sentences), may_say_yes=is_solved, may_say_no=may_say_no
    )
