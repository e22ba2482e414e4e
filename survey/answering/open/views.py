"""The page behind a code on the wall. Reading it never writes anything; only Send does."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from survey.answering.call_taking import call_address
from survey.answering.call_telling import forget_time, take_time
from survey.answering.last_time import find_last_time
from survey.answering.open.asking import READ_AND_SEND, WALL, ask_openly, frame_of, open_page
from survey.answering.promises import next_steps
from survey.answering.returning import forget_way_back, take_way_back
from survey.answering.senders import read_sender
from survey.answering.speaking import asked_language
from survey.campaigns.collectors import OpenLink, find_collector
from survey.campaigns.selectors import find_letter
from survey.core.timestamps import local_date
from survey.questionnaires.languages import speak


@open_page
@require_http_methods(READ_AND_SEND)
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Ask whoever has scanned a code; take the answers in when they are sent."""
    return ask_openly(request, WALL, code)


@open_page
@require_safe
def thanks(request: HttpRequest, code: str) -> HttpResponse:
    """Thank, and say what happens next."""
    return thank_openly(request, code, "answering/thanks.html", offers_calls=True)


def thank_openly(
    request: HttpRequest,
    code: str,
    template: str,
    *,
    sites: Sequence[str] = (),
    offers_calls: bool = False,
) -> HttpResponse:
    """Thank whoever answered at an open link, in the language of the questions."""
    found = find_collector(code=code)
    wave, letter = found.wave, find_letter(wave=found.wave)
    language = asked_language(request, letter=letter)
    link = OpenLink(found, wave, found.group, wave.campaign, letter)
    with speak(language):
        context = {
            "sender": read_sender(letter, language),
            "steps": next_steps(link),
            "last_time": find_last_time(link=link, today=local_date(timezone.now())),
            "code": code,
            "site": frame_of(request, sites),
            "call_url": call_address(request, "answering:open_call", code) if offers_calls else "",
            "is_called": "called" in request.GET,
            "call_time": take_time(request),
            "way_back": take_way_back(request, language=language),
        }
        response = render(request, template, context)
    forget_way_back(request, response)
    forget_time(request, response)
    return response
