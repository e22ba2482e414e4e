"""The pages of words: all that may be read, and what was hidden, to be brought back."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from survey.aggregation.models import ReleasedComment
from survey.core.timestamps import local_date
from survey.dashboards.access import MAY_READ_TEAMS, Reader, refuse_trying
from survey.dashboards.requests import open_to
from survey.dashboards.words.forms import BringBackForm
from survey.dashboards.words.pages import build_hidden_page, build_words_page, tell_hidden
from survey.dashboards.words.reading import MAY_HIDE, find_hidden
from survey.followup.hiding import show_again


@require_safe
@open_to(MAY_READ_TEAMS)
def all_words(request: HttpRequest, reader: Reader) -> HttpResponse:
    """List what people wrote in all surveys and the reader may read."""
    page = build_words_page(reader=reader, wanted=request.GET, today=local_date(timezone.now()))
    return render(request, "dashboards/words/page.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MAY_HIDE)
def hidden_words(request: HttpRequest, reader: Reader) -> HttpResponse:
    """List what was hidden; ?comment= asks for the form that brings it back."""
    if request.method == "POST":
        refuse_trying(reader)
    named = request.POST if request.method == "POST" else request.GET
    if "comment" in named:
        told = find_hidden(reader, named["comment"])
        return _bring_back(request, reader, told, timezone.now())
    page = build_hidden_page(reader=reader, wanted=request.GET)
    return render(request, "dashboards/words/hidden.html", {"page": page})


def _bring_back(
    request: HttpRequest, reader: Reader, told: ReleasedComment, now: datetime
) -> HttpResponse:
    form = BringBackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        show_again(comment=told.comment, user=reader.user, reason=reason, now=now)
        messages.success(request, _("It can be read again. That you did it, and why, is logged."))
        return redirect("dashboards:hidden-words")
    context = {"form": form, "row": tell_hidden(told)}
    status = 422 if form.errors else 200
    return render(request, "dashboards/words/bring_back.html", context, status=status)
