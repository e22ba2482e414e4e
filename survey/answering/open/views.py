"""The page behind a code on the wall. Reading it never writes anything; only Send does."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from survey.answering.open.asking import find_asking, open_page, show_questions, take_in
from survey.answering.promises import next_steps
from survey.answering.senders import read_sender
from survey.campaigns.collectors import OpenLink, find_collector
from survey.campaigns.models import CollectorKind
from survey.campaigns.selectors import find_letter

READ_AND_SEND = ["GET", "HEAD", "POST"]


@open_page
@require_http_methods(READ_AND_SEND)
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Ask whoever has scanned a code; take the answers in when they are sent."""
    asking = find_asking(request, code=code, kind=CollectorKind.QR, now=timezone.now())
    if request.method != "POST":
        return show_questions(request, asking, "answering/open/ask.html")
    read = take_in(request, asking)
    if read.errors:
        return show_questions(request, asking, "answering/open/ask.html", read=read)
    return redirect("answering:open_thanks", code=code)


@open_page
@require_safe
def thanks(request: HttpRequest, code: str) -> HttpResponse:
    """Thank, and say what happens next."""
    found = find_collector(code=code)
    wave, letter = found.wave, find_letter(wave=found.wave)
    steps = next_steps(OpenLink(found, wave, found.group, wave.campaign, letter))
    return render(request, "answering/thanks.html", {"sender": read_sender(letter), "steps": steps})
