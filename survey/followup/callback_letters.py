"""What the letters about callbacks say: to whom they go, where to look, and nothing of the person.

The letter to an owner names neither the person nor their words: mail is read by machines, and on
lock screens.
"""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy

from survey.followup.callback_history import find_reopening
from survey.followup.due_words import Length, say_due
from survey.followup.models import OPEN_STATES, Callback, CallbackState, CallbackWay, Notice
from survey.letters.notices import NoticeFacts
from survey.questionnaires.languages import speak
from survey.questionnaires.models import Audience

WAYS = {
    CallbackWay.PHONE: gettext_lazy("a telephone number"),
    CallbackWay.EMAIL: gettext_lazy("an e-mail address"),
    CallbackWay.POST: gettext_lazy("a postal address"),
}


def write_callback_asked(notice: Notice, language: str, now: datetime) -> NoticeFacts | None:
    """Tell an owner that somebody waits; None where it is not theirs any more, or done."""
    callback = notice.callback
    if callback is None or not _waits_for(callback, notice):
        return None
    with speak(language):
        by = gettext("Please get in touch by %(moment)s.") % {"moment": _say_moment(callback)}
        told = (*_say_again(callback), _say_who(callback), _say_ways(callback), by)
        return _to_owner(notice, callback, told)


def write_callback_due(notice: Notice, language: str, now: datetime) -> NoticeFacts | None:
    """Remind an owner; None where it is not theirs any more, or done."""
    callback = notice.callback
    if callback is None or not _waits_for(callback, notice):
        return None
    with speak(language):
        moment = {"moment": _say_moment(callback)}
        if callback.due_at <= now:
            by = gettext("You were to get in touch by %(moment)s: that has passed.") % moment
        else:
            by = gettext("Please get in touch by %(moment)s.") % moment
        help_words = gettext("If you cannot, hand it over to somebody who can: one press does it.")
        told = (_say_who(callback), _say_ways(callback), by, help_words)
        return _to_owner(notice, callback, told)


def write_callback_check(notice: Notice, language: str, now: datetime) -> NoticeFacts | None:
    """Ask the person whether it was put right; None where it is open again."""
    callback = notice.callback
    if callback is None or callback.state != CallbackState.SOLVED:
        return None
    with speak(language):
        return NoticeFacts(
            recipient_name=notice.delivery.recipient_name,
            url=f"{settings.BASE_URL}/call/{callback.check_key}/",
            link_label=gettext("Yes, or not yet"),
            paragraphs=(
                gettext(
                    "If it is not put right yet, say so there in a few words, and it is taken up "
                    "again. If you do nothing, nothing happens."
                ),
            ),
        )


def _waits_for(callback: Callback, notice: Notice) -> bool:
    return callback.state in OPEN_STATES and callback.owner_id == notice.user_id


def _to_owner(notice: Notice, callback: Callback, paragraphs: tuple[str, ...]) -> NoticeFacts:
    return NoticeFacts(
        recipient_name=notice.delivery.recipient_name,
        url=f"{settings.BASE_URL}/dashboards/calls/{callback.key}/",
        link_label=gettext("Open the call"),
        paragraphs=paragraphs,
        is_from_person=False,
    )


def _say_who(callback: Callback) -> str:
    if callback.audience != Audience.CUSTOMER:
        return gettext("It is somebody who works here.")
    if callback.team is None:
        return gettext("It is a customer.")
    return gettext("It is a customer of %(team)s.") % {"team": callback.team.name}


def _say_ways(callback: Callback) -> str:
    """Say which ways there are to reach somebody, not where they lead."""
    ways = [str(WAYS[way]) for way in callback.contacts]
    if len(ways) == 1:
        return gettext("They left %(way)s.") % {"way": ways[0]}
    several = {"ways": ", ".join(ways[:-1]), "last": ways[-1]}
    return gettext("They left %(ways)s and %(last)s.") % several


def _say_again(callback: Callback) -> Iterator[str]:
    """Say of a call that is open again when it was thought over, and when the person said no."""
    again = find_reopening(callback=callback)
    if again is None:
        return
    ended = (
        gettext("%(name)s noted it as solved on %(moment)s.")
        if again.was_solved
        else gettext("%(name)s noted on %(moment)s that they could not be reached.")
    )
    yield ended % {"name": again.ended_by, "moment": _say_day_and_time(again.ended_at)}
    yield gettext("They answered on %(moment)s: not yet.") % {
        "moment": _say_day_and_time(again.reopened_at)
    }


def _say_moment(callback: Callback) -> str:
    return say_due(callback.due_at, Length.SENTENCE)


def _say_day_and_time(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), gettext("l, j F, H:i"))
