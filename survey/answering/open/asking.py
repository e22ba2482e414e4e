"""What both open pages do: ask with a fresh nonce, take in once, keep nothing of anybody."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from survey.answering.open.notices import write_open_notice
from survey.answering.promises import who_sees
from survey.answering.respondents import respondent_page
from survey.answering.senders import read_sender
from survey.answering.values import posted_values
from survey.campaigns.collectors import OpenLink, get_open_link
from survey.campaigns.nonces import StaleNonceError, make_nonce
from survey.campaigns.selectors import LinkNotOpenError, UnknownLinkError, content_of
from survey.questionnaires.answers import AnswerError, ReadAnswers, read_answers
from survey.questionnaires.content import QuestionnaireContent
from survey.questionnaires.pages import build_page
from survey.responses.services import NonceUsedError, submit_open_response

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

NONCE = "open.nonce"  # no item has a code like this
TOO_OLD = AnswerError("", "stale", "This page was open for too long")


@dataclass(frozen=True, slots=True)
class Asking:
    """An open link that is asked at, in a language."""

    link: OpenLink
    content: QuestionnaireContent
    language: str
    now: datetime


def open_page(view: View[P]) -> View[P]:
    """Serve a view to whoever comes along, with a kind word where it takes no answers."""

    @wraps(view)
    def serve(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (UnknownLinkError, LinkNotOpenError) as refusal:
            notice = write_open_notice(refusal)
            context = {"notice": notice}
            return render(request, "answering/notice.html", context, status=notice.status)

    return respondent_page(cast("View[P]", serve))


def find_asking(request: HttpRequest, *, code: str, kind: str, now: datetime) -> Asking:
    """Return what a page of an open link asks, or raise why it does not."""
    link = get_open_link(code=code, kind=kind, now=now)
    language = request.GET.get("lang") or (link.letter.language if link.letter else "")
    return Asking(link, content_of(wave=link.wave), language, now)


def take_in(request: HttpRequest, asking: Asking) -> ReadAnswers:
    """Take a sent page in, once; what comes back has errors where nothing was taken."""
    posted = posted_values(request.POST)
    nonce = posted.pop(NONCE, "")
    answers = read_answers(content=asking.content, posted=posted)
    if answers.errors:
        return answers
    try:
        with suppress(NonceUsedError):  # what was sent first counts; the page is the same
            submit_open_response(
                link=asking.link, nonce=str(nonce), answers=answers, now=asking.now
            )
    except StaleNonceError:
        return ReadAnswers({}, {}, {}, (TOO_OLD,))
    return answers


def show_questions(
    request: HttpRequest, asking: Asking, template: str, *, read: ReadAnswers | None = None
) -> HttpResponse:
    """Ask, or ask again with what was answered and what is wrong with it."""
    link, errors = asking.link, read.errors if read else ()
    values = posted_values(request.POST) if read else None
    wrong = [error for error in errors if error is not TOO_OLD]
    page = build_page(asking.content, asking.language, values=values, errors=wrong)
    context = {
        "page": page,
        "team": link.group.name,
        "sender": read_sender(link.letter),
        "promise": who_sees(link, asking.content),
        "nonce_name": NONCE,
        "nonce": make_nonce(code=link.collector.code, now=asking.now),
        "code": link.collector.code,
        "is_stale": TOO_OLD in errors,
    }
    return render(request, template, context, status=422 if errors else 200)
