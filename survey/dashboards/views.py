"""The way in, and the pages that leaders read."""

from csp.decorators import csp_update
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from survey.accounts.models import Role, User
from survey.accounts.selectors import holds_role
from survey.dashboards.access import MAY_COMPARE
from survey.dashboards.choices import UnknownChoiceError
from survey.dashboards.exports import write_units
from survey.dashboards.pages import EmptyPage, build_linkage_page

# Plotly sets style attributes and makes pictures of its charts; no page of a respondent does.
# The hash is that of the one style sheet for maps which Plotly's JavaScript adds as it loads.
PLOTLY_POLICY = {
    "style-src": ["'sha256-ji27qzEtxXZW+7dun6UwjHXJ18e6WAin1VvNtkzIE/o='"],
    "style-src-attr": ["'unsafe-inline'"],
    "img-src": ["data:", "blob:"],
}


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Send people to the page that they most likely came for."""
    if holds_role(user=request.user, roles=[Role.HR]):
        return redirect(reverse("console:waves"))
    if holds_role(user=request.user, roles=MAY_COMPARE):
        return redirect("dashboards:linkage")
    return render(request, "dashboards/home.html")


@require_safe
@login_required
@csp_update(PLOTLY_POLICY)
def linkage(request: HttpRequest) -> HttpResponse:
    """Show whether inside and outside go together, by team."""
    try:
        page = build_linkage_page(user=_reader(request), wanted=request.GET)
    except UnknownChoiceError as error:
        raise Http404 from error
    if isinstance(page, EmptyPage):
        return render(request, "dashboards/linkage_empty.html", {"page": page})
    if request.GET.get("format") == "csv":
        return HttpResponse(
            write_units(page),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="inside-and-outside.csv"'},
        )
    return render(request, "dashboards/linkage.html", {"page": page})


def _reader(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - login_required lets nobody else in
    return request.user
