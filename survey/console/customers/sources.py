"""Systems that report contacts by signed webhook: made, tried, rotated, switched."""

import json
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from survey.campaigns.hooks import sample_row, secret_of
from survey.campaigns.models import ContactSource
from survey.campaigns.services.hooks import (
    NotJsonError,
    NotSignedError,
    create_source,
    rotate_secret,
    switch_source,
    try_source,
)
from survey.campaigns.services.interactions import Receipt
from survey.campaigns.services.reports import Outcome
from survey.console.access import posted, staff_only
from survey.console.customers.forms import SourceForm, TryForm
from survey.console.customers.words import say_outcome, say_outcomes
from survey.console.filling import show_form
from survey.organization.models import Team


@staff_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_source(request: HttpRequest) -> HttpResponse:
    """Let another system report contacts, and show its secret this once."""
    form = SourceForm(posted(request))
    if form.is_valid():
        made = create_source(
            code=form.code,
            name=form.cleaned_data["name"],
            campaign=form.cleaned_data["campaign"],
            fields=form.places,
        )
        return _show_secret(request, made)
    return show_form(request, "console/customers/new_source.html", {"form": form})


@staff_only
@require_safe
def source(request: HttpRequest, code: str) -> HttpResponse:
    """Show where a system sends to, what its fields mean and what came in last."""
    found = get_object_or_404(ContactSource, code=code)
    form = TryForm(initial={"sample": _sample(found, timezone.localtime())})
    return _show(request, found, form)


@staff_only
@require_POST
def try_it(request: HttpRequest, code: str) -> HttpResponse:
    """Sign a sample as the system would, receive it in earnest, and undo what it did."""
    found = get_object_or_404(ContactSource, code=code)
    form = TryForm(request.POST)
    results: list[str] = []
    if form.is_valid():
        try:
            body = form.cleaned_data["sample"].encode()
            outcomes = try_source(source_id=found.pk, body=body, now=timezone.now())
            results = [_say(outcome) for outcome in outcomes]
        except NotSignedError:
            message = _("This system is switched off: switch it on to try it.")
            form.add_error("sample", message)
        except NotJsonError as error:
            form.add_error("sample", str(error))
    return _show(request, found, form, results)


@staff_only
@never_cache
@require_POST
def rotate(request: HttpRequest, code: str) -> HttpResponse:
    """Give a system a new secret and show it this once; the old one stops working now."""
    found = get_object_or_404(ContactSource, code=code)
    return _show_secret(request, rotate_secret(source_id=found.pk))


@staff_only
@require_POST
def switch(request: HttpRequest, code: str) -> HttpResponse:
    """Listen to a system, or listen no more."""
    found = get_object_or_404(ContactSource, code=code)
    switch_source(source_id=found.pk, is_active=not found.is_active)
    off = _("Switched off. What it sends is refused.")
    messages.success(request, off if found.is_active else _("Switched on."))
    return redirect("console:customers:source", code)


def _show(
    request: HttpRequest, found: ContactSource, form: TryForm, results: list[str] | None = None
) -> HttpResponse:
    last = found.last_result
    context = {
        "source": found,
        "url": _url(found),
        "places": sorted(found.fields.items()),
        "form": form,
        "results": results or [],
        "last": say_outcomes(last.get("reasons", {})),
        "n_repeats": last.get("n_repeats", 0),
        "problems": last.get("problems", []),
    }
    return show_form(request, "console/customers/source.html", context)


def _show_secret(request: HttpRequest, found: ContactSource) -> HttpResponse:
    context = {"source": found, "url": _url(found), "secret": secret_of(found)}
    return render(request, "console/customers/secret.html", context)


def _url(found: ContactSource) -> str:
    return f"{settings.BASE_URL}/api/v1/hooks/{found.code}/"


def _sample(found: ContactSource, now: datetime) -> str:
    team = Team.objects.filter(children__isnull=True).order_by("code").first()
    row = sample_row(found, team_code=team.code if team else "", now=now)
    return json.dumps(row, indent=2, ensure_ascii=False)


def _say(outcome: Outcome) -> str:
    """Return in one sentence what would become of one contact."""
    if isinstance(outcome, Receipt):
        said = _("Understood. Such customers %(what)s.") % {"what": say_outcome(outcome.reason)}
        if not outcome.ignored:
            return said
        unsaid = _("The name of who served them is not kept: this campaign’s pages may not say it.")
        return f"{said} {unsaid}"
    row = _("The row")
    return " ".join(f"{problem.field or row}: {problem.message}" for problem in outcome)
