"""What the real page and the one that is only tried out have in common."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from survey.answering.call_forms import CallForm, new_key, take_call_fields, with_call_errors
from survey.answering.call_taking import lay_out_block
from survey.answering.promises import who_sees
from survey.answering.returning import take_key
from survey.answering.senders import read_sender
from survey.answering.speaking import asked_language
from survey.answering.values import posted_values
from survey.campaigns.occasions import circumstances_of
from survey.campaigns.selectors import Link, content_of
from survey.questionnaires.answers import AnswerError, ReadAnswers
from survey.questionnaires.content import QuestionnaireContent
from survey.questionnaires.languages import speak
from survey.questionnaires.models import Audience
from survey.questionnaires.pages import Page
from survey.questionnaires.repeating import list_missing, repeat_sections
from survey.questionnaires.turns import Turn, begin, show_again, take_turn


@dataclass(frozen=True, slots=True)
class Stage:
    """Where somebody stands: before a page, or done with answers (None: nothing to take in)."""

    content: QuestionnaireContent
    language: str
    page: Page | None = None
    answers: ReadAnswers | None = None
    return_key: str = ""  # that the form has sent
    call: CallForm = field(default_factory=CallForm)


def questions_behind(link: Link) -> QuestionnaireContent:
    """Return what a link asks: among colleagues everything, once for each team they rate."""
    content = content_of(wave=link.wave)
    if not link.arrows:
        return content
    return repeat_sections(content, [arrow.provider_name for arrow in link.arrows])


def go_on(request: HttpRequest, link: Link, *, now: datetime, token: str = "") -> Stage:
    """Read what was sent, if anything was, and return what comes next."""
    content = questions_behind(link)
    language = asked_language(request, letter=link.letter)
    known = circumstances_of(link=link, content=content, now=now, token=token)
    if request.method != "POST":
        page = begin(content, language, circumstances=known, preselected=request.GET.get("a"))
        return Stage(content, page.language, page, call=CallForm(key=new_key()))
    posted = posted_values(request.POST)
    key = take_key(posted, wave_id=link.wave.pk)
    call = take_call_fields(posted, language)
    turn = take_turn(content, posted, language, circumstances=known)
    missing = _list_missing(link, turn)
    if turn.answers is not None and (call.errors or missing):
        page = show_again(content, posted, turn.language, circumstances=known, errors=missing)
        return Stage(content, page.language, page, return_key=key, call=call)
    return Stage(content, turn.language, turn.page, turn.answers, key, call)


def _list_missing(link: Link, turn: Turn) -> tuple[AnswerError, ...]:
    """Return what is missing where somebody began to rate a team."""
    if turn.answers is None or not link.arrows:
        return ()
    content, n = content_of(wave=link.wave), len(link.arrows)
    return list_missing(content, turn.answers, n, language=turn.language)


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
        page = with_call_errors(page, stage.call)
        context = {
            "page": page,
            "call": lay_out_block(stage.call, link, stage.content),
            "sender": read_sender(link.letter, page.language),
            "is_inside": link.campaign.audience != Audience.CUSTOMER,
            "promise": who_sees(
                link, stage.content, group=group, has_way_back=not more.get("is_shared")
            ),
            **more,
        }
        status = 422 if page.errors else 200
        response = render(request, template, context, status=status)
    response["Content-Language"] = page.language
    return response
