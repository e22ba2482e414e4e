"""When a call suits somebody, told back to them once: kept nowhere, and in no address.

Between sending and the page that confirms it, the time travels in a cookie of that one page.
"""

from urllib.parse import quote, unquote

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from survey.answering.call_forms import TIME, CallForm

COOKIE = "call_time"
SECONDS = 600


def hand_time_over(response: HttpResponse, *, form: CallForm, address: str) -> None:
    """Let the page at an address, and no other, say when the call suits."""
    if form.wish is None or not form.wish.best_time:
        return
    response.set_cookie(
        COOKIE,
        quote(form.wish.best_time),
        max_age=SECONDS,
        path=address.partition("?")[0],
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def take_time(request: HttpRequest) -> str:
    """Return when a call suits, where that was handed over to this page."""
    return unquote(request.COOKIES.get(COOKIE, ""))[: TIME.longest]


def forget_time(request: HttpRequest, response: HttpResponse) -> None:
    """Delete the cookie of this page, now that it has been shown."""
    if COOKIE in request.COOKIES:
        response.delete_cookie(COOKIE, path=request.path, samesite="Strict")
