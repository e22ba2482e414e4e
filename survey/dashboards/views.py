"""The way in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from survey.accounts.models import TEAM_ROLES, Role
from survey.dashboards.access import Reader
from survey.dashboards.home.pages import build_home
from survey.dashboards.home.places import list_places
from survey.dashboards.requests import open_to, read_request
from survey.followup.digests import stop_digests

ASKERS = frozenset({Role.HR, Role.CX_MANAGER})  # their first page is where they ask
LEADERS = frozenset(TEAM_ROLES)


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Show somebody what needs them and what is new; whoever asks begins where they ask."""
    reader = read_request(request)
    roles = reader.scope.roles
    if not ASKERS.isdisjoint(roles):
        return redirect(reverse("console:home"))
    now = timezone.now()
    page = build_home(reader=reader, now=now)
    if page is not None:
        name = reader.seen_as.user.name if reader.seen_as else reader.user.name
        return render(request, "dashboards/home.html", {"page": page, "name": name, "now": now})
    context = {"places": list_places(roles), "is_admin": Role.ADMIN in roles}
    return render(request, "dashboards/home/without_figures.html", context)


@require_POST
@open_to(LEADERS)
def digest(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Stop the reader's own monthly page, or have it sent again."""
    if reader.seen_as is not None:
        raise PermissionDenied(_("You are trying out a role: only they can choose their letters."))
    is_stopped = request.POST.get("wanted") != "1"
    stop_digests(user=reader.user, is_stopped=is_stopped)
    said = (
        _("No monthly page comes any more.") if is_stopped else _("The monthly page comes again.")
    )
    messages.success(request, said)
    return redirect("home")
