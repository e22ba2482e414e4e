"""The pages on which somebody writes back: all drafts, one of them, its preview, and the press."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from survey.core.timestamps import local_date
from survey.dashboards.access import Reader
from survey.dashboards.playbacks.access import MAY_WRITE_BACK, find_playback, refuse_trying
from survey.dashboards.playbacks.acting import (
    RAISE,
    REMOVE,
    apply_form,
    build_forms,
    move_part,
)
from survey.dashboards.playbacks.pages import build_playback_list, build_playback_page
from survey.dashboards.requests import open_to
from survey.followup.heard import build_heard_page
from survey.followup.models import PlaybackState
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
        return render(request, "dashboards/playbacks/published.html", {"page": page})
    data = request.POST if done else None
    forms = build_forms(found, page, done=done, data=data, today=local_date(now))
    sent = forms.get(done)
    if done in (REMOVE, RAISE) or (sent is not None and sent.is_valid()):
        try:
            if sent is None:
                move_part(done, request.POST.get("part", ""), playback=found)
            else:
                apply_form(done, sent, playback=found, by=reader.user, now=now)
        except (PublishedError, ForeignPartError):
            messages.warning(request, _("Somebody else has changed this meanwhile. Look again."))
        else:
            messages.success(request, _("Saved. Nobody outside has seen it yet."))
        return redirect("dashboards:playback", playback_id)
    translated = [(one, forms.get(f"translate-{one.code}")) for one in page.languages]
    context = {
        "page": page,
        "forms": forms,
        "form": sent,
        "translated": [pair for pair in translated if pair[1] is not None],
    }
    status = 422 if sent is not None and sent.errors else 200
    return render(request, "dashboards/playbacks/page.html", context, status=status)


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
        except UnfinishedError:
            messages.warning(request, _("Something is still missing: it says so below."))
        except PlaybackChangedError:
            messages.warning(request, _("Somebody else has changed this meanwhile. Look again."))
        else:
            messages.success(request, _("Published. The letters go out within minutes."))
        return redirect("dashboards:playback", playback_id)
    context = {
        "seen": see_playback(found),
        "page": build_playback_page(playback=found, today=local_date(now)),
    }
    return render(request, "dashboards/playbacks/publish.html", context)
