"""The way in, and the pages that leaders read."""

from csp.decorators import csp_update
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from survey.accounts.models import Role
from survey.dashboards.access import MAY_COMPARE, Reader
from survey.dashboards.exports import write_units
from survey.dashboards.pages import EmptyPage, build_linkage_page
from survey.dashboards.requests import PLOTLY_POLICY, open_to, read_request


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Send people to the page that they most likely came for."""
    reader = read_request(request)
    if Role.HR in reader.scope.roles:
        return redirect(reverse("console:waves"))
    if not reader.scope.roles.isdisjoint(MAY_COMPARE):
        return redirect("dashboards:linkage")
    return render(request, "dashboards/home.html")


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
