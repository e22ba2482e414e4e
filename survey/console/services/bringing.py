"""A file of who serves whom: read, shown as a difference, taken in when somebody says so."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from survey.console.access import posted, who_asks
from survey.console.filling import show_form
from survey.console.people.access import hr_only
from survey.console.services.forms import ConfirmForm, ImportForm
from survey.console.services.keeping import NotKeptError, TooMuchToKeepError, keep, take_out
from survey.core.timestamps import local_date
from survey.organization.files import FileError, say_again
from survey.organization.service_lines import ServiceLine, read_services
from survey.organization.service_plans import ServiceChange, ServiceDifference
from survey.organization.services import ServicesMovedOnError, import_services

EXAMPLE = """provider,consumer,chain,from,to
stores,kitchen,Parcels,,
kitchen,front-desk,Parcels,2026-01-01,"""
N_SHOWN = 100
N_PROBLEMS = 100


@dataclass(frozen=True, slots=True)
class DifferencePage:
    """What a file would change, and the file itself, sealed."""

    difference: ServiceDifference
    parts: tuple[tuple[str, str, Sequence[ServiceChange], int], ...]
    kept: str
    ends_missing: bool
    has_moved_on: bool


@hr_only
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Read a file and show what it would change; take in one that was looked at."""
    if "kept" in request.POST:
        return _take_in(request)
    form = ImportForm(posted(request), request.FILES or None)
    if not form.is_valid():
        return _show_upload(request, form)
    try:
        lines = read_services(form.cleaned_data["file"].read())
        return _show_difference(request, lines, ends_missing=form.cleaned_data["ends_missing"])
    except FileError as error:
        return _show_refusal(request, error)
    except TooMuchToKeepError:
        form.add_error("file", _("This file is too large; split it."))
        return _show_upload(request, form)


def _take_in(request: HttpRequest) -> HttpResponse:
    form = ConfirmForm(request.POST)
    today = local_date(timezone.now())
    try:
        lines, ends_missing = take_out(request.POST["kept"], user=who_asks(request))
        seen = form.cleaned_data["seen"] if form.is_valid() else ""
        difference = import_services(lines=lines, today=today, ends_missing=ends_missing, seen=seen)
    except NotKeptError:
        messages.warning(request, _("This page was too old. Bring the file in again."))
        return redirect("console:services:import")
    except ServicesMovedOnError:
        return _show_difference(request, lines, ends_missing=ends_missing, has_moved_on=True)
    except FileError as error:
        return _show_refusal(request, error)
    said = ngettext(
        "%(n)s change is taken in.", "%(n)s changes are taken in.", difference.n_changes
    )
    messages.success(request, said % {"n": difference.n_changes})
    return redirect("console:services:home")


def _show_difference(
    request: HttpRequest,
    lines: Sequence[ServiceLine],
    *,
    ends_missing: bool,
    has_moved_on: bool = False,
) -> HttpResponse:
    difference = import_services(
        lines=lines,
        today=local_date(timezone.now()),
        ends_missing=ends_missing,
        dry_run=True,
    )
    page = DifferencePage(
        difference=difference,
        parts=tuple(
            (title, chip, changes[:N_SHOWN], len(changes[N_SHOWN:]))
            for title, chip, changes in (
                (_("Added"), "ok", difference.added),
                (_("Ended"), "gold", difference.ended),
                (_("With another chain"), "", difference.chain_changed),
            )
            if changes
        ),
        kept=keep(lines, ends_missing=ends_missing, user=who_asks(request)),
        ends_missing=ends_missing,
        has_moved_on=has_moved_on,
    )
    status = 409 if has_moved_on else 200
    return render(request, "console/services/difference.html", {"page": page}, status=status)


def _show_refusal(request: HttpRequest, error: FileError) -> HttpResponse:
    told = [problem.as_json() for problem in error.problems]
    context = {
        "problems": [(one[0], one[1], say_again(one)) for one in told[:N_PROBLEMS]],
        "n_others": len(told[N_PROBLEMS:]),
    }
    return render(request, "console/services/refused.html", context, status=422)


def _show_upload(request: HttpRequest, form: ImportForm) -> HttpResponse:
    return show_form(request, "console/services/import.html", {"form": form, "example": EXAMPLE})
