"""The access log, for those who check how Hearthline is used."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from survey.dashboards.access import MAY_READ_LOG, Reader
from survey.dashboards.access_log.files import build_table
from survey.dashboards.access_log.pages import build_log_page, choose_entries
from survey.dashboards.filters import choose
from survey.dashboards.requests import open_to
from survey.dashboards.tables import respond_with


@require_safe
@open_to(MAY_READ_LOG)
def access_log(request: HttpRequest, reader: Reader) -> HttpResponseBase:
    """List who saw, took along or sent in what, or hand the chosen entries out as a file."""
    wanted, now = request.GET.dict(), timezone.now()
    if "format" in wanted:
        as_format = choose(wanted["format"], {"csv": ""})
        table = build_table(choose_entries(wanted=wanted, now=now))
        return respond_with(table, as_format=as_format)
    page = build_log_page(wanted=wanted, now=now)
    return render(request, "dashboards/access_log/page.html", {"page": page})
