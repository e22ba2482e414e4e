"""How people are doing, in one part of the organisation."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from survey.dashboards.access import MAY_COMPARE, Reader
from survey.dashboards.filters import choose
from survey.dashboards.overview.exports import make_table
from survey.dashboards.overview.pages import build_overview
from survey.dashboards.requests import open_to
from survey.dashboards.tables import FORMATS, respond_with


@require_safe
@open_to(MAY_COMPARE)
def overview(request: HttpRequest, reader: Reader) -> HttpResponseBase:
    """Show how people are doing inside and outside, or one table of that as a file."""
    page = build_overview(reader=reader, wanted=request.GET.dict(), now=timezone.now())
    if page is None:
        return render(request, "dashboards/overview/empty.html")
    if "format" in request.GET:
        as_format = choose(request.GET["format"], dict.fromkeys(FORMATS, ""))
        return respond_with(make_table(page, request.GET.get("table", "")), as_format=as_format)
    return render(request, "dashboards/overview/page.html", {"page": page})
