"""The page of one comment, on which named people answer somebody unnamed."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from survey.aggregation.models import ReleasedComment
from survey.core.timestamps import local_date
from survey.dashboards.access import MAY_READ_TEAMS, Reader
from survey.dashboards.requests import open_to
from survey.dashboards.talk.access import find_told, may_hide, may_talk, refuse_unless
from survey.dashboards.talk.pages import LONGEST_REASON, build_talk_page
from survey.dashboards.unsent import tell_unsent
from survey.followup.conversations import (
    ConversationClosedError,
    NotShownError,
    NoWordsError,
    TooLongError,
    TooManyMessagesError,
    acknowledge,
    reply,
)
from survey.followup.hiding import NoReasonError, hide_comment
from survey.followup.models import Acknowledgement
from survey.followup.refusals import say_refusal

TEXT, REASON = "text", "reason"  # what is typed: an answer, and why the comment is hidden


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MAY_READ_TEAMS)
def talk(request: HttpRequest, reader: Reader, team_code: str, comment_id: UUID) -> HttpResponse:
    """Show a comment with what was said about it; say more, or take it out of sight."""
    now = timezone.now()
    told = find_told(reader, team_code, comment_id)
    if request.method != "POST":
        return _show(request, reader, told, now)
    if request.POST.get("do") == "hide":
        return _hide(request, reader, told, now)
    return _say(request, reader, told, now)


def _say(
    request: HttpRequest, reader: Reader, told: ReleasedComment, now: datetime
) -> HttpResponse:
    refuse_unless(may_talk(reader))
    comment, user, today = told.comment, reader.user, local_date(now)
    typed = _read_typed(request)
    kind, text = request.POST.get("acknowledge", ""), typed[TEXT]
    is_short = kind in Acknowledgement.values
    try:
        if is_short:
            acknowledge(comment=comment, user=user, kind=Acknowledgement(kind), today=today)
        else:
            key = _read_key(request)
            reply(comment=comment, user=user, text=text, today=today, form_key=key)
    except (NoWordsError, TooLongError, TooManyMessagesError, ConversationClosedError) as refusal:
        problem = say_refusal(
            refusal, otherwise=_("Whoever wrote this has ended the conversation.")
        )
        return _show(request, reader, told, now, problem=problem, problem_at=TEXT, **typed)
    except NotShownError:  # hidden meanwhile
        return redirect("dashboards:words")
    messages.success(request, _("It is there, under your name, for whoever wrote this."))
    if not is_short:
        typed[TEXT] = ""
    if not any(map(str.strip, typed.values())):
        return redirect(request.get_full_path())
    tell_unsent(request)
    return _show(request, reader, told, now, **typed)


def _hide(
    request: HttpRequest, reader: Reader, told: ReleasedComment, now: datetime
) -> HttpResponse:
    refuse_unless(may_hide(reader, told))
    typed = _read_typed(request)
    reason, problem = typed[REASON], ""
    if len(reason) > LONGEST_REASON:
        problem = _("Give the reason in at most %(most)s characters.") % {"most": LONGEST_REASON}
    else:
        try:
            hide_comment(comment=told.comment, user=reader.user, reason=reason, now=now)
        except NoReasonError:
            problem = _("Say why it is hidden: that is written down.")
    if problem:
        return _show(request, reader, told, now, problem=problem, problem_at=REASON, **typed)
    messages.success(request, _("It is hidden. That you did it, and why, is in the access log."))
    return redirect("dashboards:words")


def _read_typed(request: HttpRequest) -> dict[str, str]:
    return {at: request.POST.get(at, "").replace("\0", "") for at in (TEXT, REASON)}


def _read_key(request: HttpRequest) -> UUID | None:
    """Return what was drawn with the page that sends; None where that is no key."""
    try:
        return UUID(request.POST.get("form_key", ""))
    except ValueError:
        return None


def _show(
    request: HttpRequest,
    reader: Reader,
    told: ReleasedComment,
    now: datetime,
    **more: str,
) -> HttpResponse:
    query = request.GET.urlencode()
    page = build_talk_page(
        reader=reader,
        told=told,
        today=local_date(now),
        address=f"?{query}" if query else "",
        **more,
    )
    status = 422 if page.problem else 200
    return render(request, "dashboards/talk/page.html", {"page": page}, status=status)
