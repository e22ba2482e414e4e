"""The pages of promises: all of them, a new one, and one with its history."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from survey.core.timestamps import local_date
from survey.dashboards.access import Reader, refuse_trying
from survey.dashboards.promises.access import MAY_PROMISE, find_commitment, may_change
from survey.dashboards.promises.acting import apply_form, build_forms, keep_typed
from survey.dashboards.promises.making import build_form, save_promise
from survey.dashboards.promises.pages import build_promise_list, build_promise_page
from survey.dashboards.requests import open_to
from survey.dashboards.unsent import tell_unsent
from survey.followup.models import Commitment
from survey.followup.promising import CommitmentSettledError

FORM = ["GET", "HEAD", "POST"]


@require_safe
@open_to(MAY_PROMISE)
def promises(request: HttpRequest, reader: Reader) -> HttpResponse:
    """List what was promised, and how it stands."""
    today = local_date(timezone.now())
    page = build_promise_list(reader=reader, wanted=request.GET, today=today)
    return render(request, "dashboards/promises/list.html", {"page": page})


@require_http_methods(FORM)
@open_to(MAY_PROMISE)
def new_promise(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Promise something, or say no and why."""
    now = timezone.now()
    data = request.POST if request.method == "POST" else None
    form = build_form(reader, data, wanted=request.GET, today=local_date(now))
    if data is not None:
        refuse_trying(reader)
        if form.is_valid():
            made = save_promise(reader=reader, form=form, now=now)
            messages.success(request, _("It is written down, for everybody it is made to."))
            return redirect("dashboards:promise", made.key)
    status = 422 if form.errors else 200
    return render(request, "dashboards/promises/new.html", {"form": form}, status=status)


@require_http_methods(FORM)
@open_to(MAY_PROMISE)
def promise(request: HttpRequest, reader: Reader, key: UUID) -> HttpResponse:
    """Show a promise with its history, and say how it stands."""
    now = timezone.now()
    commitment = find_commitment(reader, key)
    done = request.POST.get("do", "")
    if request.method == "POST":
        refuse_trying(reader)
    data = request.POST if done and may_change(reader, commitment) else None
    forms = build_forms(commitment, done=done, data=data, today=local_date(now))
    sent = forms.get(done)
    if sent is not None and sent.is_valid():
        return _apply(request, reader, commitment, done, sent, now)
    typed = keep_typed(forms, request.POST, done=done)
    context = {"forms": forms, "form": sent, "typed": typed}
    return _show(request, reader, commitment, context, now)


def _apply(
    request: HttpRequest,
    reader: Reader,
    commitment: Commitment,
    done: str,
    sent: Form,
    now: datetime,
) -> HttpResponse:
    """Do what was sent in; what was typed beside it stands there again."""
    key = commitment.key
    try:
        apply_form(done, sent, commitment=commitment, by=reader.user, now=now)
    except CommitmentSettledError:
        messages.warning(request, _("Somebody else has just said how it stands."))
        return redirect("dashboards:promise", key)
    messages.success(request, _("It is written down, and stands in its history."))
    changed = find_commitment(reader, key)
    forms = build_forms(changed, done="", data=None, today=local_date(now))
    typed = keep_typed(forms, request.POST, done=done)
    if not typed:
        return redirect("dashboards:promise", key)
    tell_unsent(request)
    return _show(request, reader, changed, {"forms": forms, "typed": typed}, now)


def _show(
    request: HttpRequest,
    reader: Reader,
    commitment: Commitment,
    context: dict[str, Any],
    now: datetime,
) -> HttpResponse:
    page = build_promise_page(reader=reader, commitment=commitment, today=local_date(now))
    form = context.get("form")
    status = 422 if form is not None and form.errors else 200
    return render(
        request, "dashboards/promises/page.html", {"page": page, **context}, status=status
    )
