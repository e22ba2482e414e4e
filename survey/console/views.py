"""Pages that show how things stand: teams, campaigns and waves."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from survey.console.access import may_ask, staff_only, who_asks
from survey.console.pages import (
    build_campaign_page,
    list_campaign_rows,
    list_pairing_rows,
    list_wave_rows,
)
from survey.console.pulse.steps import find_wave
from survey.console.states import WaveState, state_of
from survey.console.wave.clocks import clock_of
from survey.console.wave.pages import build_wave_page
from survey.core.timestamps import local_date
from survey.organization.selectors import list_team_tree
from survey.questionnaires.models import Audience

HEADER = "person_id,name,email,team,team_name,parent,leader"  # of the staff list that is shown
COMMANDS = tuple(f"manage.py import_roster staff.csv{option}" for option in (" --dry-run", ""))


@staff_only
@require_safe
def teams(request: HttpRequest) -> HttpResponse:
    """Show the tree of teams with its head counts."""
    rows = list_team_tree(today=local_date(timezone.now()))
    n_people = sum(row.n_own for row in rows)
    context = {"teams": rows, "n_people": n_people, "header": HEADER, "commands": COMMANDS}
    context["asks_staff"] = _asks_staff(request)
    return render(request, "console/teams.html", context)


@staff_only
@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """List the campaigns, and which of them are compared."""
    context = {
        "campaigns": list_campaign_rows(),
        "pairings": list_pairing_rows(),
        "asks_staff": _asks_staff(request),
    }
    return render(request, "console/campaigns.html", context)


@staff_only
@require_safe
def campaign(request: HttpRequest, code: str) -> HttpResponse:
    """Show one campaign with its waves."""
    page = build_campaign_page(code=code, now=timezone.now())
    if page is None:
        raise Http404
    context = {"page": page, "asks_staff": _asks_staff(request)}
    return render(request, "console/campaign.html", context)


@staff_only
@require_safe
def waves(request: HttpRequest) -> HttpResponse:
    """List the waves, the newest first."""
    context = {"waves": list_wave_rows(now=timezone.now()), "asks_staff": _asks_staff(request)}
    return render(request, "console/waves.html", context)


@staff_only
@require_safe
def wave(request: HttpRequest, wave_id: int) -> HttpResponse:
    """Show how a launched wave goes; a draft is checked on a page of its own."""
    now = timezone.now()
    found = find_wave(wave_id)
    if state_of(found, now) in (WaveState.DRAFT, WaveState.PREPARING):
        return redirect("console:check", wave_id)
    user = who_asks(request)
    may_change = may_ask(user=user, audience=found.campaign.audience)
    context = {
        "page": build_wave_page(wave=found, now=now, may_change=may_change),
        "asks_staff": _asks_staff(request),
    }
    with timezone.override(clock_of(user)):
        return render(request, "console/wave.html", context)


def _asks_staff(request: HttpRequest) -> bool:
    return may_ask(user=who_asks(request), audience=Audience.EMPLOYEE)
