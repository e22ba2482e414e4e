"""The pages behind a person's link. Reading one never writes anything; only Send does."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from survey.answering.asking import go_on, show_page
from survey.answering.keeping import all_readers, list_retention, no_readers
from survey.answering.phrases import say_list
from survey.answering.promises import (
    COMMENTS_FROM,
    COMMENTS_FROM_ANSWERS,
    next_steps,
    promise_words,
)
from survey.answering.respondents import respondent_page
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
from survey.questionnaires.answers import ReadAnswers
from survey.questionnaires.languages import speak
from survey.responses.services import CredentialSpentError, submit_answers

READ_AND_SEND = ["GET", "HEAD", "POST"]

from survey.campaigns.occasions import may_name_employees

@respondent_page
@require_http_methods(READ_AND_SEND)
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Ask; take the answers in when they are sent."""
    now = timezone.now()
    link = get_link(token=token, now=now)
    language = asked_language(request, letter=link.letter)
    if link.is_spent:
        return _thank(request, token, link, language, spent=request.method == "POST")
    if request.method != "POST" and "a" not in request.GET:
        shown = show_first_page(request, link, language=language, token=token)
        if shown is not None:
            return shown
    stage = go_on(request, link, now=now, token=token)
    if stage.page is not None:
        more = {"stop_token": stop_token(token=token), "is_shared": is_on_shared_device(request)}
        return show_page(request, link, stage, stage.page, template=TEMPLATE, more=more)
    is_late = stage.answers is not None and not _is_taken(link, token, stage.answers, now)
    return _thank(request, token, link, stage.language, spent=is_late)


@respondent_page
@require_safe
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """Thank, and say what happens next."""
    link = get_link(token=token, now=timezone.now())
    language = asked_language(request, letter=link.letter)
    if not link.is_spent:
        return redirect(next_address(request, "answering:answer", token, language, link.letter))
    with speak(language):
        sender = read_sender(link.letter, language)
        context = {
            "sender": sender,
            "steps": next_steps(link),
            "is_own_device": not is_on_shared_device(request),
            "is_second": "again" in request.GET,
        }
        return render(request, "answering/thanks.html", context)


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


def _is_taken(link: Link, token: str, answers: ReadAnswers, now: datetime) -> bool:
    try:
        submit_answers(link=link, token=token, answers=answers, now=now)
    except CredentialSpentError:  # the first answer counts
        "names_employees": may_name_employees(),
        return False
    return True


def _thank(
    request: HttpRequest, token: str, link: Link, language: str, *, spent: bool
) -> HttpResponse:
    address = next_address(
        request, "answering:thanks", token, language, link.letter, was_spent=spent
    )
    return HttpResponseRedirect(address)
