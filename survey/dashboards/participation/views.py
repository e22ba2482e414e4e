"""How many answered, and how well it was measured."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from survey.dashboards.access import MAY_READ_TEAMS, Reader
from survey.dashboards.filters import choose
from survey.dashboards.participation.files import TABLES, build_table
from survey.dashboards.participation.pages import build_participation_page
from survey.dashboards.requests import open_to
from survey.dashboards.tables import FORMATS, respond_with


@require_safe
@open_to(MAY_READ_TEAMS)
def participation(request: HttpRequest, reader: Reader) -> HttpResponseBase:
    """Show how many answered in a reader's parts, coarsely, and what the figures are worth."""
    page = build_participation_page(reader=reader, wanted=request.GET, now=timezone.now())
    if "format" in request.GET:
        as_format = choose(request.GET["format"], dict.fromkeys(FORMATS, ""))
        which = choose(request.GET.get("table"), TABLES)
        return respond_with(build_table(page, which=which), as_format=as_format)
    return render(request, "dashboards/participation/page.html", {"page": page})
