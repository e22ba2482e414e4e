"""The pages of teams."""

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from survey.dashboards.access import MAY_READ_TEAMS, Reader
from survey.dashboards.requests import PLOTLY_POLICY, open_to
from survey.dashboards.tables import FORMATS, respond_with
from survey.dashboards.team.exports import write_team
from survey.dashboards.team.lists import build_team_list
from survey.dashboards.team.pages import EmptyPage, build_team_page


@require_safe
@open_to(MAY_READ_TEAMS)
def teams(request: HttpRequest, reader: Reader) -> HttpResponse:
    """List the teams that a reader may open, by name."""
    page = build_team_list(reader=reader, wanted=request.GET)
    return render(request, "dashboards/team/list.html", {"page": page})


@require_safe
@csp_update(PLOTLY_POLICY)
@open_to(MAY_READ_TEAMS)
def team(request: HttpRequest, reader: Reader, team_code: str) -> HttpResponseBase:
    """Show what staff and customers of one team say, and how sure that is."""
    page = build_team_page(reader=reader, code=team_code, wanted=request.GET, now=timezone.now())
    if isinstance(page, EmptyPage):
        return render(request, "dashboards/team/empty.html", {"page": page})
    as_format = request.GET.get("format", "")
    if as_format in FORMATS:
        return respond_with(write_team(page), as_format=as_format)
    return render(request, "dashboards/team/page.html", {"page": page})


@require_safe
@open_to(MAY_READ_TEAMS)
def words(request: HttpRequest, reader: Reader, team_code: str) -> HttpResponse:
    """Show everything that people of one team wrote and that may be read here."""
    page = build_team_page(reader=reader, code=team_code, wanted=request.GET, now=timezone.now())
    template = "empty" if isinstance(page, EmptyPage) else "words"
    return render(request, f"dashboards/team/{template}.html", {"page": page})
