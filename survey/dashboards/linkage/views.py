"""The page that leaders come for."""

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from survey.dashboards.access import MAY_COMPARE, Reader
from survey.dashboards.linkage.bundle import respond_with_bundle
from survey.dashboards.linkage.files import write_table
from survey.dashboards.linkage.pages import EmptyPage, build_linkage_page
from survey.dashboards.requests import PLOTLY_POLICY, open_to
from survey.dashboards.tables import FORMATS, respond_with


@require_safe
@csp_update(PLOTLY_POLICY)
@open_to(MAY_COMPARE)
def linkage(request: HttpRequest, reader: Reader) -> HttpResponseBase:
    """Show whether inside and outside go together, by team; as a page, slides, file or bundle."""
    page = build_linkage_page(reader=reader, wanted=request.GET, now=timezone.now())
    if isinstance(page, EmptyPage):
        return render(request, "dashboards/linkage/empty.html", {"page": page})
    as_format = request.GET.get("format", "")
    if as_format == "bundle":
        return respond_with_bundle(page, reader=reader)
    if as_format in FORMATS:
        return respond_with(write_table(page, request.GET.get("table")), as_format=as_format)
    return render(request, f"dashboards/linkage/{_choose_template(request)}.html", {"page": page})


def _choose_template(request: HttpRequest) -> str:
    """Return how the page is looked at: a finding a screen, its teams as one table, or whole."""
    if "show" in request.GET:
        return "slides"
    return "teams" if request.GET.get("table") == "units" else "page"
