"""The pages behind a person's link. Reading one never writes anything; only Send does."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from survey.answering.asking import Stage, go_on, show_page
from survey.answering.call_forms import CallForm, asks_for_call
from survey.answering.call_taking import call_address, calls_too_fast, send_along, take_call
from survey.answering.call_telling import forget_time, hand_time_over, take_time
from survey.answering.keeping import all_readers, list_retention, no_readers
from survey.answering.last_time import find_last_time
from survey.answering.phrases import say_list
from survey.answering.promises import (
    COMMENTS_FROM,
    COMMENTS_FROM_ANSWERS,
    next_steps,
    promise_words,
)
from survey.answering.respondents import respondent_page
from survey.answering.returning import (
    FIELD,
    forget_way_back,
    hand_over,
    key_of_form,
    may_be_answered,
    take_way_back,
)
from survey.answering.senders import read_sender
from survey.answering.sheets import TEMPLATE, show_first_page
from survey.answering.speaking import (
    asked_language,
    is_on_shared_device,
    next_address,
    own_languages,
)
from survey.campaigns.links import stop_token
from survey.campaigns.models.wave import SMALLEST_THRESHOLD
from survey.campaigns.participation import PERCENT_STEP, SMALLEST_SHOWN
from survey.campaigns.selectors import Link, get_link
from survey.core.timestamps import local_date
from survey.questionnaires.languages import speak
from survey.responses.services import CredentialSpentError, submit_answers

READ_AND_SEND = ["GET", "HEAD", "POST"]


@respondent_page
@require_http_methods(READ_AND_SEND)
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Ask; take the answers in when they are sent."""
    now = timezone.now()
    link = get_link(token=token, now=now)
    language = asked_language(request, letter=link.letter)
    if link.is_spent:
        return _thank_again(request, token, link, language, now)
    if request.method != "POST" and "a" not in request.GET:
        shown = show_first_page(request, link, language=language, token=token)
        if shown is not None:
            return shown
    stage = go_on(request, link, now=now, token=token)
    if stage.page is not None:
        more = {"stop_token": stop_token(token=token), **_own(request, link, stage)}
        return show_page(request, link, stage, stage.page, template=TEMPLATE, more=more)
    return _take_in(request, token, link, stage, now)


@respondent_page
@require_safe
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """Thank, and say what happens next."""
    now = timezone.now()
    link = get_link(token=token, now=now)
    language = asked_language(request, letter=link.letter)
    if not link.is_spent:
        return redirect(next_address(request, "answering:answer", token, language, link.letter))
    with speak(language):
        sender = read_sender(link.letter, language)
        context = {
            "sender": sender,
            "steps": next_steps(link),
            "last_time": find_last_time(link=link, today=local_date(now)),
            "is_own_device": not is_on_shared_device(request),
            "call_url": call_address(request, "answering:call", token),
            "is_called": "called" in request.GET,
            "call_time": take_time(request),
            "is_second": "again" in request.GET,
            "way_back": take_way_back(request, language=language),
        }
        response = render(request, "answering/thanks.html", context)
    forget_way_back(request, response)
    forget_time(request, response)
    return response


@respondent_page
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say who sees what, in every survey here."""
    context = {
        "promise": promise_words(SMALLEST_THRESHOLD),
        "threshold": SMALLEST_THRESHOLD,
        "participation_from": SMALLEST_SHOWN,
        "participation_step": PERCENT_STEP,
        "comments_from_answers": COMMENTS_FROM_ANSWERS,
        "comments_from": COMMENTS_FROM,
        "all_readers": say_list(all_readers()),
        "no_readers": say_list(no_readers()),
        "retention": list_retention(),
        "own_languages": own_languages(),
    }
    return render(request, "answering/privacy.html", context)


def _own(request: HttpRequest, link: Link, stage: Stage) -> dict[str, object]:
    """Return what a form carries that is nobody else's, and whether others use this device."""
    is_shared = is_on_shared_device(request)
    key = key_of_form(
        stage.content, wave_id=link.wave.pk, is_shared=is_shared, sent=stage.return_key
    )
    return {"is_shared": is_shared, "return_field": FIELD, "return_key": key}


def _take_in(
    request: HttpRequest, token: str, link: Link, stage: Stage, now: datetime
) -> HttpResponse:
    """Take in what was answered, if anything was, and go on to the thanks."""
    if stage.answers is None:
        return _thank(request, token, link, stage.language, spent=False)
    language, call = stage.language, send_along(stage.call, stage.content, stage.answers.texts)
    key = stage.return_key if may_be_answered(stage.content, stage.answers) else ""
    try:
        is_kept = submit_answers(
            link=link, token=token, answers=stage.answers, now=now, return_key=key
        )
    except CredentialSpentError:  # the first answer counts
        return _thank(request, token, link, language, spent=True)
    is_called = take_call(form=call, link=link, language=language, now=now)
    response = _thank(request, token, link, language, spent=False, is_called=is_called)
    if is_called:
        hand_time_over(response, form=call, address=response.url)
    if is_kept:
        hand_over(response, key=key, address=response.url)
    return response


def _thank_again(
    request: HttpRequest, token: str, link: Link, language: str, now: datetime
) -> HttpResponseRedirect:
    """Thank behind a spent link; a form sent once more brings the call that got lost on its way."""
    call = CallForm()
    is_called = False
    if asks_for_call(request.POST) and not calls_too_fast(path=request.path, now=now):
        stage = go_on(request, link, now=now)
        texts = stage.answers.texts if stage.answers else {}
        call = send_along(stage.call, stage.content, texts)
        is_called = take_call(form=call, link=link, language=stage.language, now=now)
    spent = request.method == "POST"
    response = _thank(request, token, link, language, spent=spent, is_called=is_called)
    if is_called:
        hand_time_over(response, form=call, address=response.url)
    return response


def _thank(
    request: HttpRequest,
    token: str,
    link: Link,
    language: str,
    *,
    spent: bool,
    is_called: bool = False,
) -> HttpResponseRedirect:
    address = next_address(
        request,
        "answering:thanks",
        token,
        language,
        link.letter,
        was_spent=spent,
        is_called=is_called,
    )
    return HttpResponseRedirect(address)
