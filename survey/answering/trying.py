"""The pages behind the links of a letter to oneself: as respondents see them, and nothing is kept.

Whoever holds such a link sees the questions of one draft for some days, without logging in.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from survey.answering.promises import next_steps, who_sees
from survey.answering.respondents import respondent_page
from survey.answering.senders import read_sender
from survey.answering.speaking import asked_language
from survey.answering.stopping import build_stop_page
from survey.answering.values import posted_values
from survey.campaigns.occasions import circumstances_of
from survey.campaigns.selectors import Link, content_of
from survey.campaigns.standing import Standing
from survey.campaigns.trial_links import get_trial_link
from survey.core.timestamps import local_date
from survey.questionnaires.content import QuestionnaireContent
from survey.questionnaires.languages import speak
from survey.questionnaires.models import Audience
from survey.questionnaires.pages import Page
from survey.questionnaires.turns import begin, take_turn

READ_AND_SEND = ["GET", "HEAD", "POST"]


@respondent_page
@require_http_methods(READ_AND_SEND)
def try_out(request: HttpRequest, token: str) -> HttpResponse:
    """Ask as the real page does; what is sent is read, answered and forgotten."""
    now = timezone.now()
    link = get_trial_link(token=token, now=now)
    content = content_of(wave=link.wave)
    language = asked_language(request, letter=link.letter)
    known = circumstances_of(link=link, content=content, now=now)
    if request.method != "POST":
        page = begin(content, language, circumstances=known, preselected=request.GET.get("a"))
        return _show(request, token, link, content, page)
    turn = take_turn(content, posted_values(request.POST), language, circumstances=known)
    if turn.page is not None:
        return _show(request, token, link, content, turn.page)
    with speak(turn.language):
        sender = read_sender(link.letter, turn.language)
        context = {"sender": sender, "steps": next_steps(link), "token": token}
        return render(request, "answering/trying/thanks.html", context)


@respondent_page
@require_http_methods(READ_AND_SEND)
def try_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Show the page behind the way out, as somebody sees it who was asked once; stop nothing."""
    now = timezone.now()
    get_trial_link(token=token, now=now)
    standing = Standing(has_address=True, asked_dates=(local_date(now),))
    return render(
        request, "answering/trying/stop.html", {"page": build_stop_page(standing=standing)}
    )


def _show(
    request: HttpRequest, token: str, link: Link, content: QuestionnaireContent, page: Page
) -> HttpResponse:
    with speak(page.language):
        context = {
            "page": page,
            "sender": read_sender(link.letter, page.language),
            "is_inside": link.campaign.audience != Audience.CUSTOMER,
            "promise": who_sees(link, content),
            "token": token,
        }
        status = 422 if page.errors else 200
        response = render(request, "answering/trying/answer.html", context, status=status)
    response["Content-Language"] = page.language
    return response
