"""Pages that show how things stand: teams, campaigns and waves."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from survey.campaigns.selectors import list_waves
from survey.console.access import staff_only
from survey.console.checks import build_check_page
from survey.console.pages import (
    build_campaign_page,
    build_wave_page,
    list_campaign_rows,
    list_pairing_rows,
    list_wave_rows,
)
from survey.console.states import WaveState, state_of
from survey.core.timestamps import local_date
from survey.organization.selectors import list_team_tree


@staff_only
@require_safe
def teams(request: HttpRequest) -> HttpResponse:
    """Show the tree of teams with its head counts."""
    rows = list_team_tree(today=local_date(timezone.now()))
    n_people = sum(row.n_own for row in rows)
    return render(request, "console/teams.html", {"teams": rows, "n_people": n_people})


@staff_only
@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """List the campaigns, and which of them are compared."""
    context = {"campaigns": list_campaign_rows(), "pairings": list_pairing_rows()}
    return render(request, "console/campaigns.html", context)


@staff_only
@require_safe
def campaign(request: HttpRequest, code: str) -> HttpResponse:
    """Show one campaign with its waves."""
    page = build_campaign_page(code=code, now=timezone.now())
    if page is None:
        raise Http404
    return render(request, "console/campaign.html", {"page": page})


@staff_only
@require_safe
def waves(request: HttpRequest) -> HttpResponse:
    """List the waves, the newest first."""
    return render(request, "console/waves.html", {"waves": list_wave_rows(now=timezone.now())})


@staff_only
@require_safe
def wave(request: HttpRequest, wave_id: int) -> HttpResponse:
    """Check a draft before it is sent, or show how a launched wave goes."""
    now = timezone.now()
    found = get_object_or_404(list_waves().select_related("letter", "campaign__letter"), pk=wave_id)
    if state_of(found, now) in (WaveState.DRAFT, WaveState.PREPARING):
        page = build_check_page(wave=found, now=now)
        return render(request, "console/check.html", {"page": page})
    return render(request, "console/wave.html", {"page": build_wave_page(wave=found, now=now)})
