"""The pages on which somebody writes back: all drafts, one of them, its preview, and the press."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from survey.core.timestamps import local_date
from survey.dashboards.access import Reader, refuse_trying
from survey.dashboards.playbacks.access import MAY_WRITE_BACK, find_playback
from survey.dashboards.playbacks.acting import (
    HAND,
    LOOK,
    PUBLISH,
    TRANSLATE,
    apply_forms,
    build_forms,
    filled_forms,
)
from survey.dashboards.playbacks.pages import PlaybackPage, build_playback_list, build_playback_page
from survey.dashboards.requests import open_to
from survey.followup.heard import build_heard_page
from survey.followup.lettering import count_reached
from survey.followup.models import Playback, PlaybackState
from survey.followup.promising import DayPassedError
from survey.followup.publishing import (
    ForeignPartError,
    PublishedError,
    UnfinishedError,
    publish_playback,
)
from survey.followup.seen import PlaybackChangedError, see_playback
from survey.questionnaires.languages import speak

FORM = ["GET", "HEAD", "POST"]


@require_safe
@open_to(MAY_WRITE_BACK)
def playbacks(request: HttpRequest, reader: Reader) -> HttpResponse:
    """List what waits to be written, and what was published."""
    page = build_playback_list(reader=reader, today=local_date(timezone.now()))
    return render(request, "dashboards/playbacks/list.html", {"page": page})


@require_http_methods(FORM)
@open_to(MAY_WRITE_BACK)
def playback(request: HttpRequest, reader: Reader, playback_id: int) -> HttpResponse:
    """Write, arrange and translate a draft; what was published is only read."""
    now = timezone.now()
    found = find_playback(reader, playback_id)
    done = request.POST.get("do", "")
    if request.method == "POST":
        refuse_trying(reader)
    page = build_playback_page(playback=found, today=local_date(now))
    if found.state == PlaybackState.PUBLISHED:
        return _show_published(request, found, page, now)
    data = request.POST if request.method == "POST" else None
    forms = build_forms(found, page, done=done, data=data, today=local_date(now))
    filled = filled_forms(forms, done=done, playback=found)
    wrong = [form for form in filled.values() if not form.is_valid()]
    if data is not None and not wrong:
        try:
            apply_forms(filled, done=done, playback=found, by=reader.user, now=now)
        except (PublishedError, ForeignPartError):
            messages.warning(request, _("Somebody else has changed this meanwhile. Look again."))
            return redirect("dashboards:playback", playback_id)
        return _go_on(request, found, done)
    translated = [(one, forms.get(f"{TRANSLATE}{one.code}")) for one in page.languages]
    context = {
        "page": page,
        "forms": forms,
        "wrong": wrong,
        "translated": [pair for pair in translated if pair[1] is not None],
        "is_trying": reader.seen_as is not None,
    }
    status = 422 if wrong else 200
    return render(request, "dashboards/playbacks/page.html", context, status=status)


def _show_published(
    request: HttpRequest, playback: Playback, page: PlaybackPage, now: datetime
) -> HttpResponse:
    n_waiting = 0 if page.row.is_lettered else count_reached(playback, now=now)
    context = {"page": page, "n_waiting": n_waiting}
    return render(request, "dashboards/playbacks/published.html", context)


def _go_on(request: HttpRequest, playback: Playback, done: str) -> HttpResponse:
    """Lead on to where a press led, once all is saved; whoever handed it over may have lost it."""
    if done == PUBLISH:
        return redirect("dashboards:playback-publish", playback.pk)
    if done.startswith(LOOK):
        address = reverse("dashboards:playback-preview", args=[playback.pk])
        return redirect(f"{address}?{urlencode({'lang': done.removeprefix(LOOK)})}")
    messages.success(request, _("Saved. Nobody outside has seen it yet."))
    if done == HAND:
        return redirect("dashboards:playbacks")
    return redirect("dashboards:playback", playback.pk)


@require_safe
@open_to(MAY_WRITE_BACK)
def preview(request: HttpRequest, reader: Reader, playback_id: int) -> HttpResponse:
    """Show a playback as everybody will see it, in one language."""
    found = find_playback(reader, playback_id)
    language = request.GET.get("lang") or get_language()
    with speak(language):
        page = build_heard_page(
            playback=found,
            audience=found.audience,
            language=language,
            today=local_date(timezone.now()),
        )
        context = {"page": page, "playback": found}
        return render(request, "dashboards/playbacks/preview.html", context)


@require_http_methods(FORM)
@open_to(MAY_WRITE_BACK)
def publish(request: HttpRequest, reader: Reader, playback_id: int) -> HttpResponse:
    """Say once more to whom it goes; publish it when somebody presses."""
    now = timezone.now()
    found = find_playback(reader, playback_id)
    if found.state == PlaybackState.PUBLISHED:
        return redirect("dashboards:playback", playback_id)
    if request.method == "POST":
        refuse_trying(reader)
        try:
            publish_playback(playback_id=playback_id, now=now, seen=request.POST.get("seen", ""))
        except PublishedError:
            messages.info(request, _("Somebody else has just published it."))
        except (UnfinishedError, DayPassedError):
            messages.warning(request, _("Something is still missing: it says so below."))
        except PlaybackChangedError:
            messages.warning(request, _("Somebody else has changed this meanwhile. Look again."))
        else:
            messages.success(request, _say_published(found, now))
        return redirect("dashboards:playback", playback_id)
    context: dict[str, Any] = {
        "seen": see_playback(found),
        "page": build_playback_page(playback=found, today=local_date(now)),
        "n_reached": count_reached(found, now=now),
    }
    return render(request, "dashboards/playbacks/publish.html", context)


def _say_published(playback: Playback, now: datetime) -> str:
    if count_reached(playback, now=now):
        return _("Published. The letters go out within minutes.")
    return _("Published. No letter goes out: nobody who was asked can be written to.")
