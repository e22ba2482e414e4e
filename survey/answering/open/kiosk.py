"""A tablet on the counter: one question after the other, then ready for the next person."""

from collections.abc import Callable
from typing import cast

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from survey.answering.notices import say_moment
from survey.answering.open.asking import COUNTER, READ_AND_SEND, ask_openly, open_page
from survey.answering.open.views import thank_openly
from survey.campaigns.collectors import find_collector
from survey.campaigns.models import Collector, CollectorKind
from survey.campaigns.selectors import UnknownLinkError
from survey.campaigns.services import PinLockedError, check_pin

View = Callable[[HttpRequest, str], HttpResponse]

sends_by_script = cast("Callable[[View], View]", csp_update({"connect-src": [SELF]}))


@open_page
@sends_by_script
@require_http_methods(READ_AND_SEND)
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Ask at the counter, one question after the other; take the answers in when they are sent."""
    return ask_openly(request, COUNTER, code)


@open_page
@require_safe
def thanks(request: HttpRequest, code: str) -> HttpResponse:
    """Thank, and start over after some seconds."""
    _find_kiosk(code)
    return thank_openly(request, code, "answering/open/kiosk_thanks.html")


@open_page
@require_http_methods(READ_AND_SEND)
def leave(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for the PIN, and let whoever knows it go on to other pages."""
    kiosk = _find_kiosk(code)
    problem = ""
    if request.method == "POST":
        problem = _try_pin(kiosk, request.POST.get("pin", ""))
        if not problem:
            return render(request, "answering/open/left.html", {"code": code})
    context = {"code": code, "team": kiosk.group.name, "problem": problem}
    return render(request, "answering/open/leave.html", context, status=422 if problem else 200)


def _try_pin(kiosk: Collector, pin: str) -> str:
    """Return what is wrong with a PIN, empty where it is right."""
    try:
        is_right = check_pin(collector_id=kiosk.pk, pin=pin, now=timezone.now())
    except PinLockedError as locked:
        words = _("Too many wrong PINs. Try again after %(moment)s.")
        return words % {"moment": say_moment(locked.until)}
    return "" if is_right else _("That is not the PIN of this tablet.")


def _find_kiosk(code: str) -> Collector:
    collector = find_collector(code=code)
    if collector.kind != CollectorKind.KIOSK:
        raise UnknownLinkError
    return collector
