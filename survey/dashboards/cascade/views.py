"""How service goes from team to team to the customer: the page, its files and its bundle."""

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from survey.dashboards.access import MAY_COMPARE, Reader
from survey.dashboards.cascade.bundle import respond_with_bundle
from survey.dashboards.cascade.empty import EmptyPage
from survey.dashboards.cascade.files import write_table
from survey.dashboards.cascade.pages import build_cascade_page
from survey.dashboards.requests import PLOTLY_POLICY, open_to
from survey.dashboards.tables import FORMATS, respond_with


@require_safe
@csp_update(PLOTLY_POLICY)
@open_to(MAY_COMPARE)
def cascade(request: HttpRequest, reader: Reader) -> HttpResponseBase:
    """Show who serves whom and whether service goes on to the customer; as a page or a file."""
    page = build_cascade_page(reader=reader, wanted=request.GET, now=timezone.now())
    if isinstance(page, EmptyPage):
        return render(request, "dashboards/cascade/empty.html", {"page": page})
    as_format = request.GET.get("format", "")
    if as_format in FORMATS:
        return respond_with(write_table(page, request.GET.get("table")), as_format=as_format)
    return render(request, "dashboards/cascade/page.html", {"page": page})


@require_safe
@open_to(MAY_COMPARE)
def bundle(request: HttpRequest, reader: Reader) -> HttpResponseBase:
    """Hand out the figures of the page with what computes it again."""
    page = build_cascade_page(reader=reader, wanted=request.GET, now=timezone.now())
    if isinstance(page, EmptyPage):
        return render(request, "dashboards/cascade/empty.html", {"page": page})
    return respond_with_bundle(page, reader=reader)
