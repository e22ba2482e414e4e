"""Then and now, side by side."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from survey.dashboards.access import MAY_COMPARE, Reader
from survey.dashboards.compare.files import build_table
from survey.dashboards.compare.pages import build_compare_page
from survey.dashboards.filters import choose
from survey.dashboards.requests import open_to
from survey.dashboards.tables import FORMATS, respond_with


@require_safe
@open_to(MAY_COMPARE)
def compare(request: HttpRequest, reader: Reader) -> HttpResponseBase:
    """Show every measure of two periods with its difference, as a page or as a file."""
    page = build_compare_page(reader=reader, wanted=request.GET, now=timezone.now())
    if "format" in request.GET:
        as_format = choose(request.GET["format"], dict.fromkeys(FORMATS, ""))
        return respond_with(build_table(page), as_format=as_format)
    return render(request, "dashboards/compare/page.html", {"page": page})
