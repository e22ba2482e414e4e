"""The way of a list: it comes in, is read, looked at and taken in, or put aside."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from survey.console.access import posted, who_asks
from survey.console.filling import show_form
from survey.console.people.access import hr_only
from survey.console.people.files import respond_with_difference
from survey.console.people.forms import MEANINGS, ColumnsForm, ConfirmForm, UploadForm
from survey.console.people.pages import build_difference_page
from survey.organization.files import say_again
from survey.organization.lines import RosterError
from survey.organization.models import Attribute, RosterImport, RosterState
from survey.organization.services import (
    RosterStateError,
    confirm_roster,
    discard_roster,
    set_columns,
    take_roster,
)

N_PROBLEMS = 100
MOVED_ON = gettext_lazy("Somebody or something else was faster; this is how things stand now.")


@hr_only
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a list, to be read by the worker."""
    form = UploadForm(posted(request), request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        taken = take_roster(
            name=file.name,
            source="upload",
            content=file.read(),
            by=who_asks(request).name,
            now=timezone.now(),
        )
        return redirect("console:people:roster", taken.pk)
    return show_form(request, "console/people/upload.html", {"form": form})


@hr_only
@require_safe
def roster(request: HttpRequest, roster_id: int) -> HttpResponse:
    """Show a list wherever it is on its way."""
    found = _get(roster_id)
    return PAGES[RosterState(found.state)](request, found)


@hr_only
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, roster_id: int) -> HttpResponse:
    """Say what the headings of a list mean."""
    found = _get(roster_id)
    if found.state != RosterState.UNMAPPED:
        return redirect("console:people:roster", roster_id)
    form = _columns_form(request, found)
    if form.is_valid():
        try:
            set_columns(roster_id=roster_id, columns=form.told())
            return redirect("console:people:roster", roster_id)
        except RosterError as error:
            for problem in error.problems:
                named = MEANINGS.get(problem.column, problem.column)
                form.add_error(None, f"{named}: {say_again(problem.as_json())}.")
        except RosterStateError:
            return _moved_on(request, roster_id)
    context = {"roster": found, "form": form}
    return show_form(request, "console/people/columns.html", context)


@hr_only
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, roster_id: int) -> HttpResponse:
    """Let the worker take a list in that somebody has looked at."""
    found = _get(roster_id)
    if request.method != "POST" or found.state != RosterState.READY:
        return redirect("console:people:roster", roster_id)
    page = build_difference_page(roster=found)
    form = ConfirmForm(request.POST, moves_people=page.moves_people, losing=page.losing)
    if not form.is_valid():
        return show_form(request, "console/people/difference.html", {"page": page, "form": form})
    try:
        confirm_roster(
            roster_id=roster_id,
            seen=form.cleaned_data["seen"],
            may_lose_many=form.cleaned_data.get("may_lose_many", False),
        )
    except RosterStateError:
        return _moved_on(request, roster_id)
    return redirect("console:people:roster", roster_id)


@hr_only
@require_POST
def discard(request: HttpRequest, roster_id: int) -> HttpResponse:
    """Put a list aside that nobody wants."""
    found = _get(roster_id)
    try:
        discard_roster(roster_id=roster_id)
    except RosterStateError:
        return _moved_on(request, roster_id)
    said = _("%(name)s is put aside and its content deleted.") % {"name": found.name}
    messages.success(request, said)
    return redirect("console:people:home")


@hr_only
@require_safe
def difference(request: HttpRequest, roster_id: int) -> HttpResponseBase:
    """Give the differences as a file."""
    return respond_with_difference(_get(roster_id))


def _get(roster_id: int) -> RosterImport:
    return get_object_or_404(RosterImport.objects.defer("content"), pk=roster_id)


def _moved_on(request: HttpRequest, roster_id: int) -> HttpResponse:
    messages.warning(request, MOVED_ON)
    return redirect("console:people:roster", roster_id)


def _columns_form(request: HttpRequest, found: RosterImport) -> ColumnsForm:
    attributes = list(Attribute.objects.order_by("name").values_list("code", "name"))
    return ColumnsForm(posted(request), columns=dict(found.columns), attributes=attributes)


def _show_progress(request: HttpRequest, found: RosterImport) -> HttpResponse:
    context = {"roster": found, "is_reading": found.state == RosterState.WAITING}
    return render(request, "console/people/progress.html", context)


def _show_columns(request: HttpRequest, found: RosterImport) -> HttpResponse:
    context = {"roster": found, "form": _columns_form(request, found)}
    return render(request, "console/people/columns.html", context)


def _show_difference(request: HttpRequest, found: RosterImport) -> HttpResponse:
    page = build_difference_page(roster=found)
    form = ConfirmForm(
        initial={"seen": found.difference["digest"]},
        moves_people=page.moves_people,
        losing=page.losing,
    )
    return render(request, "console/people/difference.html", {"page": page, "form": form})


def _show_refusal(request: HttpRequest, found: RosterImport) -> HttpResponse:
    context = {
        "roster": found,
        "problems": [(one[0], one[1], say_again(one)) for one in found.problems[:N_PROBLEMS]],
        "n_others": len(found.problems[N_PROBLEMS:]),
    }
    return render(request, "console/people/refused.html", context)


def _show_done(request: HttpRequest, found: RosterImport) -> HttpResponse:
    page = build_difference_page(roster=found)
    return render(request, "console/people/done.html", {"page": page})


def _show_put_aside(request: HttpRequest, found: RosterImport) -> HttpResponse:
    return render(request, "console/people/put_aside.html", {"roster": found})


PAGES: dict[RosterState, Callable[[HttpRequest, RosterImport], HttpResponse]] = {
    RosterState.WAITING: _show_progress,
    RosterState.UNMAPPED: _show_columns,
    RosterState.READY: _show_difference,
    RosterState.REFUSED: _show_refusal,
    RosterState.CONFIRMED: _show_progress,
    RosterState.APPLIED: _show_done,
    RosterState.DISCARDED: _show_put_aside,
}
