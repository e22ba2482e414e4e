"""What every respondent's page keeps to: no cookie, no cache, no trace, a kind word for an error.

The token in the address is the secret and stands in no cookie, so a forged request cannot carry it
and CSRF protection would only cost people a cookie.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from csp.decorators import csp
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters

from survey.answering.notices import Notice, write_notice, write_patience, write_sending_again
from survey.answering.pacing import is_too_fast
from survey.answering.policies import POLICY
from survey.answering.speaking import asked_language
from survey.campaigns.selectors import LinkNotOpenError, UnknownLinkError
from survey.questionnaires.languages import speak
from survey.responses.services import HeldError

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


def show_notice(request: HttpRequest, notice: Notice) -> HttpResponse:
    """Show a page of a few kind sentences."""
    return render(request, "answering/notice.html", {"notice": notice}, status=notice.status)


def _answer(view: View[P], request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
    try:
        return view(request, *args, **kwargs)
    except (UnknownLinkError, LinkNotOpenError) as refusal:
        return show_notice(request, write_notice(refusal))
    except HeldError:
        return _ask_for_patience(request, write_sending_again())


def _slow_down(request: HttpRequest) -> HttpResponse | None:
    """Ask for patience where something sends to a link faster than hands can."""
    if request.method != "POST" or not is_too_fast(address=request.path, now=timezone.now()):
        return None
    return _ask_for_patience(request, write_patience())


def _ask_for_patience(request: HttpRequest, notice: Notice) -> HttpResponse:
    response = show_notice(request, notice)
    response["Retry-After"] = "60"
    return response


def respondent_page(view: View[P]) -> View[P]:
    """Serve a view to respondents."""

    @wraps(view)
    def serve(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        with speak(asked_language(request, letter=None)):
            response = _slow_down(request) or _answer(view, request, *args, **kwargs)
            response.setdefault("Content-Language", get_language())
        for name, value in HEADERS.items():
            response[name] = value
        response._has_been_logged = True  # type: ignore[attr-defined]  # Django logs the address
        return response

    return cast("View[P]", csrf_exempt(csp(POLICY)(sensitive_post_parameters()(serve))))
