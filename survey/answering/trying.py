"""The pages behind the links of a letter to oneself: as respondents see them, and nothing is kept.

Whoever holds such a link sees the questions of one draft for some days, without logging in.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from survey.answering.asking import go_on, show_page
from survey.answering.promises import next_steps
from survey.answering.respondents import respondent_page
from survey.answering.senders import read_sender
from survey.answering.stopping import build_stop_page
from survey.campaigns.standing import Standing
from survey.campaigns.trial_links import get_trial_link
from survey.core.timestamps import local_date
from survey.questionnaires.languages import speak

READ_AND_SEND = ["GET", "HEAD", "POST"]


@respondent_page
@require_http_methods(READ_AND_SEND)
def try_out(request: HttpRequest, token: str) -> HttpResponse:
    """Ask as the real page does; what is sent is read, answered and forgotten."""
    now = timezone.now()
    link = get_trial_link(token=token, now=now)
    stage = go_on(request, link, now=now)
    if stage.page is not None:
        template, more = "answering/trying/answer.html", {"token": token}
        return show_page(request, link, stage, stage.page, template=template, more=more)
    with speak(stage.language):
        sender = read_sender(link.letter, stage.language)
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
