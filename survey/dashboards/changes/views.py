"""What changed since I last looked."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from survey.accounts.services import record_look
from survey.dashboards.access import MAY_COMPARE, Reader
from survey.dashboards.changes.files import build_table
from survey.dashboards.changes.pages import build_changes_page
from survey.dashboards.filters import choose
from survey.dashboards.requests import open_to
from survey.dashboards.tables import FORMATS, respond_with


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MAY_COMPARE)
def changes(request: HttpRequest, reader: Reader) -> HttpResponseBase:
    """Show what is new since the last look; only the button says that it was seen."""
    now = timezone.now()
    if request.method == "POST":
        if reader.seen_as is not None:
            raise PermissionDenied(
                _("Whoever tries out a role reads only, and marks nothing as seen.")
            )
        record_look(user=reader.user, looked_at=_read_until(request.POST.get("until", ""), now))
        return redirect("dashboards:changes")
    page = build_changes_page(reader=reader, now=now)
    if "format" in request.GET:
        as_format = choose(request.GET["format"], dict.fromkeys(FORMATS, ""))
        return respond_with(build_table(page), as_format=as_format)
    return render(request, "dashboards/changes/page.html", {"page": page})


def _read_until(given: str, now: datetime) -> datetime:
    """Return the moment up to which the page had looked, so that nothing since is missed."""
    try:
        until = parse_datetime(given)
    except ValueError:
        until = None
    return now if until is None or timezone.is_naive(until) else min(until, now)
