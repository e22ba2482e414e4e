"""The page that leaders come for."""

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from survey.dashboards.access import MAY_COMPARE, Reader
from survey.dashboards.linkage.exports import write_units
from survey.dashboards.linkage.pages import EmptyPage, build_linkage_page
from survey.dashboards.requests import PLOTLY_POLICY, open_to


@require_safe
@csp_update(PLOTLY_POLICY)
@open_to(MAY_COMPARE)
def linkage(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show whether inside and outside go together, by team."""
    page = build_linkage_page(reader=reader, wanted=request.GET)
    if isinstance(page, EmptyPage):
        return render(request, "dashboards/linkage_empty.html", {"page": page})
    if request.GET.get("format") == "csv":
        return HttpResponse(
            write_units(page),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="inside-and-outside.csv"'},
        )
    return render(request, "dashboards/linkage.html", {"page": page})
