"""The way in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from survey.accounts.models import Role
from survey.dashboards.access import MAY_COMPARE, MAY_READ_LEDGER, MAY_READ_TEAMS
from survey.dashboards.requests import read_request


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Send people to the page that they most likely came for."""
    reader = read_request(request)
    if Role.HR in reader.scope.roles:
        return redirect(reverse("console:home"))
    if not reader.scope.roles.isdisjoint(MAY_COMPARE):
        return redirect("dashboards:overview")
    if not reader.scope.roles.isdisjoint(MAY_READ_TEAMS):
        return redirect("dashboards:teams")
    if not reader.scope.roles.isdisjoint(MAY_READ_LEDGER):
        return redirect("dashboards:releases")
    return render(request, "dashboards/home.html")
