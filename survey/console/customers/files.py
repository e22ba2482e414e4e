"""Files of contacts: brought in, looked through, taken in or put aside."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from survey.campaigns.contact_files import ContactFileError
from survey.campaigns.models import ContactFile, ContactFileState
from survey.campaigns.services.contact_files import (
    NotReadyError,
    check_file,
    confirm_file,
    discard_file,
    store_file,
    take_in_file,
)
from survey.console.access import posted, staff_only, who_asks
from survey.console.customers.forms import UploadForm
from survey.console.customers.pages import chip_of, first_day, last_day_of
from survey.console.customers.words import say_outcomes
from survey.console.filling import show_form
from survey.console.hints import hint
from survey.organization.files import say_problem

SMALL_BYTES = 200_000  # read while its sender waits; the worker reads larger ones
SMALL_ROWS = 1000
EXAMPLE = "customer_id,team,occurred_at,email\nC-17,bakery,2026-03-02T09:14,ana@example.org"
TAKE_IN = "campaigns.take_in_contacts"


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file of contacts; nothing of it counts before somebody has looked at what it holds."""
    form = UploadForm(posted(request), request.FILES or None)
    if form.is_valid():
        file = _store(form, request)
        if file is not None:
            return redirect("console:customers:file", file.pk)
    return show_form(request, "console/customers/upload.html", {"form": form, "example": EXAMPLE})


@staff_only
@require_safe
def contact_file(request: HttpRequest, file_id: int) -> HttpResponse:
    """Show where a file is on its way: what it holds, what is wrong with it, or what it came to."""
    file = get_object_or_404(ContactFile.objects.defer("content"), pk=file_id)
    context = {
        "file": file,
        "chip": chip_of(file),
        "is_moving": file.state in (ContactFileState.WAITING, ContactFileState.CONFIRMED),
        "n_new": file.n_all - file.difference.get("n_known", 0),
        "first_day": first_day(file),
        "last_day": last_day_of(file),
        "outcomes": say_outcomes(file.results),
        "problems": [say_problem(problem) for problem in file.problems],
    }
    return render(request, "console/customers/file.html", context)


@staff_only
@require_POST
def confirm(request: HttpRequest, file_id: int) -> HttpResponse:
    """Have a checked file taken in: a small one at once, a large one by the worker."""
    file = get_object_or_404(ContactFile.objects.defer("content"), pk=file_id)
    try:
        confirm_file(file_id=file.pk)
    except NotReadyError:
        messages.warning(request, _("This file does not wait to be taken in."))
    else:
        if file.n_all <= SMALL_ROWS:
            take_in_file(file_id=file.pk, now=timezone.now())
        hint(TAKE_IN)
    return redirect("console:customers:file", file.pk)


@staff_only
@require_POST
def discard(request: HttpRequest, file_id: int) -> HttpResponse:
    """Put a file aside; what it said is forgotten."""
    file = get_object_or_404(ContactFile.objects.defer("content"), pk=file_id)
    try:
        discard_file(file_id=file.pk)
    except NotReadyError:
        messages.warning(request, _("This file cannot be put aside any more."))
        return redirect("console:customers:file", file.pk)
    messages.success(request, _("Put aside. Nothing of it was kept."))
    return redirect("console:customers:home")


def _store(form: UploadForm, request: HttpRequest) -> ContactFile | None:
    """Keep the file, checked already where it is small; None where its head makes no sense."""
    uploaded, now = form.cleaned_data["file"], timezone.now()
    content = uploaded.read()
    try:
        file = store_file(name=uploaded.name, content=content, by=who_asks(request).name, now=now)
    except ContactFileError as error:
        said = (say_problem(problem.as_json()) for problem in error.problems)
        form.add_error("file", " ".join(said))
        return None
    if len(content) <= SMALL_BYTES:
        check_file(file_id=file.pk, now=now)
    else:
        hint(TAKE_IN)
    return file
