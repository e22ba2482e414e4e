"""The page of whoever wants fewer letters: how often we asked, a rest, or no more at all.

Reading it changes nothing. A mail program's one click (RFC 8058) stops letters without a page.
"""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from survey.answering.phrases import say_day, say_list
from survey.answering.respondents import respondent_page
from survey.answering.speaking import own_languages
from survey.campaigns.services import snooze_letters, stop_letters
from survey.campaigns.standing import Standing, get_standing
from survey.core.timestamps import local_date

MONTHS = (1, 3, 6)
LISTED_AT_MOST = 6


@dataclass(frozen=True, slots=True)
class StopPage:
    """What the page says, in sentences."""

    title: str
    sentences: tuple[str, ...]
    can_rest: bool
    can_stop: bool
    problem: str = ""

    @property
    def months(self) -> tuple[tuple[int, str], ...]:
        """Return the lengths of rest to choose from."""
        return tuple((n, _say_months(n)) for n in MONTHS)


@respondent_page
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Say how often somebody was asked; let them rest, or stop, when they say so."""
    now = timezone.now()
    problem = ""
    if request.method == "POST":
        if "months" not in request.POST and "rest" not in request.POST:
            stop_letters(token=token, today=local_date(now))
        elif (months := request.POST.get("months", "")) in map(str, MONTHS):
            snooze_letters(token=token, months=int(months), now=now)
        else:
            problem = _("Choose how long you would like to rest.")
    page = build_stop_page(standing=get_standing(token=token, now=now), problem=problem)
    context = {"page": page, "own_languages": own_languages()}
    return render(request, "answering/stop.html", context, status=422 if page.problem else 200)


def build_stop_page(*, standing: Standing, problem: str = "") -> StopPage:
    """Return the page for somebody who stands so."""
    if not standing.has_address:
        return StopPage(
            _("We have no address of yours any more"),
            (_("It was deleted, so no letter can reach you."),),
            can_rest=False,
            can_stop=False,
        )
    if standing.is_stopped:
        return StopPage(
            _("We won’t ask you again"),
            (
                _(
                    "No more letters of any survey go to your address. A link you already have "
                    "still works, should you want to answer after all."
                ),
                _say_how_often(standing.asked_dates),
            ),
            can_rest=False,
            can_stop=False,
        )
    sentences = (_say_how_often(standing.asked_dates), _say_when_next(standing))
    title = _("Shall we stop asking you?")
    if standing.snoozed_until is not None:
        until = {"day": say_day(standing.snoozed_until)}
        title = _("We let you rest until %(day)s") % until
    return StopPage(title, sentences, can_rest=True, can_stop=True, problem=problem)


def _say_how_often(days: tuple[date, ...]) -> str:
    """Return how often and when somebody was asked; the latest days where they are many."""
    n = len(days)
    if n == 0:
        return _("We have not asked you anything in the last twelve months.")
    told = {"number": n, "days": say_list([say_day(day) for day in days[-LISTED_AT_MOST:]])}
    if n == 1:
        return _("We asked you once in the last twelve months: on %(days)s.") % told
    if n == 2:
        return _("We asked you twice in the last twelve months: on %(days)s.") % told
    if n <= LISTED_AT_MOST:
        words = ngettext(
            "We asked you %(number)s time in the last twelve months: on %(days)s.",
            "We asked you %(number)s times in the last twelve months: on %(days)s.",
            n,
        )
        return words % told
    words = ngettext(
        "We asked you %(number)s time in the last twelve months: most recently on %(days)s.",
        "We asked you %(number)s times in the last twelve months: most recently on %(days)s.",
        n,
    )
    return words % told


def _say_when_next(standing: Standing) -> str:
    if standing.planned_date is not None:
        day = {"day": say_day(standing.planned_date)}
        return _("The next letter is planned for %(day)s, not before.") % day
    if standing.free_date is not None:
        day = {"day": say_day(standing.free_date)}
        return _("We will not ask you again before %(day)s.") % day
    return _("The next survey may ask you again, whenever it comes.")


def _say_months(number: int) -> str:
    return ngettext("%(number)s month", "%(number)s months", number) % {"number": number}
