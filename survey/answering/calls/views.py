"""The pages on which somebody asks to be called, and says whether it was put right.

Reading one never writes anything.
"""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from survey.answering.call_forms import CallForm, new_key, read_call
from survey.answering.call_taking import calls_too_fast, take_call
from survey.answering.call_telling import forget_time, hand_time_over, take_time
from survey.answering.calls.checking import build_called_page, find_called, take_word
from survey.answering.calls.wording import say_within
from survey.answering.keeping import Asked
from survey.answering.notices import write_patience
from survey.answering.open.asking import open_page
from survey.answering.respondents import respondent_page, show_notice
from survey.answering.speaking import asked_language
from survey.answering.values import posted_values
from survey.campaigns.collectors import get_open_link
from survey.campaigns.models import CollectorKind
from survey.campaigns.selectors import get_link
from survey.questionnaires.languages import speak
from survey.questionnaires.models import Audience

READ_AND_SEND = ["GET", "HEAD", "POST"]


@respondent_page
@require_http_methods(READ_AND_SEND)
def call(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for a call behind a person's link, also once it is spent."""
    now = timezone.now()
    return _ask(request, get_link(token=token, now=now), now)


@open_page
@require_http_methods(READ_AND_SEND)
def open_call(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for a call behind a code on the wall; no device of many asks for one."""
    now = timezone.now()
    return _ask(request, get_open_link(code=code, kind=CollectorKind.QR, now=now), now)


@respondent_page
@require_http_methods(READ_AND_SEND)
def called(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask whoever was called whether it was put right; take their word once."""
    now = timezone.now()
    callback = find_called(key=key)
    if request.method == "POST" and callback is not None:
        take_word(callback, said=request.POST.get("say", ""), words=request.POST, now=now)
        return redirect(request.get_full_path())
    page = build_called_page(callback)
    return render(request, "answering/calls/called.html", {"page": page}, status=page.status)


def _ask(request: HttpRequest, link: Asked, now: datetime) -> HttpResponse:
    language = asked_language(request, letter=link.letter)
    if request.method != "POST":
        return _show(request, link, language, CallForm(key=new_key()))
    if calls_too_fast(path=request.path, now=now):
        return show_notice(request, write_patience())
    form = read_call(posted_values(request.POST), must_ask=True)
    if not take_call(form=form, link=link, language=language, now=now):
        return _show(request, link, language, form)
    told = {"asked": "1", "lang": request.GET.get("lang", "")}
    query = urlencode({name: value for name, value in told.items() if value})
    response = HttpResponseRedirect(f"{request.path}?{query}")
    hand_time_over(response, form=form, address=request.path)
    return response


def _show(request: HttpRequest, link: Asked, language: str, form: CallForm) -> HttpResponse:
    audience = link.campaign.audience
    with speak(language):
        context = {
            "form": form,
            "is_asked": "asked" in request.GET and not form.errors,
            "call_time": take_time(request),
            "within": say_within(audience),
            "is_for_customers": audience == Audience.CUSTOMER,
        }
        status = 422 if form.errors else 200
        response = render(request, "answering/calls/call.html", context, status=status)
    forget_time(request, response)
    return response
