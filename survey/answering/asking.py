"""What the real page and the one that is only tried out have in common."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from survey.answering.promises import who_sees
from survey.answering.senders import read_sender
from survey.answering.speaking import asked_language
from survey.answering.values import posted_values
from survey.campaigns.occasions import circumstances_of
from survey.campaigns.selectors import Link, content_of
from survey.questionnaires.answers import ReadAnswers
from survey.questionnaires.content import QuestionnaireContent
from survey.questionnaires.languages import speak
from survey.questionnaires.models import Audience
from survey.questionnaires.pages import Page
from survey.questionnaires.turns import begin, take_turn


@dataclass(frozen=True, slots=True)
class Stage:
    """Where somebody stands: before a page, or done with answers (None: nothing to take in)."""

    content: QuestionnaireContent
    language: str
    page: Page | None = None
    answers: ReadAnswers | None = None


def go_on(request: HttpRequest, link: Link, *, now: datetime, token: str = "") -> Stage:
    """Read what was sent, if anything was, and return what comes next."""
    content = content_of(wave=link.wave)
    language = asked_language(request, letter=link.letter)
    known = circumstances_of(link=link, content=content, now=now, token=token)
    if request.method != "POST":
        page = begin(content, language, circumstances=known, preselected=request.GET.get("a"))
        return Stage(content, page.language, page)
    turn = take_turn(content, posted_values(request.POST), language, circumstances=known)
    return Stage(content, turn.language, turn.page, turn.answers)


def show_page(
    request: HttpRequest,
    link: Link,
    stage: Stage,
    page: Page,
    *,
    template: str,
    more: Mapping[str, object],
    group: str = "",
) -> HttpResponse:
    """Show a page of questions in its language; the group by its own name, or as is said."""
    with speak(page.language):
        context = {
            "page": page,
            "sender": read_sender(link.letter, page.language),
            "is_inside": link.campaign.audience != Audience.CUSTOMER,
            "promise": who_sees(link, stage.content, group=group),
            **more,
        }
        status = 422 if page.errors else 200
        response = render(request, template, context, status=status)
    response["Content-Language"] = page.language
    return response
