"""The page on which a leader stops the monthly page, or has it sent again, without logging in.

Reading it changes nothing. A mail program's one click (RFC 8058) stops it without a page.
"""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from survey.answering.notices import Notice
from survey.answering.respondents import respondent_page, show_notice
from survey.answering.speaking import own_languages
from survey.followup.digests import (
    UnknownStopError,
    find_stopper,
    stop_digests,
    wants_digests,
)


@respondent_page
@require_http_methods(["GET", "HEAD", "POST"])
def stop_digest(request: HttpRequest, token: str) -> HttpResponse:
    """Say whether the monthly page comes; change that when somebody says so."""
    try:
        user = find_stopper(token=token)
    except UnknownStopError:
        return show_notice(request, _write_unknown())
    if request.method == "POST":
        stop_digests(user=user, is_stopped="again" not in request.POST)
    context = {"is_wanted": wants_digests(user=user), "own_languages": own_languages()}
    return render(request, "answering/digest/stop.html", context)


def _write_unknown() -> Notice:
    return Notice(
        status=HTTPStatus.NOT_FOUND,
        title=_("We don’t know this link"),
        sentences=(
            _(
                "Part of it may have been lost on the way: open the letter again and use the whole "
                "link."
            ),
            _("Once you have logged in, your first page stops the monthly letter too."),
        ),
    )
