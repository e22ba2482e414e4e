"""The release ledger, for those who check how surveys are run."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from survey.dashboards.access import MAY_READ_LEDGER, Reader
from survey.dashboards.filters import choose
from survey.dashboards.releases.files import TABLES, build_table
from survey.dashboards.releases.pages import build_ledger_page
from survey.dashboards.requests import open_to
from survey.dashboards.tables import FORMATS, respond_with


@require_safe
@open_to(MAY_READ_LEDGER)
def releases(request: HttpRequest, reader: Reader) -> HttpResponseBase:
    """List every release and how its wave was run, or hand one of the lists out as a file."""
    page = build_ledger_page()
    if "format" in request.GET:
        as_format = choose(request.GET["format"], dict.fromkeys(FORMATS, ""))
        which = choose(request.GET.get("table"), TABLES)
        return respond_with(build_table(page, which=which), as_format=as_format)
    return render(request, "dashboards/releases/page.html", {"page": page})
