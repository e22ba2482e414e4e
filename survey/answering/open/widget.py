"""The page of an open link in a frame on somebody else's site, where that site is allowed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import NONE
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from survey.answering.open.asking import READ_AND_SEND, SITE, ask_openly, open_page
from survey.answering.open.views import thank_openly
from survey.campaigns.collectors import list_sites


def framed(view: Callable[..., HttpResponse]) -> Callable[[HttpRequest, str], HttpResponse]:
    """Let the sites of a link, and nobody else, show a view in a frame."""

    @wraps(view)
    def serve(request: HttpRequest, code: str) -> HttpResponse:
        sites = list_sites(code=code)
        response: Any = view(request, code, sites=sites)
        response._csp_replace = {"frame-ancestors": list(sites) or [NONE]}
        response.xframe_options_exempt = bool(sites)
        found: HttpResponse = response
        return found

    return serve


@framed
@open_page
@require_http_methods(READ_AND_SEND)
def ask(request: HttpRequest, code: str, *, sites: tuple[str, ...]) -> HttpResponse:
    """Ask in a frame; take the answers in when they are sent."""
    return ask_openly(request, SITE, code, sites=sites)


@framed
@open_page
@require_safe
def thanks(request: HttpRequest, code: str, *, sites: tuple[str, ...]) -> HttpResponse:
    """Thank in the frame, and say what happens next."""
    return thank_openly(request, code, "answering/open/widget_thanks.html", sites=sites)
